"""The size and order of a day's batch say nothing of what arrived."""

import secrets

import pytest

from fairline.ledger import batches, leaves
from fairline.ledger.errors import BatchError


@pytest.mark.parametrize(
    ("real", "size"), [(0, 256), (1, 256), (256, 256), (257, 1024), (1024, 1024), (1025, 4096), (20_000, 65_536)]
)
def test_sizes_go_in_steps_of_four(real, size):
    assert batches.size_for(real) == size


def test_real_entries_stand_among_random_ones_in_the_order_of_their_bytes():
    real = [secrets.token_bytes(96) for _ in range(40)]
    entries = batches.filled(real, secrets.token_bytes(32))
    assert len(entries) == 256
    assert entries == sorted(set(entries))
    assert all(len(leaves.find(entries, entry)) == 1 for entry in real)


def test_an_entry_promised_twice_is_refused():
    with pytest.raises(BatchError, match="batch-order"):
        batches.filled([bytes(96)] * 2, bytes(32))


def test_an_entry_of_another_size_is_refused():
    with pytest.raises(BatchError, match="leaf-size"):
        batches.filled([bytes(32)], bytes(32))


def day_of(arrivals):
    """A published day with so many arrivals, each made as a browser makes it."""
    tag = secrets.token_bytes(32)
    real = [
        leaves.Arrival(leaves.search_tag(tag, "r", n), secrets.token_bytes(32), secrets.token_bytes(32)).entry()
        for n in range(arrivals)
    ]
    return batches.filled(real, secrets.token_bytes(32))


def spread(days):
    """Chi-squared of the entries' first bytes against the uniform distribution, in 16 cells."""
    cells = [0] * 16
    for entries in days:
        for entry in entries:
            cells[entry[0] >> 4] += 1
    expected = sum(cells) / 16
    return sum((count - expected) ** 2 / expected for count in cells)


def test_a_day_with_40_arrivals_looks_like_a_day_with_none():
    quiet, busy = ([day_of(count) for _ in range(40)] for count in (0, 40))
    assert {len(entries) for entries in quiet} == {len(entries) for entries in busy} == {256}
    # 15 degrees of freedom: a uniform spread passes 50.5 once in a hundred thousand runs.
    assert spread(quiet) < 50.5
    assert spread(busy) < 50.5
    # Every bit of every entry is set about half of the time, on quiet and on busy days alike: over 10 240
    # entries a fair bit leaves the range of six standard deviations once in half a billion bits.
    for days in (quiet, busy):
        entries = [int.from_bytes(entry, "big") for day in days for entry in day]
        for bit in range(0, 768, 7):
            share = sum(entry >> bit & 1 for entry in entries) / len(entries)
            assert abs(share - 0.5) < 6 * 0.5 / len(entries) ** 0.5

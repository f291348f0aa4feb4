"""Trees of any size prove what is in them, and prove nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairline.ledger import merkle, tiles
from fairline.ledger.errors import ProofError

SIZES = st.integers(1, 700)


def stored(*counts):
    """A tree grown by so many leaves at a time, its tiles in a dict, and its leaf hashes."""
    held, size, hashes = {}, 0, []
    for count in counts:
        more = [merkle.leaf_hash(f"{size + place}".encode()) for place in range(count)]
        held |= tiles.grown(size, reading(held), more)
        size, hashes = size + count, hashes + more
    return tiles.Tree(size, reading(held)), hashes, held


def reading(held):
    """A reader of the tiles in a dict."""
    return lambda level, index: held.get((level, index), b"")


def plain_root(hashes):
    """Root by the definition of RFC 6962, section 2.1, without any cleverness."""
    if len(hashes) < 2:
        return hashes[0] if hashes else merkle.EMPTY_ROOT
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return merkle.node_hash(plain_root(hashes[:split]), plain_root(hashes[split:]))


@given(st.lists(st.integers(0, 300), max_size=5))
def test_growing_in_steps_gives_the_root_by_definition(counts):
    tree, hashes, _ = stored(*counts)
    assert tree.root() == plain_root(hashes) == merkle.root(hashes)


def test_three_levels_of_tiles_give_the_root_by_definition():
    tree, hashes, held = stored(65_000, 1_100)
    assert max(level for level, _ in held) == 2
    assert tree.root() == merkle.root(hashes)
    for index in (0, 255, 256, 64_999, 65_535, 65_536, 66_099):
        merkle.verify_inclusion(hashes[index], index, tree.size, tree.inclusion(index), tree.root())
    for old in (1, 256, 65_000, 65_536, 66_099):
        merkle.verify_consistency(old, tree.size, tree.consistency(old), merkle.root(hashes[:old]), tree.root())


@given(SIZES, st.data())
def test_every_leaf_is_proven_in_every_tree_that_holds_it(size, data):
    tree, hashes, _ = stored(size)
    within = data.draw(st.integers(1, size))
    index = data.draw(st.integers(0, within - 1))
    path = tree.inclusion(index, within)
    merkle.verify_inclusion(hashes[index], index, within, path, plain_root(hashes[:within]))


@given(SIZES, st.data())
def test_a_flipped_bit_or_another_place_proves_nothing(size, data):
    tree, hashes, _ = stored(size)
    index = data.draw(st.integers(0, size - 1))
    path, root = tree.inclusion(index), tree.root()
    parts = [hashes[index], root, *path]
    at, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[at] = (int.from_bytes(parts[at], "big") ^ 1 << bit).to_bytes(32, "big")
    with pytest.raises(ProofError, match="proof-inclusion"):
        merkle.verify_inclusion(parts[0], index, size, parts[2:], parts[1])
    elsewhere = data.draw(st.integers(-1, size + 1).filter(lambda other: other != index))
    with pytest.raises(ProofError, match="proof-inclusion"):
        merkle.verify_inclusion(hashes[index], elsewhere, size, path, root)


@given(SIZES, st.data())
def test_a_tree_begins_with_each_of_its_pasts_and_with_nothing_else(size, data):
    tree, hashes, _ = stored(size)
    old = data.draw(st.integers(0, size))
    path, old_root = tree.consistency(old), plain_root(hashes[:old])
    merkle.verify_consistency(old, size, path, old_root, tree.root())
    parts = [old_root, tree.root(), *path]
    at, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    if old or at == 0:
        parts[at] = (int.from_bytes(parts[at], "big") ^ 1 << bit).to_bytes(32, "big")
        with pytest.raises(ProofError, match="proof-consistency"):
            merkle.verify_consistency(old, size, parts[2:], parts[0], parts[1])


@given(SIZES, st.data())
def test_an_edge_grows_into_the_whole_tree(size, data):
    tree, hashes, _ = stored(size)
    old = data.draw(st.integers(0, size))
    assert tree.frontier(old).grown(hashes[old:]) == tree.frontier()


def test_a_missing_tile_is_named_and_never_guessed():
    tree, _, held = stored(600)
    del held[0, 1]
    with pytest.raises(ProofError, match="tile-missing"):
        tree.inclusion(300)
    with pytest.raises(ProofError, match="tile-missing"):
        tiles.grown(600, lambda _level, _index: b"", [bytes(32)])


def test_paths_are_those_of_the_tiles_specification():
    assert tiles.path(0, 1_234_067) == "tile/0/x001/x234/067"
    assert tiles.path(1, 0, 17) == "tile/1/000.p/17"

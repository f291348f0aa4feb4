"""A long body is kept in pieces, and read as one."""

from __future__ import annotations

import os

import pytest

from fairline.core.pieces import SMALL, Pieces


@pytest.mark.parametrize("step", [1, 999, SMALL - 1, SMALL, SMALL + 1, 300_000])
def test_what_came_is_read_in_order(step: int) -> None:
    body = os.urandom(400_000 if step > 1 else 5_000)
    pieces = Pieces()
    for at in range(0, len(body), step):
        pieces.append(body[at : at + step])
    assert len(pieces) == len(body)
    assert pieces.getfile().read() == body


def test_large_and_small_pieces_by_turns_stay_in_order() -> None:
    pieces, said = Pieces(), []
    for size in (5, SMALL, 7, 9, SMALL * 2, SMALL - 3, 8, 1):
        said.append(os.urandom(size))
        pieces.append(said[-1])
    file = pieces.getfile()
    assert file.read(10) == b"".join(said)[:10]
    assert file.read() == b"".join(said)[10:]


def test_a_body_that_drips_is_no_million_objects() -> None:
    pieces = Pieces()
    for _ in range(SMALL * 3):
        pieces.append(b".")
    assert len(pieces._pieces) == 3


def test_read_as_a_whole_it_is_not_copied_again() -> None:
    pieces = Pieces()
    pieces.append(bytes(SMALL * 4))
    file = pieces.getfile()
    first = file.read()
    file.seek(0)
    assert file.read() is first


def test_what_is_forgotten_is_gone() -> None:
    pieces = Pieces()
    pieces.append(bytes(SMALL))
    file = pieces.getfile()
    pieces.close()
    assert len(pieces) == 0
    assert file.closed

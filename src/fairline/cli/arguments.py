"""Reads a command's arguments as people paste them: what is written in base64url may begin with a dash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Sequence

PASTED: Final = frozenset({"--test-ticket", "--fingerprint", "--desk", "--about"})
"""Options whose value people copy from a page or a poster."""


def read_arguments(
    parser: argparse.ArgumentParser, given: Sequence[str], pasted: Collection[str] = PASTED
) -> argparse.Namespace:
    """Parse ``given``; the word after an option in ``pasted`` is its value even where it begins with a dash.

    One id, fingerprint or ticket in sixty-four does, and ``argparse`` would take it for another option.
    """
    joined: list[str] = []
    words = iter(given)
    for word in words:
        if word in pasted and (value := next(words, None)) is not None:
            joined.append(f"{word}={value}")
        else:
            joined.append(word)
    return parser.parse_args(joined)

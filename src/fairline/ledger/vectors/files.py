"""The record's vector files."""

from __future__ import annotations

from fairline.ledger.vectors import deeds, documents, notes, trees
from fairline.seal.vectors.files import text

BOOKS = (trees.trees, notes.notes, documents.documents, documents.days, deeds.deeds)


def written() -> dict[str, str]:
    """Name and text of every file."""
    return {f"{book.name}.json": text(book.content()) for book in (make() for make in BOOKS)}

"""The small JSON documents of the record: a version, a kind, and the names that this kind has, no others."""

from __future__ import annotations

from typing import Any, Final

from fairline.ledger.errors import LedgerError

VERSION: Final = 1


def headed(value: Any, kind: str, *names: str) -> dict[str, Any]:
    """The fields of a strictly parsed document if it is of this kind and holds exactly these names.

    Raises:
        LedgerError: `document-shape`.
    """
    if not isinstance(value, dict) or value.keys() != {"v", "kind", *names}:
        raise shapeless()
    if value["kind"] != kind or type(value["v"]) is not int or value["v"] != VERSION:
        raise shapeless()
    return value


def text(fields: dict[str, Any], name: str) -> str:
    """A field that must be a text; raises `LedgerError("document-shape")`."""
    value = fields.get(name)
    if not isinstance(value, str):
        raise shapeless()
    return value


def shapeless() -> LedgerError:
    """The refusal that each kind of document turns into its own."""
    return LedgerError("document-shape", "A document of the record does not have the form of its kind.")

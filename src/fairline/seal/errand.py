"""What a member's page hands to the report page in the address: a receipt for one report and the member's statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fairline.seal.errors import MalformedError
from fairline.seal.fields import Fields, document
from fairline.seal.jsontext import write
from fairline.seal.primitives import b64, unb64
from fairline.seal.receipt import RECEIPT_SIZE
from fairline.seal.statement import read_statement, statement_json

if TYPE_CHECKING:
    from fairline.seal.statement import Statement

LIMIT: Final = 16 * 1024
"""Longer than any honest one; it travels in an address."""


@dataclass(frozen=True)
class Errand:
    """One report that a member files through the report page.

    Attributes:
        receipt: 16 bytes; whoever has them is the reporting person of that one report.
        statement: bound to the thread and the sign key that the receipt gives. Not proven.
    """

    receipt: bytes = field(repr=False)
    statement: Statement


def write_errand(errand: Errand) -> str:
    """Return it as it stands in the fragment of an address."""
    fields = {"v": 1, "kind": "errand", "receipt": b64(errand.receipt), "statement": statement_json(errand.statement)}
    return b64(write(fields))


def read_errand(text: str) -> Errand:
    """Read what stands in the fragment of an address.

    Raises:
        MalformedError: as any document of ours.
    """
    if len(text) > LIMIT:
        raise MalformedError("json-long", "A text is longer than its format allows.")
    return document(unb64(text), _read, LIMIT)


def _read(fields: Fields) -> Errand:
    fields.fixed("v", 1)
    fields.fixed("kind", "errand")
    return Errand(fields.raw("receipt", RECEIPT_SIZE), read_statement(fields.value("statement")))

"""A member's word, inside a report, that they filed it and why.

Source: `docs/formats.md`, "Joining, statement".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from fairline.seal.errors import RefusedError
from fairline.seal.fields import Fields, whole
from fairline.seal.primitives import SIGNATURE_SIZE, b64, sign, verifies
from fairline.seal.roster import Proof, proof_json, prove_entry, read_proof

if TYPE_CHECKING:
    from fairline.seal.charter import ProvenCharter
    from fairline.seal.document import Signer
    from fairline.seal.roster import ProvenEntry

Purpose = Literal["intake", "own name", "referral", "test"]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)

# Who may state what, by the role before its `@`.
ENTITLED: dict[Purpose, frozenset[str]] = {
    "intake": frozenset({"handler", "lead"}),
    "own name": frozenset({"officer"}),
    "referral": frozenset({"handler", "lead"}),
    "test": frozenset({"auditor", "oversight", "administrator", "lead"}),
}


@dataclass(frozen=True)
class Statement:
    """Purpose, the member's entry and its proof, and the signature. Not proven."""

    purpose: Purpose
    entry: bytes
    proof: Proof
    signature: bytes


def read_statement(value: Any) -> Statement:
    """A statement out of a report's body."""
    return whole(value, _read_statement)


def statement_json(statement: Statement) -> dict[str, Any]:
    """A statement as it is written into a report's body."""
    return {
        "purpose": statement.purpose,
        "entry": b64(statement.entry),
        "proof": proof_json(statement.proof),
        "sig": b64(statement.signature),
    }


def make_statement(seed: bytes, purpose: Purpose, signer: Signer, thread: bytes, reporter: bytes) -> Statement:
    """State that this member files the report of this thread.

    Args:
        seed: the member's signing seed.
        purpose: why.
        signer: the member's roster entry and its proof.
        thread: the report's thread id.
        reporter: the report's raw sign public key, which binds the statement to it.
    """
    signature = sign(seed, "statement", _message(purpose, thread, reporter))
    return Statement(purpose, signer.entry, signer.proof, signature)


def prove_statement(
    statement: Statement,
    charter: ProvenCharter,
    thread: bytes,
    reporter: bytes,
) -> ProvenEntry:
    """Who stated it.

    Raises:
        RefusedError: `roster-proof`, `statement-role`, `statement-signature`.
    """
    entry = prove_entry(statement.entry, statement.proof, charter)
    if ENTITLED[statement.purpose].isdisjoint(role.partition("@")[0] for role in entry.roles):
        raise RefusedError("statement-role", "Who states to have filed this has no such office.")
    message = _message(statement.purpose, thread, reporter)
    if not verifies(entry.sign, "statement", message, statement.signature):
        raise RefusedError("statement-signature", "The statement of who filed this is not theirs.")
    return entry


def _message(purpose: Purpose, thread: bytes, reporter: bytes) -> bytes:
    return purpose.encode("ascii") + b"\x00" + thread + reporter


def _read_statement(fields: Fields) -> Statement:
    return Statement(
        purpose=fields.one("purpose", PURPOSES),
        entry=fields.raw("entry"),
        proof=read_proof(fields.value("proof")),
        signature=fields.raw("sig", SIGNATURE_SIZE),
    )

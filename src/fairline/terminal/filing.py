"""A filing proof checked off-line: this alone reads the report in it, on the machine of whoever holds the file.

Source: `docs/formats-record.md`, "Filing proof".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from fairline.ledger import checkpoints, merkle, promises
from fairline.ledger.checkpoints import ARRIVALS
from fairline.ledger.errors import LedgerError, ProofError
from fairline.ledger.filed import VERSION, Inclusion
from fairline.ledger.leaves import search_tag
from fairline.ledger.rooted import logged_on
from fairline.seal.bodies import read_report
from fairline.seal.charter import read_charter
from fairline.seal.envelope import ReporterBy, check_signature, read_envelope
from fairline.seal.errors import RefusedError
from fairline.seal.fields import Fields, as_hash, as_text, document, whole
from fairline.seal.manifest import MANIFEST_LIMIT, DocumentPins, parse_manifest, prove_standing
from fairline.seal.primitives import HASH_SIZE

if TYPE_CHECKING:
    from fairline.ledger.promises import Promise
    from fairline.seal.bodies import Report
    from fairline.seal.charter import ProvenCharter

LIMIT = 4 * MANIFEST_LIMIT


@dataclass(frozen=True, slots=True)
class Filed:
    """What a filing proof shows."""

    F: bytes
    """Of the office; whoever knows the office holds it against a poster."""
    charter: ProvenCharter
    day: str
    """Of the promise, YYYY-MM-DD."""
    recorded: str | None
    """Day of the checkpoint under which the entry stands; None where the file is from before that night."""
    report: Report = field(repr=False)


def check(proof: bytes, fingerprint: bytes | None = None) -> Filed:
    """Check a filing proof without asking anybody.

    Args:
        proof: the file.
        fingerprint: F of the office, where all of it is at hand; else hold `Filed.F` against what is.

    Raises:
        MalformedError: it is no such file, or a part of it has not the form that it must have.
        RefusedError: documents or envelope do not hold; `filing-place` (not the first entry of a report to this
            office), `filing-leaf` (the office promised another entry).
        LedgerError: promise, checkpoint or inclusion do not hold; `filing-day`: the checkpoint is of a day before.
    """
    manifest, envelope, promise, inclusion = document(proof, _read, LIMIT)
    files = parse_manifest(manifest)
    # The charter of the promise's day, or one that came into force since.
    day = max(date.fromisoformat(promise.day), read_charter(files.charter.doc).start)
    roots, charter = prove_standing(files, day, logged_on(day), DocumentPins(F=fingerprint))
    if promise.office != charter.office:
        raise RefusedError("filing-place", "The promise is of another office than the documents.")
    promise.check(charter.record.promise)
    report = _report(envelope, promise, charter)
    recorded = None if inclusion is None else _recorded(inclusion, promise, charter)
    return Filed(roots[0].hash, charter, promise.day, recorded, report)


def _report(content: bytes, promise: Promise, charter: ProvenCharter) -> Report:
    envelope = read_envelope(content)
    header = envelope.header
    if (header.kind, header.chain, header.n, header.office) != ("report", "r", 0, charter.office):
        raise RefusedError("filing-place", "This is not the report that a conversation with this office begins with.")
    report = read_report(envelope.body)
    if not isinstance(header.by, ReporterBy) or header.by.key != report.keys.sign:
        raise RefusedError("envelope-author", "Whoever is named as the author did not sign this.")
    check_signature(envelope, report.keys.sign)
    if promise.leaf[: 2 * HASH_SIZE] != search_tag(report.keys.tag, "r", 0) + envelope.c:
        raise RefusedError("filing-leaf", "The office promised something else than this report.")
    return report


def _recorded(inclusion: Inclusion, promise: Promise, charter: ProvenCharter) -> str:
    origin = checkpoints.origin(charter.record.host, charter.office, ARRIVALS)
    said = checkpoints.opened(inclusion.checkpoint.encode(), origin, charter.record.checkpoint).checkpoint
    if said.day < promise.day:
        raise ProofError("filing-day", "The checkpoint is of a day before the promise.")
    merkle.verify_inclusion(promise.leaf_hash, inclusion.index, said.size, inclusion.hashes, said.root)
    return said.day


def _read(fields: Fields) -> tuple[bytes, bytes, Promise, Inclusion | None]:
    fields.fixed("v", VERSION)
    fields.fixed("kind", "filing")
    try:
        promise = promises.from_fields(fields.value("promise"))
    except LedgerError as error:
        raise RefusedError(error.code, error.sentence) from error
    inclusion = fields.optional("record", lambda value: whole(value, _inclusion))
    return fields.raw("manifest"), fields.raw("envelope"), promise, inclusion


def _inclusion(fields: Fields) -> Inclusion:
    return Inclusion(as_text(fields.value("checkpoint")), fields.integer("index"), fields.list("hashes", as_hash))

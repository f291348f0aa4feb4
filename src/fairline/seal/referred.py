"""Who referred a report, proven from that office's own root; what it passes on unmodified. `docs/formats.md` §19."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairline.seal.bodies import read_report
from fairline.seal.envelope import ReporterBy, check_signature, read_envelope
from fairline.seal.errors import RefusedError
from fairline.seal.manifest import LogClaim, parse_manifest, prove_standing
from fairline.seal.statement import prove_statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from fairline.seal.bodies import Report
    from fairline.seal.charter import ProvenCharter
    from fairline.seal.referral import Original
    from fairline.seal.roster import ProvenEntry


@dataclass(frozen=True)
class Referrer:
    """The office that referred a report, and who of it did.

    Attributes:
        F: the office for ever; whether our charter names it is another question.
        charter: of that office, in force on the day.
        member: a handler or lead of it.
    """

    F: bytes
    charter: ProvenCharter
    member: ProvenEntry


@dataclass(frozen=True)
class PassedOn:
    """A report as it came to the first office."""

    report: Report
    c: bytes


def prove_referrer(report: Report, thread: bytes, day: date, logged: Callable[[LogClaim], bool]) -> Referrer:
    """Prove which office referred this report, by its own documents as of the day on which the report came.

    Raises:
        RefusedError: `referral-statement` (no statement of that purpose, or none of an office), `referral-documents`
            (with sheets), and as `manifest` and `statement` say.
    """
    statement, origin = report.statement, report.referral
    if statement is None or statement.purpose != "referral" or origin is None:
        raise RefusedError("referral-statement", "Nobody of an office states to have referred this.")
    files = parse_manifest(origin.documents)
    if files.sheets:
        raise RefusedError("referral-documents", "The documents of the office that refers have more than they may.")
    roots, charter = prove_standing(files, day, logged)
    return Referrer(roots[0].hash, charter, prove_statement(statement, charter, thread, report.keys.sign))


def prove_original(original: Original, office: bytes) -> PassedOn:
    """Read what is passed on unmodified; that the first office promised it, its promise tells.

    Args:
        original: as attached.
        office: id of the office that refers.

    Raises:
        RefusedError: `referral-original` if it is no report to that office, `envelope-signature` if it is not its
            author's.
        MalformedError: as `envelope` says.
    """
    envelope = read_envelope(original.envelope)
    header = envelope.header
    if header.kind != "report" or header.office != office or not isinstance(header.by, ReporterBy):
        raise RefusedError("referral-original", "What was passed on is no report to the office that passes it on.")
    report = read_report(envelope.body)
    if report.keys.sign != header.by.key:
        raise RefusedError("referral-original", "What was passed on is no report to the office that passes it on.")
    check_signature(envelope, header.by.key)
    return PassedOn(report, envelope.c)

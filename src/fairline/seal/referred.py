"""Who referred a report, or reports in its own name, proven from that office's own root. `docs/formats.md` §19."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairline.seal.bodies import read_report
from fairline.seal.envelope import ReporterBy, check_signature, read_envelope
from fairline.seal.errors import RefusedError
from fairline.seal.manifest import LogClaim, parse_manifest, prove_standing
from fairline.seal.primitives import H, b64, sign, verifies
from fairline.seal.statement import prove_statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from fairline.seal.bodies import Report
    from fairline.seal.charter import ProvenCharter
    from fairline.seal.referral import Origin, Original
    from fairline.seal.roster import ProvenEntry
    from fairline.seal.statement import Purpose


@dataclass(frozen=True)
class Referrer:
    """The office that referred a report, and who of it did.

    Attributes:
        F: the office for ever; whether our charter names it is another question.
        charter: of that office, in force on the day.
        member: a handler or lead of it; of a report in its own name, its officer.
    """

    F: bytes
    charter: ProvenCharter
    member: ProvenEntry


@dataclass(frozen=True)
class PassedOn:
    """A report as it came to the first office."""

    report: Report
    c: bytes


@dataclass(frozen=True)
class Destination:
    """Where a report goes, or was found.

    Attributes:
        files: hashes of its attachments' sealed bytes, in their order.
    """

    office: bytes
    desk: bytes
    thread: bytes
    files: tuple[bytes, ...] = ()


def prove_referrer(report: Report, thread: bytes, day: date, logged: Callable[[LogClaim], bool]) -> Referrer:
    """Prove which office referred this report, by its own documents as of the day on which the report came.

    Raises:
        RefusedError: `referral-statement` (no statement of that purpose, or none of an office), `referral-documents`
            (with sheets), and as `manifest` and `statement` say.
    """
    origin = _origin(report, "referral")
    if origin.own is not None:
        raise _unstated()
    return _proven(report, origin, thread, day, logged)


def prove_own_name(report: Report, to: Destination, day: date, logged: Callable[[LogClaim], bool]) -> Referrer:
    """Prove which organisation reports this in its own name, and which officer of it signed just this for this desk.

    Args:
        report: as it was found.
        to: where it was found, and hashes of its files: another place or another content has another signature.
        day: on which it came.
        logged: as in `manifest`.

    Raises:
        RefusedError: as `prove_referrer`; `statement-role` also where the member is officer of another organisation
            than the one whose documents these are; `own-name` (something stands in it that its officer does not sign,
            or no signature), `own-signature`.
    """
    origin = _origin(report, "own name")
    found = _proven(report, origin, to.thread, day, logged)
    if f"officer@{b64(found.charter.office)}" not in found.member.roles:
        raise RefusedError("statement-role", "Who states to have filed this is no officer of that organisation.")
    said = (report.contact, report.name, report.continues, origin.original)
    if (
        origin.own is None
        or set(report.answers) != {"what"}
        or report.must_not_see
        or any(one is not None for one in said)
    ):
        raise RefusedError("own-name", "An organisation's own report is its officer's words and files, all signed.")
    if not verifies(found.member.sign, "statement", _own(report, origin.host, to), origin.own):
        raise RefusedError("own-signature", "The officer of that organisation did not sign this for this desk.")
    return found


def sign_own_name(seed: bytes, report: Report, host: str, to: Destination) -> bytes:
    """The officer's signature of what `report` says and to whom.

    Args:
        seed: the officer's signing seed.
        report: the report as it goes out; only its words, its language and its key are looked at.
        host: of the organisation's own report door, as the report names it.
        to: where it goes, and hashes of its files.
    """
    return sign(seed, "statement", _own(report, host, to))


def _own(report: Report, host: str, to: Destination) -> bytes:
    told = (host, report.language, report.answers["what"])
    where = to.office + to.desk + to.thread + report.keys.sign
    return b"own name to\x00" + where + b"".join(H(one.encode()) for one in told) + b"".join(to.files)


def _origin(report: Report, purpose: Purpose) -> Origin:
    statement, origin = report.statement, report.referral
    if statement is None or statement.purpose != purpose or origin is None:
        raise _unstated()
    return origin


def _unstated() -> RefusedError:
    return RefusedError("referral-statement", "Nobody of an office states to have referred this.")


def _proven(report: Report, origin: Origin, thread: bytes, day: date, logged: Callable[[LogClaim], bool]) -> Referrer:
    files = parse_manifest(origin.documents)
    if files.sheets:
        raise RefusedError("referral-documents", "The documents of the office that refers have more than they may.")
    roots, charter = prove_standing(files, day, logged)
    if report.statement is None:
        raise _unstated()
    return Referrer(roots[0].hash, charter, prove_statement(report.statement, charter, thread, report.keys.sign))


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

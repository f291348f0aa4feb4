"""Who wrote an envelope, for whom and for which place, checked against what is proven.

Source: `docs/formats.md`, "Envelope", refusals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairline.seal.envelope import Chain, Envelope, MemberBy, RecordBy, ReporterBy, check_signature
from fairline.seal.errors import RefusedError
from fairline.seal.roster import ProvenEntry, prove_entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from fairline.seal.charter import ProvenCharter


@dataclass(frozen=True)
class Where:
    """Where an envelope was found: it must say the same of itself."""

    office: bytes
    desk: bytes
    thread: bytes
    chain: Chain | None = None
    n: int | None = None


def check_place(envelope: Envelope, where: Where) -> None:
    """Raise `RefusedError("envelope-place")` if it was written for another place than where it was found."""
    header = envelope.header
    if Where(header.office, header.desk, header.thread, header.chain, header.n) != where:
        raise RefusedError("envelope-place", "This was written for another place than where it was found.")


def check_audience(envelope: Envelope, own: AbstractSet[bytes], proven: AbstractSet[bytes]) -> None:
    """Whoever reads must be among those the author sealed for, and so must nobody that nothing proves.

    A copy for a stranger is how a mailbox is tapped.

    Args:
        envelope: as read.
        own: H of the recipients this reader opens with.
        proven: H of all recipients that sheets, handovers, rekeys or acts prove.

    Raises:
        RefusedError: `envelope-audience`.
    """
    to = set(envelope.header.to)
    if not to & own or not to <= own | proven:
        raise RefusedError(
            "envelope-audience",
            "This was sealed for somebody whom nothing proves, or not for its reader.",
        )


def prove_reporter(envelope: Envelope, key: bytes) -> None:
    """Raise `envelope-author` or `envelope-signature` unless the reporting person with this key wrote it."""
    if envelope.header.by != ReporterBy(key):
        raise not_author()
    check_signature(envelope, key)


def prove_member(
    envelope: Envelope,
    charter_of: Callable[[int], ProvenCharter | None],
    entitled: Callable[[ProvenEntry], bool],
) -> ProvenEntry:
    """The member who wrote it.

    Args:
        envelope: as read.
        charter_of: the proven charter of a number: the one in force, or that of the promise's day.
        entitled: whether this member may write here.

    Raises:
        RefusedError: `envelope-author`, `envelope-signature`, `roster-proof`.
    """
    by = envelope.header.by
    if not isinstance(by, MemberBy):
        raise not_author()
    charter = charter_of(by.proof.charter)
    if charter is None:
        raise not_author()
    entry = prove_entry(by.entry, by.proof, charter)
    if not entitled(entry):
        raise not_author()
    check_signature(envelope, entry.sign)
    return entry


def prove_record(envelope: Envelope, key: bytes) -> None:
    """Raise `envelope-author` or `envelope-signature` unless the record's key wrote it."""
    if envelope.header.by != RecordBy(key):
        raise not_author()
    check_signature(envelope, key)


def not_author() -> RefusedError:
    """The error for an author who may not write here."""
    return RefusedError("envelope-author", "Whoever wrote this may not write here.")

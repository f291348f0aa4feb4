"""A case's `keys` file: every generation's seed, sealed to each of the people assigned, one file a person.

Nobody holds a case alone. A file is believed only if who may have made it signed it, an act in the record names it,
and its newest seed gives the recipient that the newest handover names. Source: `docs/formats.md` §14.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fairline.seal import age
from fairline.seal.author import Where, check_audience, check_place, prove_member
from fairline.seal.envelope import Header, MemberBy, read_envelope, write_envelope
from fairline.seal.errors import RefusedError
from fairline.seal.keys import CaseKeys, Keyholder, NumberedSeed, read_case_keys, write_case_keys
from fairline.seal.recipients import identity, recipient_hash
from fairline.seal.roster import has_role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fairline.seal.bodies import CaseHandover
    from fairline.seal.charter import ProvenCharter
    from fairline.seal.document import Signer
    from fairline.seal.roster import Entry, ProvenEntry

LEAST_PEOPLE = 2


@dataclass(frozen=True)
class CaseKeysDraft:
    """A case's `keys` before they are sealed.

    Attributes:
        office: 16-byte id.
        desk: 16-byte id of the desk at which the report arrived.
        thread: 16-byte id.
        n: counts up with each new file of this case; number 0 is triage's.
        prev: `c` of the one before.
        seeds: of every generation whose envelopes its people shall read, oldest first.
        people: ids and recipients of those assigned, two at least.
        barred: ids of members whom the reporting person named as not to see it.
        report: `c` of the report.
        signer: who makes them.
    """

    office: bytes
    desk: bytes
    thread: bytes
    n: int
    prev: bytes | None
    seeds: tuple[NumberedSeed, ...] = field(repr=False)
    people: tuple[tuple[bytes, str], ...]
    barred: tuple[bytes, ...]
    report: bytes
    signer: Signer


@dataclass(frozen=True)
class SealedCaseKeys:
    """One file for each person, and the commitment that the act must name."""

    files: Mapping[bytes, bytes] = field(repr=False)
    c: bytes


@dataclass(frozen=True)
class CaseKeysCheck:
    """What a case's `keys` are held against.

    Attributes:
        office: 16-byte id.
        desk: 16-byte id.
        thread: 16-byte id.
        n: place where it was found.
        handovers: of the proven thread, oldest first; the newest belongs to these keys.
        report: `c` of the proven report.
        charter_of: the proven charter of a number: of the file's time, or in force.
        own: H of the recipients this member opens with.
        acted: whether an act that its author signed names this `c`.
    """

    office: bytes
    desk: bytes
    thread: bytes
    n: int
    handovers: Sequence[CaseHandover]
    report: bytes
    charter_of: Callable[[int], ProvenCharter | None]
    own: frozenset[bytes]
    acted: Callable[[bytes, ProvenEntry], bool]


@dataclass(frozen=True)
class ProvenCaseKeys:
    """Proven keys of a case: what they hold, their commitment, and who made them."""

    keys: CaseKeys
    c: bytes
    author: ProvenEntry


def seal_case_keys(
    draft: CaseKeysDraft, seed: bytes, random: Callable[[int], bytes] = secrets.token_bytes
) -> SealedCaseKeys:
    """Seal a case's keys, one age file a person; `seed` is the author's signing seed.

    Raises:
        RefusedError: `keys-people`, `keys-barred`.
    """
    holders = tuple(Keyholder(member, recipient_hash(recipient)) for member, recipient in draft.people)
    keys = CaseKeys(draft.seeds, holders, draft.barred, draft.report)
    _check_people(keys)
    header = Header(
        kind="keys", office=draft.office, desk=draft.desk, thread=draft.thread,
        to=tuple(one.recipient for one in holders), by=MemberBy(draft.signer.entry, draft.signer.proof), chain="k",
        n=draft.n, prev=draft.prev,
    )  # fmt: skip
    written = write_envelope(header, write_case_keys(keys), seed, random)
    files = {member: age.seal(written.content, [recipient], random) for member, recipient in draft.people}
    return SealedCaseKeys(files, written.c)


def prove_case_keys(content: bytes, check: CaseKeysCheck) -> ProvenCaseKeys:
    """Prove a case's `keys`, already unsealed.

    Raises:
        RefusedError: as `author` says, `keys-people`, `keys-barred`, `keys-act`, `keys-seed`, `keys-report`.
    """
    envelope = read_envelope(content)
    check_place(envelope, Where(check.office, check.desk, check.thread, "k", check.n))
    author = prove_member(envelope, check.charter_of, lambda entry: _may_make(entry, check))
    keys = read_case_keys(envelope.body)
    check_audience(envelope, check.own, frozenset(one.recipient for one in keys.people))
    _check_people(keys)
    if not check.acted(envelope.c, author):
        raise RefusedError("keys-act", "Nobody has signed in the record for these keys.")
    if keys.report != check.report:
        raise RefusedError("keys-report", "These keys belong to another report.")
    newest = check.handovers[-1] if check.handovers else None
    seed = next((one.seed for one in keys.generations if newest is not None and one.number == newest.generation), None)
    if newest is None or seed is None or identity(seed).recipient != newest.recipient:
        raise RefusedError("keys-seed", "These keys do not belong to what the reporting person was told.")
    if {one.id for one in keys.people} != set(newest.people):
        raise RefusedError("keys-people", "Other people hold the keys than the reporting person was told.")
    return ProvenCaseKeys(keys, envelope.c, author)


def _may_make(entry: Entry, check: CaseKeysCheck) -> bool:
    """At triage who works at the desk; later who was assigned before, or a lead after a triage that was refused."""
    lead = has_role(entry, "lead", check.desk)
    before = check.handovers[:-1]
    if not before:
        return lead or has_role(entry, "handler", check.desk)
    return lead or entry.id in before[-1].people


def _check_people(keys: CaseKeys) -> None:
    if len({one.id for one in keys.people}) < LEAST_PEOPLE:
        raise RefusedError("keys-people", "One person alone would hold the keys of a case.")
    if any(one.id in keys.barred for one in keys.people):
        raise RefusedError("keys-barred", "The reporting person asked that one of these people should not see it.")

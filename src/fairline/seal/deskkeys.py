"""A desk's `keys` file: the living epoch seeds, sealed to the desk's people.

Nobody holds anything alone: an open desk's seeds have at least two readers. A file is believed only if a lead of a
proven charter signed it, an act in the record names it, and its seed gives the recipient that the sheet names.
Source: `docs/formats.md`, "Envelope", kind `keys`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fairline.seal import age
from fairline.seal.author import Where, check_audience, check_place, prove_member
from fairline.seal.envelope import Header, MemberBy, read_envelope, write_envelope
from fairline.seal.errors import RefusedError
from fairline.seal.keys import DeskKeys, Keyholder, NumberedSeed, read_desk_keys, write_desk_keys
from fairline.seal.recipients import identity, recipient_hash
from fairline.seal.roster import has_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairline.seal.charter import ProvenCharter
    from fairline.seal.document import Signer
    from fairline.seal.roster import ProvenEntry
    from fairline.seal.sheet import ProvenSheet

LEAST_READERS = 2


@dataclass(frozen=True)
class KeysDraft:
    """A `keys` file before it is sealed.

    Attributes:
        office: 16-byte id.
        desk: 16-byte id.
        n: counts up with each new file of this desk.
        prev: `c` of the one before.
        epochs: every living epoch seed.
        people: ids and recipients of the desk's members.
        paper: the paper key's recipient, a named reader of every key file.
        signer: a lead of the desk.
        open: whether the desk is open; a closed one takes tests only, and one person may hold its keys.
    """

    office: bytes
    desk: bytes
    n: int
    prev: bytes | None
    epochs: tuple[NumberedSeed, ...] = field(repr=False)
    people: tuple[tuple[bytes, str], ...]
    paper: str | None
    signer: Signer
    open: bool


@dataclass(frozen=True)
class SealedKeys:
    """The file, and the commitment that the act must name."""

    file: bytes = field(repr=False)
    c: bytes


@dataclass(frozen=True)
class KeysCheck:
    """What a `keys` file is held against.

    Attributes:
        office: 16-byte id.
        desk: 16-byte id.
        n: place where it was found.
        charter_of: the proven charter of a number: of the file's time, or in force.
        sheet: the desk's newest, proven.
        own: H of the recipients this member opens with.
        paper: H of the paper key's recipient, from the charter.
        acted: whether the acts log has an act that names this `c`.
    """

    office: bytes
    desk: bytes
    n: int
    charter_of: Callable[[int], ProvenCharter | None]
    sheet: ProvenSheet
    own: frozenset[bytes]
    paper: bytes | None
    acted: Callable[[bytes], bool]


@dataclass(frozen=True)
class ProvenKeys:
    """A proven `keys` file: what it holds, its commitment and the one before, and who made it."""

    keys: DeskKeys
    c: bytes
    prev: bytes | None
    author: ProvenEntry


def seal_desk_keys(
    draft: KeysDraft,
    seed: bytes,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> SealedKeys:
    """Seal a desk's keys to each of its people; `seed` is the lead's signing seed.

    Raises:
        RefusedError: `keys-people`, for an open desk whose seeds one person would hold alone.
    """
    readers = [recipient for _, recipient in draft.people] + ([] if draft.paper is None else [draft.paper])
    _check_people(len(readers), len(draft.people), is_open=draft.open)
    header = Header(
        kind="keys", office=draft.office, desk=draft.desk, thread=draft.desk,
        to=tuple(recipient_hash(reader) for reader in readers),
        by=MemberBy(draft.signer.entry, draft.signer.proof), chain="k", n=draft.n, prev=draft.prev,
    )  # fmt: skip
    people = tuple(Keyholder(member, recipient_hash(recipient)) for member, recipient in draft.people)
    written = write_envelope(header, write_desk_keys(DeskKeys(draft.epochs, people)), seed, random)
    return SealedKeys(age.seal(written.content, readers, random), written.c)


def prove_desk_keys(content: bytes, check: KeysCheck) -> ProvenKeys:
    """Prove a desk's `keys`, already unsealed.

    Raises:
        RefusedError: as `author` says, `keys-people`, `keys-act`, `keys-seed`.
    """
    envelope = read_envelope(content)
    check_place(envelope, Where(check.office, check.desk, check.desk, "k", check.n))
    author = prove_member(envelope, check.charter_of, lambda entry: has_role(entry, "lead", check.desk))
    keys = read_desk_keys(envelope.body)
    named = frozenset(person.recipient for person in keys.people)
    check_audience(envelope, check.own, named if check.paper is None else named | {check.paper})
    _check_people(len(envelope.header.to), len(keys.people), is_open=check.sheet.open)
    if not check.acted(envelope.c):
        raise RefusedError("keys-act", "Nobody has signed in the record for these keys.")
    _check_seed(keys, check.sheet)
    return ProvenKeys(keys, envelope.c, envelope.header.prev, author)


def _check_people(readers: int, people: int, *, is_open: bool) -> None:
    if people < 1 or (is_open and readers < LEAST_READERS):
        raise RefusedError("keys-people", "One person alone would hold the keys of an open desk.")


def _check_seed(keys: DeskKeys, sheet: ProvenSheet) -> None:
    """A seed that does not give the sheet's recipient would leave every report unread, or read by another."""
    current = next((epoch for epoch in keys.epochs if epoch.number == sheet.epoch), None)
    if current is not None and identity(current.seed).recipient != sheet.recipient:
        raise RefusedError("keys-seed", "These keys do not belong to the desk's sheet.")

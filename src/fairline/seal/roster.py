"""The roster: who is a member and what they may do, hidden in a tree whose root the charter signs.

Outsiders see neither number nor names; a member shows an entry and its proof where they sign.
Source: `docs/formats.md`, "Three signed documents".
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NewType, Protocol

from fairline.seal.errors import RefusedError
from fairline.seal.fields import Fields, as_hash, as_text, document, ordered, whole
from fairline.seal.jsontext import write
from fairline.seal.merkle import climb, leaf_hash, levels
from fairline.seal.primitives import KEY_SIZE, b64, kdf, same

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SHALLOWEST = 4
DEEPEST = 12
SALT_SIZE = 16
DRAW_SIZE = 4
PLACE_SIZE = 4


@dataclass(frozen=True)
class Member:
    """A member as the roster names them.

    Attributes:
        id: member id, 16 bytes.
        sign: raw Ed25519 public key.
        recipient: H(recipient).
        roles: such as `administrator` or `handler@<desk id in base64url>`.
        alias: how reporting persons see this member.
    """

    id: bytes
    sign: bytes
    recipient: bytes
    roles: tuple[str, ...]
    alias: str


@dataclass(frozen=True)
class Entry(Member):
    """A member with the entry as written, which is what the tree holds.

    Only whoever is shown an entry learns of it.
    """

    raw: bytes


@dataclass(frozen=True)
class Proof:
    """Shows that an entry stands in the roster of one charter: its place, and the hashes beside its way up."""

    charter: int
    place: int
    hashes: tuple[bytes, ...]


@dataclass(frozen=True)
class Roster:
    """The roster as a charter names it."""

    depth: int
    root: bytes


@dataclass(frozen=True)
class BuiltRoster(Roster):
    """A roster as its administrator made it: to be kept, for its proofs.

    Attributes:
        leaves: the 2^depth leaf hashes in order.
        places: place of each entry, in the order the entries were given.
        filler: the seed of the hashes at empty places, 32 bytes; co-signers are shown it, outsiders never.
    """

    leaves: tuple[bytes, ...] = field(repr=False)
    places: tuple[int, ...]
    filler: bytes = field(repr=False)


class Chartered(Protocol):
    """Whatever bears a charter's number and roster."""

    @property
    def number(self) -> int:
        """The charter's number."""

    @property
    def roster(self) -> Roster:
        """The charter's roster."""


ProvenEntry = NewType("ProvenEntry", Entry)


def read_entry(raw: bytes) -> Entry:
    """An entry that nothing has proven yet."""
    return document(raw, lambda fields: _read_entry(raw, fields))


def write_entry(member: Member, salt: bytes) -> bytes:
    """An entry as written.

    Args:
        member: roles in any order.
        salt: 16 fresh random bytes, so that who knows a member's keys cannot look for them in a charter.
    """
    return write(
        {
            "id": b64(member.id),
            "sign": b64(member.sign),
            "recipient": b64(member.recipient),
            "roles": ordered(member.roles),
            "alias": member.alias,
            "salt": b64(salt),
        }
    )


def read_proof(value: Any) -> Proof:
    """A proof out of parsed JSON."""
    return whole(value, _read_proof)


def proof_json(proof: Proof) -> dict[str, Any]:
    """A proof as it is written into other objects."""
    return {"charter": proof.charter, "place": proof.place, "hashes": [b64(one) for one in proof.hashes]}


def read_roster(value: Any) -> Roster:
    """A roster out of a charter's JSON."""
    return whole(value, lambda fields: Roster(fields.integer("depth", SHALLOWEST, DEEPEST), fields.hash("root")))


def build_roster(
    entries: Sequence[bytes],
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> BuiltRoster:
    """Put entries at random places among hashes like theirs, so that neither number nor names can be read off."""
    depth = max(SHALLOWEST, (len(entries) - 1).bit_length())
    if depth > DEEPEST:
        raise ValueError("a roster has at most 4096 places")
    filler = random(KEY_SIZE)
    free = list(range(1 << depth))
    places = [free.pop(_below(len(free), random)) for _ in entries]
    leaves = _leaves(depth, dict(zip(places, entries, strict=True)), filler)
    root = levels(leaves)[-1][0]
    return BuiltRoster(depth=depth, root=root, leaves=leaves, places=tuple(places), filler=filler)


def require_whole(roster: Roster, shown: Mapping[int, bytes], filler: bytes) -> None:
    """Refuse a roster in which more stands than is shown: an administrator signs for everybody in it, or for nobody.

    Args:
        roster: as the charter names it.
        shown: every entry by its place.
        filler: the seed of all other places, 32 bytes.

    Raises:
        RefusedError: `roster-hidden`.
    """
    fits = all(0 <= place < 1 << roster.depth for place in shown)
    if not fits or not same(levels(_leaves(roster.depth, shown, filler))[-1][0], roster.root):
        raise RefusedError("roster-hidden", "Somebody could stand in the list of people who is not shown.")


def proof_of(roster: BuiltRoster, place: int, charter: int) -> Proof:
    """The proof for the entry at `place` in the charter of that number."""
    rows = levels(roster.leaves)[:-1]
    return Proof(charter, place, tuple(row[(place >> height) ^ 1] for height, row in enumerate(rows)))


def prove_entry(entry: bytes, proof: Proof, charter: Chartered) -> ProvenEntry:
    """The entry, proven against a charter that was proven itself.

    Raises:
        RefusedError: `roster-proof`.
    """
    depth, root = charter.roster.depth, charter.roster.root
    fits = proof.charter == charter.number and len(proof.hashes) == depth and proof.place < 1 << depth
    if not fits or not same(climb(leaf_hash(entry), proof.place, proof.hashes), root):
        raise RefusedError("roster-proof", "A member is not in the list that the office's root has signed.")
    return ProvenEntry(read_entry(entry))


def has_role(entry: Entry, role: str, at: bytes | None = None) -> bool:
    """Whether the roles name this one, for a desk or organisation where `at` (its id) is given."""
    return (role if at is None else f"{role}@{b64(at)}") in entry.roles


def _read_entry(raw: bytes, fields: Fields) -> Entry:
    entry = Entry(
        raw=raw,
        id=fields.id("id"),
        sign=fields.raw("sign", KEY_SIZE),
        recipient=fields.hash("recipient"),
        roles=fields.set("roles", as_text),
        alias=fields.text("alias"),
    )
    fields.raw("salt", SALT_SIZE)
    return entry


def _read_proof(fields: Fields) -> Proof:
    return Proof(fields.integer("charter"), fields.integer("place"), fields.list("hashes", as_hash))


def _leaves(depth: int, shown: Mapping[int, bytes], filler: bytes) -> tuple[bytes, ...]:
    return tuple(
        leaf_hash(shown[place]) if place in shown else kdf(filler, "roster filler", place.to_bytes(PLACE_SIZE, "big"))
        for place in range(1 << depth)
    )


def _below(limit: int, random: Callable[[int], bytes]) -> int:
    # Drawn again above the largest multiple: else the first places would be a little likelier.
    most = (1 << 8 * DRAW_SIZE) // limit * limit
    while (drawn := int.from_bytes(random(DRAW_SIZE), "big")) >= most:
        pass
    return drawn % limit

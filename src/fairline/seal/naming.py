"""The reporting person's name, apart from the report: sealed so that only k custodians and a handler can open it.

`K` is dealt among the custodians, `K2` lies in the report; both are needed. Named and anonymous reports look
alike: the identity is always there, empty or not, and always of one size.
Source: `docs/formats.md`, "Envelope", kinds `identity` and `share`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fairline.seal import age
from fairline.seal.bodies import Dealt, IdentityCard, Share, read_identity_card, write_identity_card, write_share
from fairline.seal.envelope import Header, read_envelope, write_envelope
from fairline.seal.parcel import ParcelFile
from fairline.seal.primitives import KEY_SIZE, H, kdf
from fairline.seal.recipients import Identity, identity, recipient_hash
from fairline.seal.shares import split

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairline.seal.charter import Custody

NOBODY = IdentityCard("", "", "")


@dataclass(frozen=True)
class Named:
    """What goes into the report or message, and the files that go beside it, in order."""

    dealt: Dealt
    files: tuple[ParcelFile, ...] = field(repr=False)


def identity_key(K: bytes, K2: bytes, thread: bytes) -> Identity:  # noqa: N803 - the names of the format
    """`id(KDF(K ‖ K2, "identity", thread))`."""
    return identity(kdf(K + K2, "identity", thread))


def seal_name(
    header: Header,
    card: IdentityCard,
    seed: bytes,
    custody: Custody,
    *,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> Named:
    """Seal a name and deal its key.

    Args:
        header: of the report or message that they belong to.
        card: `NOBODY` for who stays anonymous.
        seed: the reporting person's signing seed.
        custody: the charter's custodians.
        random: gives that many random bytes.

    Raises:
        MalformedError: `envelope-length`, if the card is too long.
    """
    first, second = random(KEY_SIZE), random(KEY_SIZE)
    key = identity_key(first, second, header.thread)
    dealt = split(first, len(custody.custodians), custody.k, random)
    hashes = tuple(H(share) for share in dealt)
    apart = replace(header, chain=None, n=None, prev=None, seen=None, files=None, belongs_to=header.n)

    def sealed(kind: str, own: Header, body: bytes, recipient: str) -> ParcelFile:
        own = replace(own, to=(recipient_hash(recipient),))
        content = write_envelope(own, body, seed, random).content
        return ParcelFile(kind, age.seal(content, [recipient], random))

    files = [sealed("identity", replace(apart, kind="identity"), write_identity_card(card), key.recipient)]
    for index, (share, custodian) in enumerate(zip(dealt, custody.custodians, strict=True)):
        body = write_share(Share(index, share, hashes))
        files.append(sealed("share", replace(apart, kind="share"), body, custodian))
    return Named(Dealt(second, hashes), tuple(files))


def open_name(file: bytes, key: Identity) -> IdentityCard:
    """The name inside an identity file. Its author is not checked here.

    Raises:
        CannotOpenError: `not-mine`, if the shares or `K2` were others.
        MalformedError: as envelopes and bodies do.
    """
    return read_identity_card(read_envelope(age.unseal(file, [key])).body)

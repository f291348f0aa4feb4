"""A share of a name's key that goes from one custodian to another: who leaves passes theirs on.

It is the share that was dealt, so the hashes that the report names hold for it. Who passed it on signs that they did.
Source: `docs/formats.md` §27.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairline.seal.author import Where, prove_member
from fairline.seal.bodies import BODY_LIMIT, Share
from fairline.seal.errors import RefusedError
from fairline.seal.fields import as_hash, document
from fairline.seal.jsontext import write
from fairline.seal.opening import as_dealt, outside_the_chains
from fairline.seal.primitives import b64
from fairline.seal.shares import MOST, SHARE_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairline.seal.charter import ProvenCharter
    from fairline.seal.roster import ProvenEntry


@dataclass(frozen=True)
class Passed:
    """A share, and the place on chain r of the report or message that gave the name."""

    message: int
    share: Share


def read_passed(body: bytes) -> Passed:
    """The body of a `passed`."""
    return document(
        body,
        lambda fields: Passed(
            fields.integer("message"),
            Share(
                fields.integer("index", 0, MOST - 1), fields.raw("share", SHARE_SIZE), fields.list("hashes", as_hash)
            ),
        ),
        BODY_LIMIT,
    )


def write_passed(passed: Passed) -> bytes:
    """The reverse of `read_passed`."""
    share = passed.share
    return write({"message": passed.message, "index": share.index, "share": b64(share.share),
                  "hashes": [b64(one) for one in share.hashes]})  # fmt: skip


def passed_inside(
    content: bytes, where: Where, message: int, charter_of: Callable[[int], ProvenCharter | None], own: bytes
) -> tuple[Share, ProvenEntry]:
    """A share that a custodian passed on, and who did, out of its unsealed file.

    Args:
        content: the envelope.
        where: where it was found.
        message: the place of what gave the name.
        charter_of: the proven charter of a number.
        own: H of the recipient of who reads it.

    Raises:
        RefusedError: `envelope-audience` if it was sealed for others than who reads it, `share-hash`;
            `envelope-place`, `envelope-author`, `envelope-signature`, `roster-proof`.
        MalformedError: as envelopes and bodies do.
    """
    envelope = outside_the_chains(content, "passed", where)
    keeper = prove_member(envelope, charter_of, lambda entry: "custodian" in entry.roles)
    if envelope.header.to != (own,):
        raise RefusedError("envelope-audience", "A share of a name was sealed for others than its reader.")
    passed = read_passed(envelope.body)
    if passed.message != message:
        raise RefusedError("envelope-place", "This was written for another place than where it was found.")
    return as_dealt(passed.share), keeper

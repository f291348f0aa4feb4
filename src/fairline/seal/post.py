"""A post: one envelope sealed once for each audience, and the leaf that the record must hold for it.

One audience, one file: so that one copy can be destroyed and no recipient can re-author another's.
Source: `docs/formats.md`, "Parcels, posts and drops".
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from fairline.seal import age
from fairline.seal.envelope import write_envelope
from fairline.seal.parcel import ParcelFile, write_parcel
from fairline.seal.primitives import H, b64, mac
from fairline.seal.recipients import recipient_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairline.seal.envelope import Header

RECEIVED = b"fairline/1 received\x00"
VERSION = 1
PLACE_SIZE = 8


@dataclass(frozen=True)
class Audiences:
    """Whom a post is sealed for.

    Attributes:
        office: the desk's epoch, or the case.
        box: the reporting person's; None on the internal chain.
        tag: secret key of the record's tags; None on the internal chain.
    """

    office: str
    box: str | None = None
    tag: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class SealedPost:
    """A post sealed once for each audience.

    Attributes:
        chain: r, o or i.
        n: place on it.
        c: content commitment.
        T: search tag; None on the internal chain.
        files: in the order that `f` and the parcel have.
        blobs: ids of its attachments, in the order of the envelope's `files`; they came before it.
        leaf: the 96 bytes `T ‖ c ‖ f` that the promise must name; None on the internal chain.
    """

    chain: str
    n: int
    c: bytes
    T: bytes | None
    files: tuple[ParcelFile, ...]
    blobs: tuple[bytes, ...]
    leaf: bytes | None


@dataclass(frozen=True)
class Readers:
    """The office's audience of the moment: an epoch or a case's generation, its number and its recipient."""

    kind: Literal["epoch", "generation"]
    number: int
    recipient: str


@dataclass(frozen=True)
class Request:
    """What a post says in clear to a door besides its files.

    Attributes:
        heads: newest places on r and o that the author saw.
        audience: whom the office's copy was sealed for.
        mailbox: the reporting person's way in, id and auth; None for members, who have a session.
    """

    heads: dict[str, int]
    audience: Readers
    mailbox: tuple[bytes, bytes] | None = field(default=None, repr=False)


def search_tag(tag: bytes, chain: str, n: int) -> bytes:
    """`T(chain, n)`: finds an entry of the arrivals log for who holds the tag."""
    return mac(tag, chain.encode("ascii") + n.to_bytes(PLACE_SIZE, "big"))


def received(files: Sequence[bytes], attachments: Sequence[bytes] = ()) -> bytes:
    """`f`: what the server commits to have received.

    Args:
        files: the sealed files in their order.
        attachments: the hash of each attachment (`attachment.attachment_hash`), in the order of the envelope.
    """
    return H(RECEIVED + b"".join([*(H(file) for file in files), *attachments]))


def seal_post(
    header: Header,
    body: bytes,
    seed: bytes,
    audiences: Audiences,
    further: Sequence[ParcelFile] = (),
    *,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> SealedPost:
    """Sign a post and seal it, one file for each audience.

    Args:
        header: without `to`, which is written here; on chain r, o or i. Its `files` are held by the server already.
        body: JSON as written.
        seed: the author's signing seed.
        audiences: whom it is sealed for.
        further: files that belong to the post: identity and shares, in order.
        random: gives that many random bytes.
    """
    chain, n = header.chain, header.n
    if chain is None or n is None:
        raise ValueError("a post stands on a chain")
    readers = [audiences.office] if audiences.box is None else [audiences.office, audiences.box]
    header = replace(header, to=tuple(recipient_hash(reader) for reader in readers))
    written = write_envelope(header, body, seed, random)
    files = [ParcelFile("office", age.seal(written.content, [audiences.office], random))]
    if audiences.box is not None:
        files.append(ParcelFile("own", age.seal(written.content, [audiences.box], random)))
    files += further
    attached = header.files or ()
    blobs = tuple(file.blob for file in attached)
    if audiences.tag is None:
        return SealedPost(chain, n, written.c, None, tuple(files), blobs, None)
    tag = search_tag(audiences.tag, chain, n)
    leaf = tag + written.c + received([file.content for file in files], [file.hash for file in attached])
    return SealedPost(chain, n, written.c, tag, tuple(files), blobs, leaf)


def post_parcel(post: SealedPost, thread: bytes, request: Request) -> bytes:
    """The post as it goes to a door."""
    head: dict[str, Any] = {"v": VERSION}
    if request.mailbox is not None:
        head |= {"id": b64(request.mailbox[0]), "auth": b64(request.mailbox[1])}
    head |= {
        "thread": b64(thread),
        "chain": post.chain,
        "n": post.n,
        "heads": {chain: request.heads[chain] for chain in ("r", "o") if chain in request.heads},
        "audience": {request.audience.kind: request.audience.number},
    }
    if post.T is not None:
        head["T"] = b64(post.T)
    return write_parcel(head | {"c": b64(post.c)} | blobs_json(post.blobs), post.files)


def blobs_json(blobs: Sequence[bytes]) -> dict[str, Any]:
    """The field of a drop's or post's head that names its attachments; none where it has none."""
    return {"blobs": [b64(blob) for blob in blobs]} if blobs else {}

"""What a check of the record may ask of this room: every promised post, and whether its files are those that came."""

from __future__ import annotations

from collections.abc import Iterator

from fairline.ledger import stored
from fairline.ledger.stored import StoredFile, StoredPost
from fairline.line import blobs, promises
from fairline.line.models import Blob, Post, SealedFile
from fairline.seal.attachment import attachment_hash
from fairline.seal.primitives import H, b64


def posts_of(office: bytes) -> Iterator[StoredPost]:
    """Yield the posts on r and o of ``office``, with the hashes of their files as they came and as they lie there."""
    posts = Post.objects.filter(thread__office=office).exclude(chain="i").order_by("thread_id", "chain", "n")
    for post in posts.iterator(chunk_size=200):
        files = SealedFile.objects.filter(thread=post.thread_id, chain=post.chain, n=post.n).order_by("place")
        name = f"post {post.chain} {post.n} of thread {b64(bytes(post.thread_id))}"
        named = Blob.objects.filter(thread=post.thread_id, chain=post.chain, n=post.n).order_by("place")
        held = [*(_file(file) for file in files), *(_attachment(blob) for blob in named)]
        yield StoredPost(name, promises.of(office, post), held)


def _file(file: SealedFile) -> StoredFile:
    # An own copy of an earlier receipt has other bytes now; what is inside is held to c, not to this hash.
    unchanged = bool(file.sealed) and not file.resealed
    return StoredFile(file.hash, H(file.sealed) if unchanged else None)


def _attachment(blob: Blob) -> StoredFile:
    if blob.gone:
        return StoredFile(blob.hash, None)
    try:
        return StoredFile(blob.hash, attachment_hash([H(part) for part in blobs.parts(blob)]))
    except KeyError:
        # A part that the store has lost: nothing has this hash.
        return StoredFile(blob.hash, b"")


stored.posts("line", posts_of)

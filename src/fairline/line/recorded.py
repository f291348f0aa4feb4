"""What a check of the record may ask of this room: every promised post, and whether its files are those that came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from fairline.ledger import stored
from fairline.ledger.stored import StoredFile, StoredPost
from fairline.line import blobs, promises
from fairline.line.models import Blob, Post, SealedFile
from fairline.seal.attachment import attachment_hash
from fairline.seal.primitives import H, b64

AT_ONCE: Final = 100
"""So many posts, or all of one thread, are looked up together; of their bytes a few files at a time are in memory."""
ROWS: Final = 50

Place = tuple[bytes, str, int]


def posts_of(office: bytes) -> Iterator[StoredPost]:
    """Yield the posts on r and o of ``office``, with the hashes of their files as they came and as they lie there."""
    posts = Post.objects.filter(thread__office=office).exclude(chain="i").order_by("thread_id", "chain", "n")
    some: list[Post] = []
    for post in posts.iterator(chunk_size=200):
        if len(some) >= AT_ONCE and post.thread_id != some[-1].thread_id:
            yield from _with_files(office, some)
            some = []
        some.append(post)
    yield from _with_files(office, some)


def _with_files(office: bytes, posts: Sequence[Post]) -> Iterator[StoredPost]:
    threads = {post.thread_id for post in posts}
    # Put in order here and not by the database, which would sort whole files on a disk that may be full.
    held: dict[Place, list[tuple[int, int, StoredFile]]] = {}
    every = SealedFile.objects.filter(thread__in=threads).exclude(chain="i")
    cases = set(every.filter(kind="case").exclude(sealed=b"").values_list("thread_id", "chain", "n"))
    for file in every.exclude(kind="case").iterator(chunk_size=ROWS):
        place = (file.thread_id, file.chain, file.n)
        held.setdefault(place, []).append((0, file.place, _file(file, in_a_case=place in cases)))
    for blob in Blob.objects.filter(thread__in=threads).exclude(chain="i").iterator(chunk_size=ROWS):
        held.setdefault((blob.thread, blob.chain, blob.n), []).append((1, blob.place, _attachment(blob)))
    for post in posts:
        name = f"post {post.chain} {post.n} of thread {b64(post.thread_id)}"
        found = sorted(held.get((post.thread_id, post.chain, post.n), []), key=lambda one: one[:2])
        yield StoredPost(name, promises.of(office, post), [file for _kind, _place, file in found])


def _file(file: SealedFile, *, in_a_case: bool) -> StoredFile:
    own = file.kind == "own"
    if not file.sealed:
        # The desk's copy goes when a case has one of its own. Whatever else is empty was deleted, by right or not.
        destroyed = file.kind == "office" and in_a_case
        return StoredFile(file.hash, None, gone=not destroyed, theirs=own)
    # An own copy of an earlier receipt has other bytes now; what is inside is held to c, not to this hash.
    return StoredFile(file.hash, None if own and file.resealed else H(file.sealed), theirs=own)


def _attachment(blob: Blob) -> StoredFile:
    if blob.gone:
        return StoredFile(blob.hash, None, gone=True)
    try:
        return StoredFile(blob.hash, attachment_hash([H(part) for part in blobs.parts(blob)]))
    except KeyError:
        # A part that the store has lost: nothing has this hash.
        return StoredFile(blob.hash, b"")
    except OSError:
        # A bad sector, or a store that is away: said as that, and the check goes on.
        return StoredFile(blob.hash, None, unread=True)


stored.posts("line", posts_of)

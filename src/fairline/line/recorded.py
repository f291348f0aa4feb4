"""What `fairline verify` holds against the record: every promised post, as it lies here now."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from fairline.ledger import stored
from fairline.line import promises
from fairline.line.models import Post, SealedFile, Thread
from fairline.seal.primitives import H, b64

if TYPE_CHECKING:
    from collections.abc import Iterator


def posts(office: bytes) -> Iterator[stored.StoredPost]:
    """Yield every promised post of ``office`` with its files, thread by thread."""
    for thread in Thread.objects.filter(office=office).values_list("id", flat=True).iterator(chunk_size=500):
        rows = SealedFile.objects.filter(thread=thread).order_by("chain", "n", "place")
        files = {place: list(group) for place, group in groupby(rows, key=lambda file: (file.chain, file.n))}
        for post in Post.objects.filter(thread=thread).exclude(promise=b""):
            name = f"post {post.chain} {post.n} of thread {b64(thread)}"
            held = [_file(file) for file in files.get((post.chain, post.n), ())]
            yield stored.StoredPost(name, promises.of(office, post), held)


def _file(file: SealedFile) -> stored.StoredFile:
    # A copy sealed anew for another receipt has other bytes by right; who opens it checks its content commitment.
    unchanged = file.sealed and not file.resealed
    return stored.StoredFile(file.hash, H(file.sealed) if unchanged else None)


stored.posts("line", posts)

"""What `fairline export` takes out of this room: every sealed file as it lies here, and the clear rows beside it.

Left behind: mailbox ids and hashes of their secrets. An export answers nobody's receipt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairline.line import promises
from fairline.line.models import Post, SealedFile, Thread
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Iterator


def index(office: bytes) -> Iterator[dict[str, Any]]:
    """Yield one row a thread, in the order of their random ids."""
    for thread in Thread.objects.filter(office=office).order_by("id").iterator(chunk_size=500):
        held: dict[tuple[str, int], list[dict[str, Any]]] = {}
        for file in SealedFile.objects.filter(thread=thread).defer("sealed").order_by("chain", "n", "place"):
            held.setdefault((file.chain, file.n), []).append(_file(thread.id, file))
        posts = Post.objects.filter(thread=thread).order_by("chain", "n")
        yield {
            "thread": b64(thread.id),
            "desk": b64(thread.desk),
            "day": thread.day.isoformat(),
            "status": thread.status,
            "epoch": thread.epoch,
            **({} if thread.generation is None else {"generation": thread.generation}),
            "posts": [_post(office, post, held.get((post.chain, post.n), [])) for post in posts],
        }


def files(office: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every sealed file that has not been destroyed."""
    for thread in Thread.objects.filter(office=office).order_by("id").values_list("id", flat=True):
        for file in SealedFile.objects.filter(thread=thread).exclude(sealed=b"").order_by("chain", "n", "place"):
            yield _path(thread, file), file.sealed


def _post(office: bytes, post: Post, held: list[dict[str, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {"chain": post.chain, "n": post.n, "day": post.day.isoformat()}
    if post.promise:
        row |= {"T": b64(post.tag), "promise": promises.of(office, post).fields()}
    return row | {"c": b64(post.content), "f": b64(post.received), "files": held}


def _file(thread: bytes, file: SealedFile) -> dict[str, Any]:
    row: dict[str, Any] = {"as": file.kind, "hash": b64(file.hash), "file": _path(thread, file)}
    return row | ({"resealed": True} if file.resealed else {})


def _path(thread: bytes, file: SealedFile) -> str:
    return f"threads/{b64(thread)}/{file.chain}-{file.n}-{file.place}-{file.kind}.age"

"""What `fairline export` takes out of this room: every sealed file as it lies here, and the clear rows beside it.

Left behind: mailbox ids and hashes of their secrets. An export answers nobody's receipt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairline.line import blobs, promises
from fairline.line.models import Blob, Post, SealedFile, Thread
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Iterator


def index(office: bytes) -> Iterator[dict[str, Any]]:
    """Yield one row a thread, in the order of their random ids."""
    for thread in Thread.objects.filter(office=office).order_by("id").iterator(chunk_size=500):
        held: dict[tuple[str, int], list[dict[str, Any]]] = {}
        anew: dict[tuple[str, int], str] = {}
        for file in SealedFile.objects.filter(thread=thread).defer("sealed").order_by("chain", "n", "place"):
            if file.kind == "case":
                anew[file.chain, file.n] = _path(thread.id, file)
                continue
            held.setdefault((file.chain, file.n), []).append(_file(thread.id, file))
        named: dict[tuple[str, int], list[dict[str, Any]]] = {}
        for blob in Blob.objects.filter(thread=thread.id).order_by("chain", "n", "place"):
            named.setdefault((blob.chain, blob.n), []).append(_blob(blob))
        posts = Post.objects.filter(thread=thread).order_by("chain", "n")
        yield {
            "thread": b64(thread.id),
            "desk": b64(thread.desk),
            "day": thread.day.isoformat(),
            "status": thread.status,
            "epoch": thread.epoch,
            **({} if thread.generation is None else {"generation": thread.generation}),
            "posts": [
                _post(office, post, held.get((post.chain, post.n), []), named.get((post.chain, post.n), []))
                | ({"case": anew[post.chain, post.n]} if (post.chain, post.n) in anew else {})
                for post in posts
            ],
        }


def files(office: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every sealed file that has not been destroyed."""
    for thread in Thread.objects.filter(office=office).order_by("id").values_list("id", flat=True):
        for file in SealedFile.objects.filter(thread=thread).exclude(sealed=b"").order_by("chain", "n", "place"):
            yield _path(thread, file), file.sealed


def attachments(office: bytes) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield path and parts of every attachment; the parts one after another are an age file like any other."""
    for blob in Blob.objects.filter(office=office, gone=False).exclude(thread=b"").order_by("thread", "id"):
        yield _blob_path(blob), blobs.parts(blob)


def _post(office: bytes, post: Post, held: list[dict[str, Any]], named: list[dict[str, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {"chain": post.chain, "n": post.n, "day": post.day.isoformat()}
    if post.promise:
        row |= {"T": b64(post.tag), "promise": promises.of(office, post).fields()}
    row |= {"c": b64(post.content), "f": b64(post.received), "files": held}
    return row | ({"attachments": named} if named else {})


def _file(thread: bytes, file: SealedFile) -> dict[str, Any]:
    row: dict[str, Any] = {"as": file.kind, "hash": b64(file.hash), "file": _path(thread, file)}
    return row | ({"resealed": True} if file.resealed else {})


def _blob(blob: Blob) -> dict[str, Any]:
    return {"blob": b64(blob.id), "hash": b64(blob.hash), **({} if blob.gone else {"file": _blob_path(blob)})}


def _blob_path(blob: Blob) -> str:
    return f"threads/{b64(blob.thread)}/attachment-{b64(blob.id)}.age"


def _path(thread: bytes, file: SealedFile) -> str:
    return f"threads/{b64(thread)}/{file.chain}-{file.n}-{file.place}-{file.kind}.age"

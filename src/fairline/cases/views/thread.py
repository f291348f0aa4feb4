"""One thread as a parcel of sealed copies, for the browser of a member who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from fairline.cases import queries
from fairline.cases.views.bodies import member_of
from fairline.line import parcels, promises
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from fairline.cases.queries import Opened
    from fairline.line.models import Post, SealedFile


def thread(request: HttpRequest, office: bytes, thread: bytes) -> HttpResponse:
    """Answer with the office's copy of every post, and with what the desk did and when."""
    opened = queries.thread(member_of(request, office), thread)
    row = opened.whole.thread
    files: list[SealedFile] = []
    posts = []
    for post in opened.whole.posts:
        held = [file for file in opened.whole.files.get((post.chain, post.n), ()) if file.kind == "office"]
        posts.append(_post(office, post, held, opened.hashes.get((post.chain, post.n), ())))
        files += held
    head = {
        "v": 1,
        "thread": b64(row.id),
        "desk": b64(row.desk),
        "day": row.day.isoformat(),
        "status": row.status,
        "audience": {"generation": row.generation} if row.generation is not None else {"epoch": row.epoch},
        "heads": {chain: row.count(chain) - 1 for chain in ("r", "o", "i") if row.count(chain)},
        "posts": posts,
        "marks": dict(opened.marks),
        "doings": _doings(opened),
        "files": [{"as": file.kind, "size": len(file.sealed or b"")} for file in files],
    }
    body = parcels.write(head, [file.sealed or b"" for file in files])
    return HttpResponse(body, content_type="application/octet-stream")


def _post(office: bytes, post: Post, held: Sequence[SealedFile], hashes: Sequence[bytes]) -> dict[str, object]:
    told: dict[str, object] = {
        "chain": post.chain,
        "n": post.n,
        "c": b64(post.content),
        "f": b64(post.received),
        "day": post.day.isoformat(),
        "hashes": [b64(key) for key in hashes],
        "held": bool(held),
    }
    if post.tag:
        told["T"] = b64(post.tag)
    if post.promise:
        told["promise"] = promises.of(office, post).fields()
    return told


def _doings(opened: Opened) -> list[dict[str, object]]:
    return [
        {
            "member": b64(row.member),
            "what": row.what,
            "at": row.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            **({"chain": row.chain, "n": row.n} if row.chain else {}),
        }
        for row in opened.doings
    ]

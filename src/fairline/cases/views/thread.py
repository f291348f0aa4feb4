"""One thread as a parcel of sealed copies, for the browser of a member who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from fairline.cases import queries
from fairline.cases.views.bodies import member_of
from fairline.line import parcels, promises
from fairline.line.states import AT_DESK
from fairline.offices import queries as offices
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from fairline.cases.queries import HeldCase, Opened
    from fairline.line.models import Post, SealedFile, Thread


def thread(request: HttpRequest, office: bytes, thread: bytes) -> HttpResponse:
    """Answer with the office's copy of every post, and with what the desk did and when."""
    opened = queries.thread(member_of(request, office), thread)
    return HttpResponse(parcel(office, opened), content_type="application/octet-stream")


def parcel(office: bytes, opened: Opened) -> bytes:
    """Return one thread as its parcel."""
    row = opened.whole.thread
    files: list[SealedFile] = []
    posts = []
    for post in opened.whole.posts:
        held = _copy(opened.whole.files.get((post.chain, post.n), ()), row.status)
        posts.append(_post(office, post, held, opened.hashes.get((post.chain, post.n), ())))
        files += held
    case = opened.case
    keys = [case.keys] if case is not None and case.keys else []
    head = {
        "v": 1,
        "thread": b64(row.id),
        "desk": b64(row.desk),
        "day": row.day.isoformat(),
        "status": row.status,
        **({} if row.until is None else {"until": row.until.isoformat()}),
        "audience": _audience(row),
        "heads": {chain: row.count(chain) - 1 for chain in ("r", "o", "i") if row.count(chain)},
        "posts": posts,
        "marks": dict(opened.marks),
        "doings": _doings(opened),
        **({} if case is None else {"case": _case(case)}),
        "files": [
            *({"as": file.kind, "size": len(file.sealed)} for file in files),
            *({"as": "keys", "size": len(file)} for file in keys),
        ],
    }
    return parcels.write(head, [*(file.sealed for file in files), *keys])


def _audience(row: Thread) -> dict[str, Any]:
    """Return to whom what is written now is sealed: at a desk to its key in force, whichever the report came under."""
    if row.generation is not None:
        return {"generation": row.generation}
    desk = offices.desk_in_force(row.office, row.desk)
    return {"epoch": desk.epoch if desk else row.epoch}


def _copy(files: Sequence[SealedFile], status: str) -> list[SealedFile]:
    """Return the copy that is read now: the case's where it has one; while a triage waits the desk's is nobody's."""
    kind = {file.kind: file for file in files}
    return [kind[name] for name in (("office",) if status in AT_DESK else ("case", "office")) if name in kind][:1]


def _case(case: HeldCase) -> dict[str, object]:
    row = case.row
    return {
        "n": row.n,
        "people": [b64(one) for one in case.people],
        "desk_copy": b64(row.desk_copy),
        "upto": {chain: n for chain, n in row.upto().items() if n >= 0},
        "triaged_by": b64(row.triaged_by),
        "confirmed": bool(row.confirmed_by),
        "alarm": row.alarm,
        **({} if case.act is None else {"act": {"what": b64(case.act.what), "sig": b64(case.act.signature)}}),
    }


def _post(office: bytes, post: Post, held: Sequence[SealedFile], hashes: Sequence[bytes]) -> dict[str, object]:
    told: dict[str, object] = {
        "chain": post.chain,
        "n": post.n,
        "c": b64(post.content),
        "f": b64(post.received),
        "day": post.day.isoformat(),
        "hashes": [b64(key) for key in hashes],
        "held": bool(held),
        **({"anew": True} if held and held[0].kind == "case" else {}),
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
            **({"n": row.n} if not row.chain and row.n is not None else {}),
            **({"blob": b64(row.blob)} if row.blob else {}),
        }
        for row in opened.doings
    ]

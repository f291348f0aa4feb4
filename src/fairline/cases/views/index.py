"""The sealed pages of the member's own index and of their desks' (docs/formats.md §13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from fairline.cases import index
from fairline.cases.views.bodies import malformed, member_of
from fairline.core.limits import INDEX_DELTA_MAX, INDEX_DELTAS_MAX, INDEX_PAGE_MAX
from fairline.core.problems import Problem
from fairline.line import parcels
from fairline.seal.errors import MalformedError
from fairline.seal.fields import Fields, as_id, whole
from fairline.seal.indexpages import DELTA_ENTRIES, PAGE_ENTRIES
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from django.http import HttpRequest

    from fairline.cases.index import State

BYTES = "application/octet-stream"
AT_ONCE = 64
NUMBER_MAX = 2**31 - 1
VERSION_MAX = 2**53 - 1


def states(request: HttpRequest, office: bytes) -> JsonResponse:
    """Answer with what there is of each index that the member may read."""
    return JsonResponse({"v": 1, "indexes": [_state(one) for one in index.states(member_of(request, office))]})


def page(request: HttpRequest, office: bytes, owner: bytes, page: int) -> HttpResponse:
    """Answer with one sealed page; its version is in the head and in the ETag."""
    row = index.page(member_of(request, office), owner, page)
    head = {"v": 1, "page": row.page, "version": row.version, "key": row.key, "files": [_file("page", row.sealed)]}
    answer = HttpResponse(parcels.write(head, [row.sealed]), content_type=BYTES)
    answer["ETag"] = f'"{row.version}"'
    return answer


def put(request: HttpRequest, office: bytes, owner: bytes, page: int) -> JsonResponse:
    """Keep a page in the place of the version that its writer had read."""
    member = member_of(request, office)
    head, [sealed] = _parcel(request, "page", INDEX_PAGE_MAX)
    try:
        new = whole(head, lambda fields: _page(fields, page, sealed))
    except MalformedError as error:
        raise malformed(error) from error
    return JsonResponse({"v": 1, "change": index.put(member, owner, new)})


def deltas(request: HttpRequest, office: bytes, owner: bytes) -> HttpResponse:
    """Answer with the deltas that came after ``?after=``."""
    asked = request.GET.get("after", "0")
    after = int(asked) if asked.isascii() and asked.isdigit() and int(asked) <= VERSION_MAX else 0
    rows, more = index.deltas(member_of(request, office), owner, after)
    head = {
        "v": 1,
        "change": rows[-1].change if rows else after,
        "more": more,
        "deltas": [{"id": b64(row.id), "key": row.key, "change": row.change} for row in rows],
        "files": [_file("delta", row.sealed) for row in rows],
    }
    return HttpResponse(parcels.write(head, [row.sealed for row in rows]), content_type=BYTES)


def add(request: HttpRequest, office: bytes, owner: bytes) -> JsonResponse:
    """Keep deltas."""
    member = member_of(request, office)
    head, files = _parcel(request, "delta", INDEX_DELTA_MAX)
    try:
        new = whole(head, lambda fields: _deltas(fields, files))
    except MalformedError as error:
        raise malformed(error) from error
    return JsonResponse({"v": 1, "change": index.add(member, owner, new)})


def _state(one: State) -> dict[str, Any]:
    pages = [list(row) for row in one.pages]
    return {"owner": b64(one.owner), "change": one.change, "pages": pages, "deltas": one.deltas}


def _file(kind: str, sealed: bytes) -> dict[str, Any]:
    return {"as": kind, "size": len(sealed)}


def _parcel(request: HttpRequest, kind: str, most: int) -> tuple[dict[str, Any], list[bytes]]:
    """Return the head without its list of files, and the files, each of at most ``most`` bytes."""
    try:
        head, files = parcels.read(request.body)
        _require_kind(head.pop("files"), kind)
    except MalformedError as error:
        raise malformed(error) from error
    if any(len(file) > most for file in files):
        raise Problem(413, "index-size", _("This is larger than a page of the index can be."))
    return head, files


def _require_kind(told: list[dict[str, Any]], kind: str) -> None:
    good = [row == {"as": kind, "size": row["size"]} for row in told]
    if not good or not all(good) or (kind == "page" and len(good) > 1):
        raise MalformedError("parcel", "The files are not those that this address takes.")


def _page(fields: Fields, page: int, sealed: bytes) -> index.NewPage:
    fields.fixed("v", 1)
    return index.NewPage(
        page=page,
        before=fields.integer("before", 0, VERSION_MAX - 1),
        key=fields.integer("key", 0, NUMBER_MAX),
        threads=_different(fields.list("threads", as_id, PAGE_ENTRIES)),
        folds=fields.list("folds", as_id, INDEX_DELTAS_MAX),
        sealed=sealed,
    )


def _deltas(fields: Fields, files: list[bytes]) -> list[index.NewDelta]:
    fields.fixed("v", 1)
    key = fields.integer("key", 0, NUMBER_MAX)
    told = fields.list("deltas", lambda value: whole(value, _delta), AT_ONCE)
    if len(told) != len(files) or len({one for one, _threads in told}) < len(told):
        raise MalformedError("parcel", "Each delta comes with one file, and once.")
    return [index.NewDelta(one, key, threads, file) for (one, threads), file in zip(told, files, strict=True)]


def _delta(fields: Fields) -> tuple[bytes, tuple[bytes, ...]]:
    return fields.id("id"), _different(fields.list("threads", as_id, DELTA_ENTRIES))


def _different(threads: tuple[bytes, ...]) -> tuple[bytes, ...]:
    if len(set(threads)) < len(threads):
        raise MalformedError("set-order", "A thread is named twice.")
    return threads

"""Index pages (docs/formats.md §13): sealed by browsers for browsers, and here kept, counted and forgotten.

The server opens none of them. It keeps that two who write at once lose nothing, and that a page goes when one of the
threads that it speaks of must not be found any more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from fairline.cases import rights
from fairline.cases.models import DESK, MEMBER, NONE, Declaration, Index, IndexDelta, IndexPage
from fairline.core.limits import INDEX_DELTAS_MAX, INDEX_PAGES_MAX
from fairline.core.permissions import Member
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.line import queries as line
from fairline.line.states import AT_DESK
from fairline.seal.primitives import ID_SIZE, b64

DELTAS_AT_ONCE: Final = 256


@dataclass(frozen=True, slots=True)
class NewDelta:
    """Entries as a browser sealed them."""

    id: bytes
    key: int
    threads: Sequence[bytes]
    sealed: bytes


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page as a browser sealed it, and the deltas that are in it whole."""

    page: int
    before: int
    """The version that it replaces, 0 for none."""
    key: int
    threads: Sequence[bytes]
    folds: Sequence[bytes]
    sealed: bytes


@dataclass(frozen=True, slots=True)
class State:
    """What there is of one index."""

    owner: bytes
    change: int
    pages: Sequence[tuple[int, int, int, int]]
    """Place, version, key and bytes of each."""
    deltas: int


def states(member: Member) -> list[State]:
    """Return what there is of the member's own index and of those of their desks."""
    owners = [member.id, *sorted(rights.desks_of(member))]
    rows = {row.id: row for row in Index.objects.filter(id__in=owners, office=member.office)}
    return [_state(owner, rows.get(owner)) for owner in owners]


def page(member: Member, owner: bytes, place: int) -> IndexPage:
    """Return one page.

    Raises:
        Problem: 404 ``no-index`` or ``no-page``.
    """
    _kind(member, owner)
    found = None
    if place < INDEX_PAGES_MAX:
        found = IndexPage.objects.filter(index=owner, index__office=member.office, page=place).first()
    if found is None:
        raise Problem(404, "no-page", _("There is no such page of the index. Nothing was lost: it is made anew."))
    return found


def deltas(member: Member, owner: bytes, after: int) -> tuple[Sequence[IndexDelta], bool]:
    """Return the oldest deltas that came after that change, and whether there are more.

    Raises:
        Problem: 404 ``no-index``.
    """
    _kind(member, owner)
    rows = IndexDelta.objects.filter(index=owner, index__office=member.office, change__gt=after)
    found = list(rows.order_by("change")[: DELTAS_AT_ONCE + 1])
    return found[:DELTAS_AT_ONCE], len(found) > DELTAS_AT_ONCE


def add(member: Member, owner: bytes, new: Sequence[NewDelta]) -> int:
    """Keep deltas and return the index's newest change. One that is here already is passed over.

    Raises:
        Problem: 404 ``no-index``; 409 ``index-thread``, ``index-full``.
    """
    kind = _kind(member, owner)
    with writing():
        index = _locked(member, owner, kind)
        # Under the lock: whoever gives a report to others meanwhile deletes what is written before, and not after.
        _require_threads(member, kind, owner, {thread for delta in new for thread in delta.threads})
        known = set(IndexDelta.objects.filter(id__in=[one.id for one in new]).values_list("id", flat=True))
        rows = [one for one in new if one.id not in known]
        if IndexDelta.objects.filter(index=index).count() + len(rows) > INDEX_DELTAS_MAX:
            raise Problem(409, "index-full", _("Too many changes wait to be written into pages."))
        IndexDelta.objects.bulk_create(
            IndexDelta(
                id=one.id, index=index, change=index.change + place, key=one.key, threads=b"".join(one.threads),
                sealed=one.sealed,
            )
            for place, one in enumerate(rows, 1)
        )  # fmt: skip
        return _changed(index, len(rows))


def put(member: Member, owner: bytes, new: NewPage) -> int:
    """Keep a page in the place of the version before it, delete the deltas that are in it, return the newest change.

    Raises:
        Problem: 404 ``no-index``; 409 ``index`` (somebody wrote this page meanwhile), ``index-thread``,
            ``index-full``.
    """
    kind = _kind(member, owner)
    if new.page >= INDEX_PAGES_MAX:
        raise Problem(409, "index-full", _("This index has as many pages as there may be."))
    with writing():
        index = _locked(member, owner, kind)
        _require_threads(member, kind, owner, set(new.threads))
        there = IndexPage.objects.filter(index=index, page=new.page).values_list("version", flat=True).first() or 0
        if there != new.before:
            message = _(
                "Somebody else has written this page of the index meanwhile. Nothing was lost: it is read again."
            )
            raise Problem(409, "index", message, {"version": there, "change": index.change})
        values = {"version": there + 1, "key": new.key, "threads": b"".join(new.threads), "sealed": new.sealed}
        IndexPage.objects.update_or_create(index=index, page=new.page, defaults=values)
        IndexDelta.objects.filter(index=index, id__in=list(new.folds)).delete()
        return _changed(index, 1)


def forget(member: Member, thread: bytes) -> None:
    """Delete what the member's own index says of a thread, within the caller's transaction."""
    for index in _all_locked(member.office).filter(id=member.id):
        _forget(index.id, thread)


def _all_locked(office: bytes) -> QuerySet[Index]:
    """The indexes of an office, in one order: whoever deletes from them waits for who is writing into them."""
    return Index.objects.select_for_update().filter(office=office).order_by("id")


def _forget(owner: bytes, thread: bytes) -> None:
    pages = IndexPage.objects.filter(index=owner)
    waiting = IndexDelta.objects.filter(index=owner)
    places = [place for place, threads in pages.values_list("page", "threads") if thread in threads_of(threads)]
    ids = [key for key, threads in waiting.values_list("id", "threads") if thread in threads_of(threads)]
    pages.filter(page__in=places).delete()
    waiting.filter(id__in=ids).delete()


def forget_others(office: bytes, desk: bytes, thread: bytes, people: Collection[bytes]) -> None:
    """Delete what the index of the desk, and of everybody but ``people``, says of a thread.

    In the caller's transaction. A report that was given to few is in nobody else's list any more, and its labels are
    not in the desk's.
    """
    for index in _all_locked(office).exclude(id__in=list(people)):
        if index.kind == DESK and index.id != desk:
            continue
        _forget(index.id, thread)


def forget_all(office: bytes, threads: Collection[bytes]) -> None:
    """Delete every page and delta of the office's indexes that speaks of one of ``threads``; in a transaction."""
    gone = frozenset(threads)
    list(_all_locked(office))
    for model in (IndexPage, IndexDelta):
        rows = model.objects.filter(index__office=office)
        named = [key for key, joined in rows.values_list("pk", "threads") if threads_of(joined) & gone]
        for key in named:
            model.objects.filter(pk=key).delete()


def threads_of(joined: bytes) -> frozenset[bytes]:
    """Return the ids of the threads that a page or a delta speaks of."""
    return frozenset(joined[at : at + ID_SIZE] for at in range(0, len(joined), ID_SIZE))


def _kind(member: Member, owner: bytes) -> str:
    if owner == member.id:
        return MEMBER
    if owner in rights.desks_of(member):
        return DESK
    raise Problem(404, "no-index", _("There is no such index here, or it is not yours."))


def _state(owner: bytes, index: Index | None) -> State:
    if index is None:
        return State(owner, 0, [], 0)
    pages = IndexPage.objects.filter(index=index).order_by("-page").annotate(bytes=Length("sealed"))
    rows = list(pages.values_list("page", "version", "key", "bytes"))
    return State(owner, index.change, rows, IndexDelta.objects.filter(index=index).count())


def _locked(member: Member, owner: bytes, kind: str) -> Index:
    Index.objects.get_or_create(id=owner, defaults={"office": member.office, "kind": kind})
    return Index.objects.select_for_update().get(id=owner, office=member.office)


def _changed(index: Index, by: int) -> int:
    index.change += by
    index.save(update_fields=["change"])
    return index.change


def _require_threads(member: Member, kind: str, owner: bytes, threads: Collection[bytes]) -> None:
    """Refuse what must not be kept (any more): a tab that was left open knows less than the server.

    Raises:
        Problem: 409 ``index-thread``.
    """
    states = line.states_of_threads(member.office, threads)
    said = _declared(member, threads)
    allowed = rights.desks_of(member) if kind == MEMBER else {owner}
    there = {one for one, (desk, state) in states.items() if state in AT_DESK and desk in allowed}
    if kind == MEMBER:
        there = {one for one in {*there, *rights.cases_among(member, threads)} if said.get(one) == NONE}
    gone = set(threads) - there
    if gone:
        message = _("A report in this index is not there for you any more. Nothing else was lost.")
        raise Problem(409, "index-thread", message, {"gone": sorted(b64(one) for one in gone)})


def _declared(member: Member, threads: Collection[bytes]) -> Mapping[bytes, str]:
    found = Declaration.objects.filter(member=member.id, thread__in=list(threads))
    return dict(found.values_list("thread", "kind"))

"""Which shares of names' keys lie here, and what became of them: for custodians' browsers, which alone open theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count
from django.utils.translation import gettext as _

from fairline.core.permissions import Role
from fairline.core.problems import Problem
from fairline.line import queries as line
from fairline.names.models import Gathering, GatheringRefusal, PassedShare
from fairline.names.queries import OPEN
from fairline.offices import queries as offices

if TYPE_CHECKING:
    from datetime import date

    from fairline.core.permissions import Member
    from fairline.line.queries import NamedPost

PAGE: Final = 24
"""Names a page: with nine shares each and what was gathered, its head stays within what a parcel's may be."""


@dataclass(frozen=True, slots=True)
class NameShares:
    """The shares of one name.

    Attributes:
        post: what gave it, with every share as it was dealt.
        passed: who was given which share since then, by whom, and in which gathering.
        own: of these, the sealed ones that are this member's to open.
    """

    post: NamedPost
    passed: Sequence[PassedShare]
    own: Sequence[PassedShare]


@dataclass(frozen=True, slots=True)
class SharesPage:
    """Some names, and where to go on: behind this report and message. None where these are the last."""

    names: Sequence[NameShares]
    next: tuple[bytes, int] | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A gathering as it stands today.

    Attributes:
        row: as it is stored.
        until: the last day on which shares can come.
        givers: who has handed shares over, and of how many names.
        refusals: who hands nothing over, and the day on which they said so.
        over: ended, or its time has passed.
    """

    row: Gathering
    until: date
    givers: Sequence[tuple[bytes, int]]
    refusals: Sequence[tuple[bytes, date]]
    over: bool


def page(member: Member, after: tuple[bytes, int] | None, today: date) -> SharesPage:
    """Return the shares of some names of the member's office, by the ids of their reports.

    Args:
        member: a custodian.
        after: where the page before ended; None for the first.
        today: the present day of the office.
    """
    posts = line.sealed_names(member.office, after, PAGE)
    running = {row.id for row in Gathering.objects.filter(office=member.office, over=None) if not is_over(row, today)}
    rows: dict[tuple[bytes, int], list[PassedShare]] = {}
    threads = {post.thread for post in posts}
    for row in PassedShare.objects.filter(office=member.office, thread__in=threads).order_by("index", "id"):
        if not row.gathering or row.gathering in running:
            rows.setdefault((bytes(row.thread), row.message), []).append(row)
    found = []
    for post in posts:
        passed = rows.get((post.thread, post.message), [])
        found.append(NameShares(post, passed, [row for row in passed if row.member == member.id]))
    return SharesPage(found, (posts[-1].thread, posts[-1].message) if len(posts) == PAGE else None)


def gatherings(office: bytes, today: date) -> list[Standing]:
    """Return the gatherings of an office, the newest first."""
    rows = Gathering.objects.filter(office=office).order_by("-begun", "id")
    return [Standing(row, row.begun + OPEN, _givers(row), _refusals(row), is_over(row, today)) for row in rows]


def is_over(row: Gathering, today: date) -> bool:
    """Return whether nothing more can be handed over: it was ended, its time has passed, or one of the two is gone."""
    if row.over is not None or today > row.begun + OPEN:
        return True
    people = (offices.member(row.office, one) for one in (row.member, row.successor))
    return any(one is None or Role.CUSTODIAN not in one.roles for one in people)


def asked_of(member: Member, today: date) -> list[Standing]:
    """Return the gatherings that wait for this custodian: they could hand shares over, and have said nothing yet."""
    if Role.CUSTODIAN not in member.roles:
        return []
    running = [one for one in gatherings(member.office, today) if not one.over]
    return [
        one for one in running
        if member.id not in {one.row.member, one.row.successor, *dict(one.givers), *dict(one.refusals)}
    ]  # fmt: skip


def one(office: bytes, key: bytes, today: date) -> Gathering:
    """Return one gathering that still runs, under its lock.

    Raises:
        Problem: 404 ``no-gathering``; 409 ``over``.
    """
    row = Gathering.objects.select_for_update().filter(office=office, id=key).first()
    if row is None:
        raise Problem(404, "no-gathering", _("Nobody asks for shares under this address."))
    if is_over(row, today):
        raise Problem(409, "over", _("This is over. Whoever still needs the shares asks anew."))
    return row


def _givers(row: Gathering) -> list[tuple[bytes, int]]:
    rows = PassedShare.objects.filter(gathering=row.id).order_by().values_list("giver").annotate(given=Count("id"))
    return sorted((bytes(giver), given) for giver, given in rows)


def _refusals(row: Gathering) -> list[tuple[bytes, date]]:
    return sorted(GatheringRefusal.objects.filter(gathering=row.id).values_list("member", "day"))

"""Which shares of names' keys lie here, and what became of them: for custodians' browsers, which alone open theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.core.permissions import Role
from fairline.core.problems import Problem
from fairline.line import queries as line
from fairline.names.models import Gathering, PassedShare
from fairline.names.queries import OPEN

if TYPE_CHECKING:
    from datetime import date

    from fairline.core.permissions import Member
    from fairline.line.queries import NamedPost

PAGE: Final = 40
"""Reports a page: with nine shares each and what was gathered, its head stays within what a parcel's may be."""


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
    """Some names, and where to go on; empty where these are the last."""

    names: Sequence[NameShares]
    next: bytes


@dataclass(frozen=True, slots=True)
class Standing:
    """A gathering as it stands today.

    Attributes:
        row: as it is stored.
        until: the last day on which shares can come.
        givers: who has handed shares over, and of how many names.
        over: ended, or its time has passed.
    """

    row: Gathering
    until: date
    givers: Sequence[tuple[bytes, int]]
    over: bool


def page(member: Member, after: bytes, today: date) -> SharesPage:
    """Return the shares of some names of the member's office, by the ids of their reports.

    Args:
        member: a custodian.
        after: where the page before ended; empty for the first.
        today: the present day of the office.
    """
    posts, end = line.sealed_names(member.office, after, PAGE)
    running = {one.row.id for one in gatherings(member.office, today) if not one.over}
    rows: dict[tuple[bytes, int], list[PassedShare]] = {}
    threads = {post.thread for post in posts}
    for row in PassedShare.objects.filter(office=member.office, thread__in=threads).order_by("index", "id"):
        if not row.gathering or row.gathering in running:
            rows.setdefault((bytes(row.thread), row.message), []).append(row)
    found = []
    for post in posts:
        passed = rows.get((post.thread, post.message), [])
        found.append(NameShares(post, passed, [row for row in passed if row.member == member.id]))
    return SharesPage(found, end)


def gatherings(office: bytes, today: date) -> list[Standing]:
    """Return the gatherings of an office, the newest first."""
    return [standing(row, today) for row in Gathering.objects.filter(office=office).order_by("-begun", "id")]


def asked_of(member: Member, today: date) -> list[Standing]:
    """Return the gatherings for which this custodian has handed nothing over yet, and could."""
    if Role.CUSTODIAN not in member.roles:
        return []
    running = [one for one in gatherings(member.office, today) if not one.over]
    return [one for one in running if member.id not in {one.row.member, one.row.successor, *dict(one.givers)}]


def standing(row: Gathering, today: date) -> Standing:
    """Return how a gathering stands today."""
    counts: dict[bytes, int] = {}
    for giver in PassedShare.objects.filter(gathering=row.id).values_list("giver", flat=True):
        counts[bytes(giver)] = counts.get(bytes(giver), 0) + 1
    until = row.begun + OPEN
    return Standing(row, until, sorted(counts.items()), row.over is not None or today > until)


def one(office: bytes, key: bytes, today: date) -> Standing:
    """Return one gathering that still runs, under its lock.

    Raises:
        Problem: 404 ``no-gathering``; 409 ``over``.
    """
    row = Gathering.objects.select_for_update().filter(office=office, id=key).first()
    if row is None:
        raise Problem(404, "no-gathering", _("Nobody asks for shares under this address."))
    found = standing(row, today)
    if found.over:
        raise Problem(409, "over", _("This is over. Whoever still needs the shares asks anew."))
    return found

"""Who may see a thread: handlers and leads of its desk who have not stepped aside; once it is a case, who is assigned.

No role implies another: an administrator, an auditor or a custodian sees nothing here by being one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from fairline.cases.models import ASIDE, NONE, CaseKeys, Declaration
from fairline.core.permissions import Member, Role
from fairline.core.problems import Problem
from fairline.line import queries as line
from fairline.line.queries import Reader
from fairline.line.states import AT_DESK
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import ID_SIZE, unb64

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

READERS: Final = frozenset({Role.HANDLER, Role.LEAD})


def desks_of(member: Member) -> frozenset[bytes]:
    """Return the desks at which ``member`` is handler or lead, as the charter in force says."""
    return frozenset(_desks(member.roles))


def own_office(member: Member, office: bytes) -> None:
    """Refuse every office but the member's own.

    Raises:
        Problem: 404, as if it did not exist.
    """
    if member.office != office:
        raise nothing()


def desk_of(member: Member, thread: bytes) -> bytes:
    """Return the desk of a thread that exists for ``member``.

    Raises:
        Problem: 404 ``no-thread`` for a thread of another office or desk, one that is not there, a case that others
            are assigned to, and one from which the member has stepped aside: nobody can tell which.
    """
    found = line.thread_state(member.office, thread)
    if found is None:
        raise nothing()
    desk, state = bytes(found[0]), found[1]
    if not (desk in desks_of(member) if state in AT_DESK else is_assigned(member, thread)):
        raise nothing()
    if Declaration.objects.filter(thread=thread, member=member.id, kind=ASIDE).exists():
        raise nothing()
    return desk


def existing_for(member: Member, threads: Collection[bytes]) -> frozenset[bytes]:
    """Return those of ``threads`` that exist for ``member``, as ``desk_of`` finds it of one."""
    desks, own, aside = desks_of(member), cases_among(member, threads), stepped_aside_from(member)
    states = line.states_of_threads(member.office, threads)
    return frozenset(
        thread
        for thread, (desk, state) in states.items()
        if thread not in aside and (desk in desks if state in AT_DESK else thread in own)
    )


def is_assigned(member: Member, thread: bytes) -> bool:
    """Return whether ``member`` holds the keys in force of the case."""
    return CaseKeys.objects.filter(thread=thread, member=member.id).exists()


def cases_of(member: Member) -> list[bytes]:
    """Return the threads to whose keys in force ``member`` has a file: all of them, which may be a hundred thousand.

    Whoever wants to know it of some threads asks ``cases_among``, and of rows of a table ``is_case_of``.
    """
    own = CaseKeys.objects.filter(office=member.office, member=member.id)
    return [bytes(one) for one in own.values_list("thread", flat=True)]


def is_case_of(member: Member, column: str = "id") -> Q:
    """Return the question whether ``member`` is assigned, to be asked of few rows that name a thread in ``column``.

    Asked row by row: it costs the same however many cases they hold.
    """
    here = OuterRef(column)
    # From here to here and not equal to it: PostgreSQL would make a table of all of their cases first, for each page.
    return Q(Exists(CaseKeys.objects.filter(thread__gte=here, thread__lte=here, member=member.id)))


def is_one_of_all(member: Member, desk: bytes | None = None) -> Q:
    """Return the same question of a row of threads, for who goes through all of an office's, or of those at ``desk``.

    Their cases are read from the index first, all of them, which for so many is quicker than one by one.
    """
    own = CaseKeys.objects.filter(office=member.office, member=member.id)
    return Q(id__in=(own if desk is None else own.filter(desk=desk)).values("thread"))


def reader_at(member: Member, desk: bytes) -> Reader:
    """Return ``member`` as who asks for a page of the reports of one desk."""
    return Reader(is_case_of(member), desk in desks_of(member))


def reader_of_all_at(member: Member, desk: bytes) -> Reader:
    """Return ``member`` as who asks for all reports of one desk at once."""
    return Reader(is_one_of_all(member, desk), desk in desks_of(member))


def cases_among(member: Member, threads: Collection[bytes]) -> frozenset[bytes]:
    """Return those of a few ``threads`` to which ``member`` is assigned."""
    found = CaseKeys.objects.filter(thread__in=threads, member=member.id)
    return frozenset(map(bytes, found.values_list("thread", flat=True)))


def desks_of_cases(member: Member) -> frozenset[bytes]:
    """Return the desks at which ``member`` is assigned to a case: one may have come to a desk that is not theirs."""
    own = CaseKeys.objects.filter(office=member.office, member=member.id).order_by("desk")
    desks: list[bytes] = []
    # From one desk to the next, one look into the index each: PostgreSQL would read all of the member's cases for them.
    while (desk := own.filter(desk__gt=desks[-1] if desks else b"").values_list("desk", flat=True).first()) is not None:
        desks.append(bytes(desk))
    return frozenset(desks)


def stepped_aside_from(member: Member) -> frozenset[bytes]:
    """Return the threads from which ``member`` has stepped aside: they do not exist for them."""
    found = Declaration.objects.filter(office=member.office, member=member.id, kind=ASIDE)
    return frozenset(map(bytes, found.values_list("thread", flat=True)))


def declared(member: Member, thread: bytes) -> bool:
    """Return whether ``member`` has declared to know nobody in ``thread``."""
    return Declaration.objects.filter(thread=thread, member=member.id, kind=NONE).exists()


def nothing() -> Problem:
    """Return the refusal that does not tell what is there."""
    return Problem(404, "no-thread", _("There is no such report here, or it is not yours to read."))


def _desks(roles: Iterable[str]) -> Iterable[bytes]:
    for role in roles:
        name, _at, desk = role.partition("@")
        if name in READERS:
            try:
                yield unb64(desk, ID_SIZE)
            except MalformedError:
                continue

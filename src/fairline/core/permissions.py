"""Who may do what, as data: the roles of the roster, and the kinds of access that a route may ask for."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Final, Protocol


@unique
class Role(StrEnum):
    """The roles of a roster entry, without the place after the ``@``. No role implies another."""

    ADMINISTRATOR = "administrator"
    LEAD = "lead"
    HANDLER = "handler"
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"
    OVERSIGHT = "oversight"
    OFFICER = "officer"


@unique
class Access(StrEnum):
    """Who may use a route. What they may see behind it, the room's queries decide by office, desk and case."""

    ANYONE = "anyone"
    """Nobody is asked who they are; what is shown is public, or opened by a secret in the request's body."""
    SET_UP = "set-up"
    """Anyone who holds the set-up code of an installation that has no office yet, or an invitation."""
    SIGNED_IN = "signed-in"
    """Any member, whatever the role: their own keys, own pages, and what every member sees."""
    ADMINISTRATOR = "administrator"
    LEAD = "lead"
    HANDLER = "handler"
    ROOM = "room"
    """Administrators and leads: those who make room where there is none."""
    TERMS = "terms"
    """Administrators and leads: those who may say which law holds here."""
    DESK = "desk"
    """Handlers and leads: those who may read arrivals."""
    WATCHES_CLOCKS = "watches-clocks"
    """Leads and oversight: those who must see what is late."""
    AUDITS = "audits"
    """Auditors and oversight: those who prove what the office did, and read no case by being that."""
    NAMES = "names"
    """Custodians and oversight: those who see on which ground a sealed name is asked for. Neither sees the name."""
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"
    OVERSIGHT = "oversight"
    OFFICER = "officer"


HOLDERS: Final = MappingProxyType(
    {
        Access.SIGNED_IN: frozenset(Role),
        Access.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
        Access.LEAD: frozenset({Role.LEAD}),
        Access.HANDLER: frozenset({Role.HANDLER}),
        Access.ROOM: frozenset({Role.ADMINISTRATOR, Role.LEAD}),
        Access.TERMS: frozenset({Role.ADMINISTRATOR, Role.LEAD}),
        Access.DESK: frozenset({Role.HANDLER, Role.LEAD}),
        Access.WATCHES_CLOCKS: frozenset({Role.LEAD, Role.OVERSIGHT}),
        Access.AUDITS: frozenset({Role.AUDITOR, Role.OVERSIGHT}),
        Access.NAMES: frozenset({Role.CUSTODIAN, Role.OVERSIGHT}),
        Access.CUSTODIAN: frozenset({Role.CUSTODIAN}),
        Access.AUDITOR: frozenset({Role.AUDITOR}),
        Access.OVERSIGHT: frozenset({Role.OVERSIGHT}),
        Access.OFFICER: frozenset({Role.OFFICER}),
    },
)
OPEN: Final = frozenset({Access.ANYONE, Access.SET_UP})


class Member(Protocol):
    """What the sign-in of ``offices`` puts into ``request.member``: a member of one office, as the charter has them."""

    @property
    def id(self) -> bytes:
        """The member's id, 16 bytes."""

    @property
    def office(self) -> bytes:
        """The id of the only office whose objects exist for this member."""

    @property
    def roles(self) -> Collection[str]:
        """The roles as the roster has them, such as ``administrator`` or ``handler@<desk>``."""


def may(access: Access, member: Member | None) -> bool:
    """Return whether ``member`` (None: nobody signed in) may use a route that asks for ``access``."""
    if access in OPEN:
        return True
    if member is None:
        return False
    if access is Access.SIGNED_IN:
        return True
    held = {role.partition("@")[0] for role in member.roles}
    return not held.isdisjoint(HOLDERS[access])

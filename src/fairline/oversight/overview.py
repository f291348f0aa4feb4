"""What an auditor sees of the office's work: counts, days, who signed what. No word of a case, and none of its ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairline.cases import queries as cases
from fairline.core import publication
from fairline.duty import queries as duty
from fairline.ledger import queries as ledger
from fairline.ledger.checkpoints import LOGS
from fairline.offices import queries as offices
from fairline.requests import queries as requests

if TYPE_CHECKING:
    from datetime import date, datetime

    from fairline.cases.queries import ClockCount
    from fairline.ledger.acts import Act

KEYS: Final = "keys"
OPENINGS: Final = "openings"
DELETIONS: Final = "deletions"
CLOSINGS: Final = "closings"
TERMS: Final = "terms"
OTHER: Final = "other"
NEWEST: Final = 200
"""How many acts of a kind are listed; all are counted."""
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    KEYS: ("found", "sign charter", "sheet", "triage", "confirm triage", "refuse triage", "triage lapsed", "rekey"),
    OPENINGS: (
        "open", "unseal", "release", "identity", "disclos", "search", "request name", "decline name",
        "withdraw name request", "pass shares", "gather shares",
        "decline gathering", "end gathering",
    ),
    DELETIONS: ("erase", "request erasure", "delete", "shred", "hold", "retain", "lift"),
    CLOSINGS: ("close", "reopen", "set aside", "take up"),
    TERMS: (
        "confirm row", "adopt law", "propose law row", "law row", "extended clock", "paused clock", "resumed clock",
        "stopped clock",
        "feedback clock", "aware duty", "requested duty", "investigation-ended duty", "done duty", "not-owed duty",
    ),
}
"""Acts by how their name begins: an act that a later room brings is listed too, at worst under ``other``."""
NO_DESK: Final = b""
"""A request for access is made of the office, at no desk."""
QUIET: Final = frozenset({"counted", "freeze figures", "publish figures", "fill"})
"""What the machine writes beside another act."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One act as the auditor reads it: which, by whom, on which day. Its subject is no part of it."""

    number: int
    day: date
    act: str
    member: bytes | None
    signed: bool


@dataclass(frozen=True, slots=True)
class Log:
    """One log of the record."""

    name: str
    entries: int
    newest: date | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the auditor's page shows but the figures."""

    clocks: Sequence[ClockCount]
    acts: Mapping[str, Sequence[Listed]]
    counts: Mapping[str, int]
    logs: Sequence[Log]
    published: int


def overview(office: bytes, today: date, now: datetime) -> Overview:
    """Return what the office did, as far as an auditor may know it."""
    acts: dict[str, list[Listed]] = {kind: [] for kind in (*KINDS, OTHER)}
    counts: Counter[str] = Counter()
    for one in ledger.acts(office):
        name = _named(one.act)
        if name in QUIET:
            continue
        counts[name] += 1
        acts[kind_of(name)].append(Listed(one.number, one.day, name, one.act.member, one.signed))
    desks = [desk.id for desk in offices.desks(office)]
    return Overview(
        clocks=[*cases.clock_counts(office, desks, today), *_duties(office, desks, now), *_requests(office, today)],
        acts={kind: list(reversed(rows))[:NEWEST] for kind, rows in acts.items()},
        counts=dict(sorted(counts.items())),
        logs=[Log(name, ledger.log(office, name).size, ledger.newest_day(office, name)) for name in LOGS],
        published=len(publication.listing(office, "figures/")),
    )


def _duties(office: bytes, desks: Sequence[bytes], now: datetime) -> list[ClockCount]:
    found = duty.counts(office, desks, now)
    return [cases.ClockCount(one.desk, "duty", one.state.value, one.count, one.oldest) for one in found]


def _named(act: Act) -> str:
    """Return what an act is listed as: what an officer signed in the organisation's name is no referral like others."""
    said = act.fields.get("as") if act.act == "refer" else None
    return f"{act.act} {said}" if isinstance(said, str) else act.act


def _requests(office: bytes, today: date) -> list[ClockCount]:
    found = requests.counts(office, today)
    return [cases.ClockCount(NO_DESK, "request", one.state, one.count, one.oldest) for one in found]


def kind_of(act: str) -> str:
    """Return under which heading an act stands."""
    return next((kind for kind, names in KINDS.items() if act.startswith(names)), OTHER)

"""The published record as the public pages show it: newest checkpoint of each log, and its days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from fairline.core import publication
from fairline.ledger import checkpoints, notes
from fairline.ledger.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN_DAYS: Final = 90


@dataclass(frozen=True)
class Day:
    """One published day of a log."""

    day: date
    lines: str
    """Path of its lines, empty if they are not there."""
    head: str
    """Path of its signed summary, empty if it is not there."""


@dataclass(frozen=True)
class Log:
    """One of the two logs."""

    name: str
    checkpoint: checkpoints.Checkpoint | None
    note: str
    """The signed checkpoint as published, for copying."""
    days: tuple[Day, ...]
    """Newest first."""


def logs(office: bytes, *, days: int = SHOWN_DAYS) -> Sequence[Log]:
    """Return both logs of ``office``, each with its newest checkpoint and at most ``days`` days."""
    return [_log(office, name, days) for name in checkpoints.LOGS]


def _log(office: bytes, name: str, days: int) -> Log:
    file = publication.published(office, f"{name}/checkpoint")
    by_day: dict[date, list[str]] = {}
    for path, _published_on in publication.listing(office, f"{name}/"):
        day = _day_of(path)
        if day is not None:
            by_day.setdefault(day, []).append(path)
    newest = sorted(by_day, reverse=True)[:days]
    return Log(
        name=name,
        checkpoint=None if file is None else _read(file.body),
        note="" if file is None else file.body.decode("utf-8", "replace"),
        days=tuple(_files_of(day, by_day[day]) for day in newest),
    )


def _files_of(day: date, paths: Sequence[str]) -> Day:
    head = next((path for path in paths if path.endswith("/head")), "")
    return Day(day, next((path for path in paths if path != head), ""), head)


def _read(raw: bytes) -> checkpoints.Checkpoint | None:
    try:
        return checkpoints.parse(notes.parse(raw).text)
    except LedgerError:
        return None


def _day_of(path: str) -> date | None:
    """Return the day that a part of ``path`` names, if one does."""
    for part in reversed(path.split("/")):
        try:
            return date.fromisoformat(part.removesuffix(".json"))
        except ValueError:
            continue
    return None

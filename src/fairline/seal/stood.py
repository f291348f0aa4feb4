"""What an office kept beside a case when it was taken out: of the person concerned, of a panel, of duties.

None of it is sealed to anybody or lies in the case's chains, so nothing proves it but the list in which it stands: it
is the word of who took the case out. Source: `docs/formats.md`, "An exported case".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairline.seal.fields import as_day, as_text, whole
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from datetime import date

    from fairline.seal.fields import Fields

STEPS: Final = ("nobody", "agreed", "given", "delayed", "heard", "asked", "answered")
ROWS: Final = ("waiting", "open", "running", "late", "done", "not-owed")
SAID: Final = ("yes", "no", "none")
MOST: Final = 1000
MOST_SEATS: Final = 100


@dataclass(frozen=True)
class StoodStep:
    """A step towards the person concerned."""

    step: str
    reason: str
    day: date
    until: date | None
    """The last day that they were given to answer."""


@dataclass(frozen=True)
class StoodSeat:
    """Somebody on a panel, and what they sent back."""

    member: bytes
    says: str
    text: str


@dataclass(frozen=True)
class StoodPanel:
    """The question to a panel that was in force; its words are a note of the case."""

    until: date
    """The last day that the reporting person was given."""
    ended: bool
    document: str
    """What each of them read; empty before they were seated."""
    seats: tuple[StoodSeat, ...]


@dataclass(frozen=True)
class StoodRow:
    """A row of a law, and how it stood."""

    row: str
    label: Mapping[str, str]
    state: str
    in_time: bool
    due: str | None
    """The first moment at which it was too late, UTC to the minute."""
    day: date | None
    """The last day in time, where days are counted."""
    done: str | None


@dataclass(frozen=True)
class StoodDuty:
    """A law that made the organisation tell its authority something."""

    law: str
    names: Mapping[str, str]
    rows: tuple[StoodRow, ...]


@dataclass(frozen=True)
class Stood:
    """All of it; what a case had nothing of is empty."""

    hearing: tuple[StoodStep, ...]
    panel: StoodPanel | None
    duties: tuple[StoodDuty, ...]


def stood_json(one: Stood) -> dict[str, Any]:
    """As it stands in the list."""
    return {
        "hearing": [
            {"step": step.step, "reason": step.reason, "day": step.day.isoformat(), **_day("until", step.until)}
            for step in one.hearing
        ],
        **({} if one.panel is None else {"panel": _panel_json(one.panel)}),
        "duties": [
            {"law": duty.law, "names": dict(duty.names), "rows": [_row_json(row) for row in duty.rows]}
            for duty in one.duties
        ],
    }


def read_stood(value: Any) -> Stood:
    """Read it strictly.

    Raises:
        MalformedError: `json-…`.
    """
    return whole(value, _stood)


def _panel_json(one: StoodPanel) -> dict[str, Any]:
    return {
        "until": one.until.isoformat(), "ended": one.ended, "document": one.document,
        "seats": [{"member": b64(seat.member), "says": seat.says, "text": seat.text} for seat in one.seats],
    }  # fmt: skip


def _row_json(one: StoodRow) -> dict[str, Any]:
    return {
        "row": one.row, "label": dict(one.label), "state": one.state, "in_time": one.in_time,
        **({} if one.due is None else {"due": one.due}), **_day("day", one.day),
        **({} if one.done is None else {"done": one.done}),
    }  # fmt: skip


def _day(name: str, day: date | None) -> dict[str, str]:
    return {} if day is None else {name: day.isoformat()}


def _stood(fields: Fields) -> Stood:
    return Stood(
        hearing=fields.list("hearing", lambda one: whole(one, _step), MOST),
        panel=fields.optional("panel", lambda one: whole(one, _panel)),
        duties=fields.list("duties", lambda one: whole(one, _duty), MOST),
    )


def _step(fields: Fields) -> StoodStep:
    return StoodStep(
        step=fields.one("step", STEPS),
        reason=fields.text("reason"),
        day=fields.day("day"),
        until=fields.optional("until", as_day),
    )


def _panel(fields: Fields) -> StoodPanel:
    return StoodPanel(
        until=fields.day("until"),
        ended=fields.flag("ended"),
        document=fields.text("document"),
        seats=fields.list("seats", lambda one: whole(one, _seat), MOST_SEATS),
    )


def _seat(fields: Fields) -> StoodSeat:
    return StoodSeat(fields.id("member"), fields.one("says", SAID), fields.text("text"))


def _duty(fields: Fields) -> StoodDuty:
    return StoodDuty(
        fields.text("law"), fields.texts("names"), fields.list("rows", lambda one: whole(one, _row), MOST)
    )


def _row(fields: Fields) -> StoodRow:
    return StoodRow(
        row=fields.text("row"),
        label=fields.texts("label"),
        state=fields.one("state", ROWS),
        in_time=fields.flag("in_time"),
        due=fields.optional("due", as_text),
        day=fields.optional("day", as_day),
        done=fields.optional("done", as_text),
    )

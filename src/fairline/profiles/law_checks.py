"""Reads a profile of a law from TOML, or says of each line what is wrong with it (docs/profiles.md)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from fairline.profiles.calendars import calendar_of
from fairline.profiles.deadlines import Period, Roll, Unit
from fairline.profiles.law_floor import below_floor
from fairline.profiles.law_lines import Lines
from fairline.profiles.laws import (
    Basis,
    Clock,
    ConcernClass,
    Content,
    Days,
    Duty,
    Kind,
    Law,
    Notice,
    Outcome,
    Retention,
    RewardTier,
    Speaks,
    Status,
    Who,
)
from fairline.profiles.shipped import shipped

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

LISTS: Final = MappingProxyType(
    {"clocks": "id", "retention": "outcome", "rewards": "id", "classes": "id", "notices": "id", "duties": "id",
     "languages": "tag"}
)
"""Lists whose rows an overlay replaces one by one, and the field by which it finds them."""
OWN_ROW: Final = "\0own"
"""Remembers in which row of the overlay's own file a row stands. No TOML key of ours begins so."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with a file."""

    line: int
    sentence: str


class LawRefusedError(ValueError):
    """A profile that is not taken; ``problems`` name each line."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        """Refuse the file ``name``."""
        self.problems = problems
        super().__init__(f"{name}, line {problems[0].line}: {problems[0].sentence}")


@lru_cache(maxsize=64)
def shipped_law(name: str, version: int | None = None) -> Law:
    """Return a profile that we ship, in its newest version or another one that is still shipped.

    Raises:
        LookupError: there is none of this name.
    """
    newest = shipped(name)
    if newest is None:
        raise LookupError(name)
    law = read_law(newest, name)
    if version is None or version == law.version:
        return law
    named = f"{name}@{version}"
    text = shipped(named)
    if text is None:
        raise LookupError(named)
    return read_law(text, named)


def read_law(text: str, name: str = "profile", *, of_office: bool = False) -> Law:
    """Read a profile.

    Args:
        text: TOML.
        name: of the file, for the refusal.
        of_office: an office's own overlay, which may be stricter than what it lies on and never slower.

    Raises:
        LawRefusedError: with every problem that was found.
    """
    problems, data = _checked(text, of_office=of_office)
    if problems or data is None:
        raise LawRefusedError(name, problems)
    return _law(data)


def problems_of(text: str, *, of_office: bool = False) -> list[Problem]:
    """Return everything that is wrong with a profile, by line; nothing where it can be used."""
    return _checked(text, of_office=of_office)[0]


def _checked(text: str, *, of_office: bool) -> tuple[list[Problem], dict[str, Any] | None]:
    try:
        own = _plain(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = str(error).partition("line ")[2].partition(",")[0]
        return [Problem(int(line) if line.isdigit() else 1, f"This is not TOML: {error}.")], None
    lines = Lines(text)
    found = [Problem(lines.of(path), sentence) for path, sentence in _shape(own)]
    if found:
        return sorted(found), None
    base = _base(own)
    if base is None:
        return [Problem(lines.of(("overlays",)), f"There is no profile {own['overlays']} to lay this on.")], None
    whole = _laid_on(base, own)
    checks = [*_twice(own), *_calendar(own), *(_slower(base, own) if of_office else ())]
    checks += [(_own_path(whole, path), sentence) for path, sentence in below_floor(whole)]
    found = [Problem(lines.of(path), sentence) for path, sentence in checks]
    return sorted(set(found)), whole


def _shape(data: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for error in _validator().iter_errors(data):
        yield tuple(error.absolute_path), _sentence(error)


def _sentence(error: Any) -> str:
    where = ".".join(str(part) for part in error.absolute_path) or "the file"
    match error.validator:
        case "additionalProperties":
            return f"{where} has a field that profiles do not know: {error.message}."
        case "required":
            return f"{where} lacks a field: {error.message}."
        case "oneOf":
            return f"{where} names either a limit with its unit, or `without` and nothing of a limit."
        case _:
            return f"{where}: {error.message}."


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    # An eighth of what a process loads at its start, and most of them never check a law.
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    schema = resources.files("fairline.profiles").joinpath("data", "profile.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(schema))


def _plain(value: Any) -> Any:
    """TOML's dates as texts, which is what the schema and files of other kinds know."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _base(own: Mapping[str, Any]) -> dict[str, Any] | None:
    if "overlays" not in own:
        return {}
    text = shipped(own["overlays"])
    if text is None:
        return None
    below: dict[str, Any] = _plain(tomllib.loads(text))
    under = _base(below)
    return None if under is None else _laid_on(under, below)


def _laid_on(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    whole = {**base, **{key: value for key, value in own.items() if key not in LISTS}}
    whole["notes"] = [*base.get("notes", []), *own.get("notes", [])]
    for name, key in LISTS.items():
        rows = {row[key]: {**row, OWN_ROW: None} for row in base.get(name, [])}
        rows |= {row[key]: {**_told(rows.get(row[key], {})), **row, OWN_ROW: at}
                 for at, row in enumerate(own.get(name, []))}
        whole[name] = list(rows.values())
    return whole


def _told(below: Mapping[str, Any]) -> dict[str, Any]:
    """What is told at a row stays where a file laid on it says nothing of that: its clock may be shorter, no more."""
    return {"contents": below["contents"]} if "contents" in below else {}


def _own_path(whole: Mapping[str, Any], path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Where a row of the whole stands in the overlay's own file; the top where it came from below."""
    match path:
        case (str(name), int(row), *rest) if name in LISTS:
            at = whole[name][row][OWN_ROW]
            return () if at is None else (name, at, *rest)
        case _:
            return path


def _twice(own: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name, key in LISTS.items():
        seen: set[str] = set()
        for at, row in enumerate(own.get(name, [])):
            if row[key] in seen:
                yield (name, at, key), f"{row[key]} stands twice under {name}."
            seen.add(row[key])
    for at, row in enumerate(own.get("clocks", [])):
        told = [one["id"] for one in row.get("contents", ())]
        for place, name in enumerate(told):
            if name in told[:place]:
                yield ("clocks", at, "contents", place, "id"), f"{name} stands twice in what is told here."


def _calendar(own: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    days = own["calendar"]
    try:
        calendar_of(days["country"], days.get("subdivision", ""))
    except LookupError:
        yield ("calendar", "country"), "No calendar of this country or subdivision is known."


def _slower(base: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """An office may promise more than its law, never less."""
    if base and own["kind"] != base["kind"]:
        yield ("kind",), f"What is laid on a profile of the kind {base['kind']} is of that kind."
    yield from _later_days(base.get("calendar", {}), own["calendar"])
    before = {row["id"]: row for row in base.get("clocks", [])}
    for at, row in enumerate(own.get("clocks", [])):
        old = before.get(row["id"])
        if old is None:
            continue
        for field, sentence in _another(old, row):
            where: tuple[str | int, ...] = ("clocks", at, *field)
            yield where, sentence
        if "limit" not in old:
            continue
        shorter = "limit" in row and row["unit"] == old["unit"] and row["limit"] <= old["limit"]
        if not shorter:
            sentence = f"The law gives {old['limit']} {old['unit']} here; an office may be quicker, in the same unit."
            yield ("clocks", at, "limit"), sentence
        if "extend" in row and row["extend"] != old.get("extend"):
            yield ("clocks", at, "extend"), "An office does not give itself a longer extension than the law."
    kept = {row["outcome"]: row for row in base.get("retention", [])}
    for at, row in enumerate(own.get("retention", [])):
        old = kept.get(row["outcome"])
        if old is not None and not (row["unit"] == old["unit"] and row["limit"] <= old["limit"]):
            yield ("retention", at, "limit"), "An office deletes no later than its profile says, in the same unit."
    yield from _other_words(base, own)


def _other_words(base: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name, word in (("notices", "notice"), ("duties", "duty")):
        there = {row["id"] for row in base.get(name, [])}
        for at, row in enumerate(own.get(name, [])):
            if row["id"] in there:
                yield (name, at), f"The law's own {word} {row['id']} stays as it is; an office adds one beside it."


def _another(old: Mapping[str, Any], row: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """A row that keeps the id of a clock and becomes another clock, or ends, takes that one away."""
    for name in ("action", "starts"):
        if row[name] != old[name]:
            yield (name,), f"The law's own clock {row['id']} stays what it is: {name} = {old[name]}."
    if row.get("applies", "") not in {"", old.get("applies", "")}:
        yield ("applies",), f"The law's own clock {row['id']} goes on to hold wherever the law says so."
    if row.get("until", old.get("until")) != old.get("until") or row.get("effective_from", "") > old.get(
        "effective_from", ""
    ):
        yield (), f"The law's own clock {row['id']} begins and ends on the law's days."


def _later_days(base: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Days off that an office gives itself would put every deadline off."""
    if base.get("country") and own["country"] != base["country"]:
        yield ("calendar", "country"), f"The law's calendar is that of {base['country']}."
    if base and own["roll"] not in {"none", base["roll"]}:
        yield ("calendar", "roll"), "An office does not put its deadlines off further than the law does."
    if set(own.get("free", ())) - set(base.get("free", ())):
        yield ("calendar", "free"), "An office gives itself no free days beside those of its law."
    if set(base.get("working", ())) - set(own.get("working", ())):
        yield ("calendar", "working"), "Days on which the law has people work stay working days."


def _law(data: Mapping[str, Any]) -> Law:
    days = data["calendar"]
    return Law(
        id=data["id"],
        kind=Kind(data["kind"]),
        version=data["version"],
        effective_from=date.fromisoformat(data["effective_from"]),
        until=_day(data.get("until")),
        names=data["names"],
        scope=data.get("scope", {}),
        notes=tuple(data["notes"]),
        days=Days(
            country=days["country"],
            subdivision=days.get("subdivision", ""),
            free=_days(days, "free"),
            working=_days(days, "working"),
            roll=Roll(days["roll"]),
        ),
        clocks=MappingProxyType({row["id"]: _clock(row) for row in data["clocks"]}),
        retention=MappingProxyType({
            Outcome(row["outcome"]): Retention(Outcome(row["outcome"]), _period(row), _basis(row))
            for row in data["retention"]
        }),
        rewards=tuple(
            RewardTier(row["id"], row["from"], row.get("below"), row["currency"], row["label"], _basis(row))
            for row in sorted(data["rewards"], key=lambda row: row["from"])
        ),
        classes=tuple(ConcernClass(row["id"], row["tier"], row["label"], _basis(row)) for row in data["classes"]),
        notices=MappingProxyType({
            row["id"]: Notice(row["id"], row["whom"], row["when"], row["text"], _basis(row)) for row in data["notices"]
        }),
        duties=MappingProxyType({
            row["id"]: Duty(row["id"], Who(row["who"]), row["cycle"], row["text"], row["evidence"], _basis(row))
            for row in data["duties"]
        }),
        languages=tuple(Speaks(row["tag"], _basis(row)) for row in data["languages"]),
        heard_before=frozenset(map(Outcome, data.get("rights", {}).get("heard_before", ()))),
    )


def _clock(row: Mapping[str, Any]) -> Clock:
    return Clock(
        id=row["id"],
        action=row["action"],
        starts=row["starts"],
        applies=row.get("applies", ""),
        period=_period(row) if "limit" in row else None,
        without=row.get("without", ""),
        extended=_period(row["extend"]) if "extend" in row else None,
        owner=row["owner"],
        addressee=row["addressee"],
        label=row["label"],
        note=row.get("note", {}),
        basis=_basis(row),
        open_cases=row.get("open_cases", False),
        contents=tuple(Content(one["id"], one["text"], one["source"]) for one in row.get("contents", ())),
    )


def _period(row: Mapping[str, Any]) -> Period:
    return Period(row["limit"], Unit(row["unit"]))


def _basis(row: Mapping[str, Any]) -> Basis:
    return Basis(row["source"], date.fromisoformat(row["verified_on"]), Status(row["status"]),
                 _day(row.get("effective_from")), _day(row.get("until")))  # fmt: skip


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _days(row: Mapping[str, Any], name: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(text) for text in row.get(name, []))

"""The rights floor (rights.md 18): what no profile may lower, whatever its law says. A profile may always be stricter.

These rules protect both people. None of them can be switched off by data, setting or role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from fairline.profiles.grounds import asks_for_ground, hangs_on_a_fate, names_a_freedom
from fairline.profiles.laws import OUTCOMES, Outcome
from fairline.seal.closing import CONCERNS

ACKNOWLEDGE: Final = (("h", 7 * 24), ("cd", 7), ("wd", 5))
"""Seven calendar days (Directive 2019/1937 article 9(1)(b)). Five working days never take longer without a feast."""
FEEDBACK_MONTHS: Final = 3
FEEDBACK_EXTENDED_MONTHS: Final = 6
DAYS_PER_MONTH: Final = 28
"""A period in days is as short as the shortest months allow."""
LONGEST_YEARS: Final = 5
"""Whatever is kept about a person is read again by then (28 CFR 23.20(h), taken as the floor)."""
OFTEN_LAWFUL: Final = ("approach", "elicitation")
"""What asks for more than that it was seen, under every law: a question or an approach alone is nobody's wrong."""

_PRIVATE: Final = re.compile(
    r"\b(households?|famil(?:y|ies)|citizens?|neighbou?rs?|private persons?|relatives)\b|居民|家庭|公民|邻居|个人|"
    r"مواطن|أسر|جيران|الأفراد|الأقارب",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    r"\bquotas?\b|\b(?:number|target) of reports\b|\bat least \w+ reports\b|举报指标|举报数量|عدد من البلاغات|حصة",
    re.IGNORECASE,
)
"""Whom no duty binds, and what none counts (rights.md 9, 12); the lists are tried on every text."""

Finding = tuple[tuple[str | int, ...], str]
"""Where in the data, and what is wrong, as a sentence."""


def below_floor(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield everything in which a whole profile (its overlay laid on) is below the floor."""
    yield from _grounds(data)
    yield from _classes(data)
    yield from _duties(data)
    yield from _contents(data)
    yield from _rewards(data)
    yield from _languages(data)
    if data["kind"] != "receiver":
        return
    yield from _rights(data)
    yield from _clock_floor(data, "acknowledge", _slow_acknowledgement)
    yield from _clock_floor(data, "feedback", _slow_feedback)
    if not any(clock["action"] == "disclosure-notice" for clock in data.get("clocks", [])):
        yield (), "No clock tells the reporting person before a name is disclosed."
    yield from _retention(data)


def _rights(data: Mapping[str, Any]) -> Iterator[Finding]:
    rights = data.get("rights")
    if rights is None:
        yield (), "The table [rights] is missing: a receiver says that it keeps the floor."
        return
    for name, needed, sentence in (
        ("sealed_identity", True, "Names are always sealed apart from the report."),
        ("disclosure_notice", True, "The reporting person is always told before a name is disclosed."),
        ("outside_complaint", True, "There is always a place outside the office to complain to."),
        ("automatic_decision", False, "No machine decides about a person."),
    ):
        if rights[name] is not needed:
            yield ("rights", name), sentence
    if Outcome.SUBSTANTIATED not in rights["heard_before"]:
        yield ("rights", "heard_before"), "The person concerned is heard before anything is called substantiated."


def _clock_floor(data: Mapping[str, Any], action: str, slow: Any) -> Iterator[Finding]:
    rows = [(at, clock) for at, clock in enumerate(data.get("clocks", [])) if clock["action"] == action]
    if not any(clock["starts"] in {"received", "acknowledged"} for _, clock in rows):
        yield (), f"A receiver has a clock for {action}."
    for at, clock in rows:
        for field, sentence in slow(clock):
            yield ("clocks", at, field), sentence


def _slow_acknowledgement(clock: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "limit" not in clock:
        yield "without", "An acknowledgement has a number of days: at most seven."
    elif clock["limit"] > dict(ACKNOWLEDGE).get(clock["unit"], 0):
        yield "limit", "A report is acknowledged within seven calendar days."
    if "extend" in clock:
        yield "extend", "An acknowledgement cannot be put off."


def _slow_feedback(clock: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "limit" not in clock:
        yield "without", "Feedback has a number: at most three months."
    elif _months(clock["limit"], clock["unit"]) > FEEDBACK_MONTHS:
        yield "limit", "The reporting person hears within three months what is being done."
    longer = clock.get("extend")
    if longer is not None and _months(longer["limit"], longer["unit"]) > FEEDBACK_EXTENDED_MONTHS:
        yield "extend", "With a recorded reason, feedback may take six months and no longer."


def _retention(data: Mapping[str, Any]) -> Iterator[Finding]:
    rows = data.get("retention", [])
    named = {row["outcome"] for row in rows}
    for outcome in OUTCOMES:
        if outcome not in named:
            yield (), f"Nothing says when a case that ended as {outcome} is deleted."
    for at, row in enumerate(rows):
        if _months(row["limit"], row["unit"]) > 12 * LONGEST_YEARS:
            yield ("retention", at, "limit"), "Nothing about a person is kept for longer than five years."


def _classes(data: Mapping[str, Any]) -> Iterator[Finding]:
    for at, row in enumerate(data.get("classes", [])):
        if any(names_a_freedom(text) for text in _said(row)):
            sentence = "What people say, publish, believe, join, or whom they meet is never a kind of concern."
            yield ("classes", at, "label"), sentence
        else:
            yield from _kind(at, row)


def _kind(at: int, row: Mapping[str, Any]) -> Iterator[Finding]:
    if row["id"] not in CONCERNS and not any(asks_for_ground(text) for text in _said(row)):
        yield ("classes", at, "id"), f"Kinds of concern are those that are sealed and counted: {', '.join(CONCERNS)}."
    elif row["id"] in OFTEN_LAWFUL and row["tier"] == 1:
        sentence = "A question or an approach is often lawful: it counts only with a fact that can be stated (tier 2)."
        yield ("classes", at, "tier"), sentence


def _said(row: Mapping[str, Any]) -> tuple[str, ...]:
    """What a row says to people: its id with spaces, and its label in every language."""
    return (row["id"].replace("-", " "), *row["label"].values())


def _grounds(data: Mapping[str, Any]) -> Iterator[Finding]:
    for list_name in ("classes", "rewards"):
        for at, row in enumerate(data.get(list_name, [])):
            if any(asks_for_ground(text) for text in _said(row)):
                yield (list_name, at, "label"), "A protected ground is never a reason for a concern or a reward."
    for at, row in enumerate(data.get("notices", [])):
        if any(asks_for_ground(text) for text in row["text"].values()):
            yield ("notices", at, "text"), "Nobody is asked for a protected ground in what they are told."


def _rewards(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield rewards that hang on a conviction or on somebody's standing: what a report was good for is valued alone."""
    for at, row in enumerate(data.get("rewards", [])):
        if any(hangs_on_a_fate(text) for text in _said(row)):
            sentence = "A reward hangs on what the report was good for, never on a conviction or on who somebody is."
            yield ("rewards", at, "label"), sentence


def _duties(data: Mapping[str, Any]) -> Iterator[Finding]:
    for at, row in enumerate(data.get("duties", [])):
        for field in ("text", "evidence"):
            said = row[field].values()
            if any(asks_for_ground(text) for text in said):
                yield ("duties", at, field), "No duty asks for a protected ground."
            if any(_PRIVATE.search(text) for text in said):
                sentence = "Duties bind organisations: no household, family or private person has to inform on others."
                yield ("duties", at, field), sentence
            if any(_COUNTED.search(text) for text in said):
                yield ("duties", at, field), "Nobody has to bring a number of reports."


def _contents(data: Mapping[str, Any]) -> Iterator[Finding]:
    for at, row in enumerate(data.get("clocks", [])):
        for place, one in enumerate(row.get("contents", ())):
            where = ("clocks", at, "contents", place)
            if data["kind"] != "notifier":
                yield where, "Only what organisations tell their authority has contents; a report is asked by its form."
            if any(asks_for_ground(text) for text in (one["id"].replace("-", " "), *one["text"].values())):
                yield (*where, "text"), "No authority is told a protected ground here."


def _languages(data: Mapping[str, Any]) -> Iterator[Finding]:
    """A language that a law asks for, and in which words are missing; what an office adds may be in its own alone."""
    tags = [row["tag"] for row in data.get("languages", []) if row["status"] != "own"]
    for list_name, field in (("notices", "text"), ("duties", "text"), ("clocks", "label")):
        for at, row in enumerate(data.get(list_name, [])):
            for tag in tags:
                if any(tag not in said for said in (row[field], *(one["text"] for one in row.get("contents", ())))):
                    yield (list_name, at, field), f"This is missing in {tag}, a language that [[languages]] asks for."


def _months(limit: int, unit: str) -> float:
    """How many months a period takes at most."""
    match unit:
        case "m":
            return limit
        case "y":
            return 12 * limit
        case "wd":
            return limit * 7 / 5 / DAYS_PER_MONTH
        case "h":
            return limit / 24 / DAYS_PER_MONTH
        case _:
            return limit / DAYS_PER_MONTH

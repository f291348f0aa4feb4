"""What a law has an organisation tell its authority: named at its row, and refused with its line where it is none."""

from __future__ import annotations

import pytest

from fairline.profiles.deadlines import Period, Unit
from fairline.profiles.law_checks import problems_of, read_law, shipped_law
from fairline.profiles.shipped import shipped

NOTIFIER = shipped("eu-nis2") or ""


def refused(text: str, *, of_office: bool = False) -> list[tuple[int, str]]:
    return [(problem.line, problem.sentence) for problem in problems_of(text, of_office=of_office)]


def test_what_an_authority_is_told_stands_at_its_row_with_its_article() -> None:
    law = shipped_law("eu-nis2")
    told = {clock.id: [one.id for one in clock.contents] for clock in law.clocks.values()}
    assert told["early-warning"] == ["unlawful", "cross-border"]
    assert told["notification"] == ["unlawful", "cross-border", "assessment", "indicators"]
    assert told["final"] == ["description", "cause", "measures", "cross-border"]
    assert not told["authority-reply"], "what the authority answers is not ours to fill in"
    every = [one for clock in law.clocks.values() for one in clock.contents]
    assert all(one.text.keys() == {"en", "zh-Hans", "ar"} and "Art " in one.source for one in every)


@pytest.mark.parametrize(
    ("found", "put", "said"),
    [
        ('id = "cross-border"', 'id = "unlawful"', "unlawful stands twice in what is told here."),
        ('en = "Whether it could have an impact across borders"', 'en = "Nationality of whoever did it"',
         "No authority is told a protected ground here."),
        ('kind = "notifier"', 'kind = "receiver"', "Only what organisations tell their authority has contents"),
    ],
)  # fmt: skip
def test_contents_that_are_none_are_refused_with_their_line(found: str, put: str, said: str) -> None:
    text = NOTIFIER.replace(found, put, 1)
    [line, *_more] = [line for line, sentence in refused(text) if sentence.startswith(said)]
    second = text.index("[[clocks.contents]]", text.index("[[clocks.contents]]") + 1)
    first_or_second = text.index("[[clocks.contents]]") if "Only what" in said else second
    assert 0 <= line - text[:first_or_second].count("\n") - 1 <= 2


def test_a_file_laid_on_a_law_keeps_what_is_told_at_its_rows() -> None:
    text = """format = 1
id = "eu-nis2-here"
overlays = "eu-nis2"
kind = "notifier"
version = 1
effective_from = 2026-01-01
names = { en = "Ours", zh-Hans = "本单位", ar = "لدينا" }
[calendar]
country = ""
roll = "none"
[[clocks]]
id = "early-warning"
action = "early-warning"
starts = "aware"
limit = 12
unit = "h"
owner = "organisation"
addressee = "authority"
label = { en = "Early warning to the authority", zh-Hans = "预警", ar = "إنذار" }
source = "The office's own commitment"
verified_on = 2026-11-28
status = "own"
"""
    assert refused(text, of_office=True) == []
    clock = read_law(text, of_office=True).clocks["early-warning"]
    assert (clock.period, [one.id for one in clock.contents]) == (Period(12, Unit.HOUR), ["unlawful", "cross-border"])

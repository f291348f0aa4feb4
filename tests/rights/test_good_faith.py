"""Rights 7 and 10: nobody chooses that somebody reported in bad faith. Unproven is not false, nor false knowingly."""

from __future__ import annotations

import json
import re

from fairline.profiles.laws import Outcome
from fairline.seal.closing import KNOWINGLY_FALSE, OUTCOMES
from rights import surface

WORD = r"knowingly|malicious|bad.?faith|frivolous|vexatious|abus"


def test_no_outcome_that_a_handler_or_a_law_can_choose_says_it():
    assert KNOWINGLY_FALSE not in OUTCOMES
    assert not surface.holding(WORD, [*OUTCOMES, *Outcome])
    text = (surface.ROOT / "web" / "seal" / "closing.ts").read_text("utf-8")
    listed = re.findall(r"export const \w+ = \[(.*?)\] as const", text, re.DOTALL)
    assert len(listed) == len(["outcomes", "classes"])
    assert not surface.holding(WORD, [word for one in listed for word in re.findall(r'"([\w-]+)"', one)])


def test_no_address_and_no_column_has_it():
    assert not surface.holding(WORD, surface.addresses())
    assert not surface.holding(WORD, set(surface.columns()))


def test_a_decision_of_fewer_than_three_is_refused_by_every_reader():
    cases = json.loads((surface.ROOT / "vectors" / "panel.json").read_text("utf-8"))["cases"]
    refused = {one["name"]: one["expect"]["error"] for one in cases if isinstance(one["expect"], dict)}
    assert {"refused: two", "refused: one of them three times", "refused: one of them said no"} <= set(refused)

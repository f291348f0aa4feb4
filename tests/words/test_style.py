"""What every style sheet keeps to."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "web"
SHEETS = sorted((WEB / "style").rglob("*.css"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|(?:left|right|top|bottom)|width|height|"
    r"(?:min|max)-(?:width|height))\s*:|text-align\s*:\s*(?:left|right)|float\s*:"
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_sheet_knows_left_from_right(sheet: Path) -> None:
    rules = re.sub(r"/\*.*?\*/|@media[^{]*\{|@page[^}]*\}", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    assert PHYSICAL.findall(rules) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_colours_are_named_in_one_place_only(sheet: Path) -> None:
    if sheet.name == "tokens.css":
        return
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    # Black on white is what printers and readers of QR codes need.
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules)) <= {"#000", "#fff"}


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert [sheet.name for sheet in SHEETS if re.search(r"url\(|https?:|@font-face", sheet.read_text("utf-8"))] == []


def test_the_report_doors_sheet_stays_small(built_pages: None) -> None:
    manifest = json.loads((WEB / "dist" / "manifest.json").read_text("utf-8"))
    assert (WEB / "dist" / f"{manifest['style/report']['file']}.br").stat().st_size <= 6_000

"""What is left out of every day is there: a file that was renamed would come back, or be missed by nobody."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from support.everyday import LONG, TESTS, is_everyday, is_left_out


def test_every_file_that_is_left_out_is_there_and_left_out() -> None:
    assert [name for name in LONG if not is_left_out(TESTS / name)] == []
    assert [name for name in LONG if not (TESTS / name).is_file()] == []


def test_of_the_browser_the_stories_are_run_every_day() -> None:
    stories = {path.name for path in (TESTS / "e2e").glob("test_*.py") if not is_left_out(path)}
    assert {"test_first_light.py", "test_report.py", "test_whole_story_receiver.py"} <= stories
    assert "test_cases.py" not in stories


def test_what_stands_for_it_is_run_every_day() -> None:
    for name in ("terminal/test_there_and_back.py", "hostile/test_kill.py", "hostile/test_wire.py"):
        assert (TESTS / name).is_file()
        assert not is_left_out(TESTS / name)


def test_a_piece_of_a_story_that_is_marked_is_left_to_the_whole() -> None:
    def piece(*marks: str) -> Any:
        return SimpleNamespace(path=TESTS / "e2e" / "test_report.py", get_closest_marker=dict.fromkeys(marks, "").get)

    assert is_everyday(piece("story"))
    assert not is_everyday(piece("story", "whole"))
    assert not is_everyday(piece())

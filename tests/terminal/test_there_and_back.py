"""From a terminal to the reader and back: report, question, answer, and the record on the next day."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fairline.seal.primitives import b64
from support.colleague import Colleague
from support.installation import Installation

MARK = "A grey van stood at the weir for three nights, kvothe-7241."
QUESTION = "Which nights were those, lorelei-5530?"
ANSWER = "Monday to Wednesday, quillon-9917."


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_report_is_read_answered_and_found_in_the_record(
    demonstrations: Callable[[str], Installation], kept: Path, kind: str
) -> None:
    running = demonstrations(kind)
    address, words = running.urls["report"], str(kept / "words")
    sent = running.command(
        "send", address, "--desk", "Integrity desk", "--yes", "--receipt-file", words, "--promise-file",
        str(kept / "promise"), stdin=MARK.encode(),
    )  # fmt: skip
    assert "The report arrived" in sent.stderr
    assert sent.stdout == ""
    assert json.loads((kept / "promise").read_bytes())["kind"] == "promise"

    reader = Colleague(running, "noor")
    texts = {row["thread"]: reader.open(row["thread"])[1].report for row in reader.arrivals()}
    mine = next(name for name, report in texts.items() if report is not None and MARK in report.answers.values())
    reader.write(mine, QUESTION)
    reader.write(mine, "A note that no reporter sees, ozymandias-1.", note=True)

    opened = running.command("open", address, "--receipt-file", words)
    assert MARK in opened.stdout
    assert QUESTION in opened.stdout
    assert "Reader C" in opened.stdout
    assert "ozymandias" not in opened.stdout
    running.command("open", address, "--receipt-file", words, "--answer", "-", stdin=ANSWER.encode())
    assert ANSWER in [getattr(post.body, "text", "") for post in reader.open(mine)[1].posts if post.chain == "r"]

    shown = running.command("open", address, "--promise", str(kept / "promise"))
    assert "is not out yet" in shown.stderr
    assert MARK not in shown.stdout + shown.stderr
    running.set_clock("+1d")
    running.command("night")
    shown = running.command("open", address, "--promise", str(kept / "promise"))
    assert "This office signed it, and kept it" in shown.stderr
    assert "and kept: the entry stands" in running.command("verify", "--promise", str(kept / "promise")).stdout
    checked = running.command("open", address, "--receipt-file", words, "--check")
    assert "3 promises kept" in checked.stderr
    assert "ALARM" not in checked.stderr
    assert "Nothing was altered" in running.command("verify").stdout


def test_no_word_of_it_is_in_clear_on_the_server(demonstration: Installation, kept: Path) -> None:
    marks = ("xanthippe-4471", "balalaika-8820", "zeugma-1309")
    words = str(kept / "words")
    (kept / "answers.json").write_text(json.dumps({"what": f"It said {marks[0]}.", "where": marks[1]}), "utf-8")
    address = demonstration.urls["report"]
    demonstration.command(
        "send", address, "--desk", "Safety and security desk", "--yes", "--receipt-file", words,
        "--answers", str(kept / "answers.json"),
    )  # fmt: skip
    demonstration.command("open", address, "--receipt-file", words, "--answer", "-", stdin=marks[2].encode())
    receipt = Path(words).read_bytes().strip()
    stored = [path for path in demonstration.folder.rglob("*") if path.is_file()]
    assert len(stored) > 5
    for path in stored:
        content = path.read_bytes()
        for mark in (*(mark.encode() for mark in marks), receipt):
            assert mark not in content, path
            assert b64(mark)[:-1].encode() not in content, path


def test_new_words_replace_the_old(demonstration: Installation, kept: Path) -> None:
    address, old, new = demonstration.urls["report"], str(kept / "old"), str(kept / "new")
    demonstration.command(
        "send", address, "--desk", "Integrity desk", "--yes", "--receipt-file", old, stdin=b"Once more, aardvark-3."
    )
    demonstration.command(
        "open", address, "--receipt-file", old, "--replace", "--yes", "--new-receipt-file", new, "--digits"
    )
    again = demonstration.command("open", address, "--receipt-file", old, check=False)
    assert again.returncode == 1
    assert "replaced" in again.stderr
    opened = demonstration.command("open", address, "--receipt-file", new)
    assert "aardvark-3" in opened.stdout
    assert "WRONG" not in opened.stdout
    assert Path(new).read_text("ascii").replace(" ", "").strip().isdecimal()
    assert Path(new).stat().st_mode & 0o077 == 0


def test_about_somebody_who_works_here_only_independent_desks_are_offered(
    demonstration: Installation, kept: Path
) -> None:
    given = ["send", demonstration.urls["report"], "--yes", "--about", "Integrity desk"]
    refused = demonstration.command(*given, "--desk", "Integrity desk", stdin=b"About a reader.", check=False)
    assert refused.returncode == 1
    assert "no such desk to choose" in refused.stderr
    words = str(kept / "words")
    sent = demonstration.command(*given, "--receipt-file", words, stdin=b"About a reader.")
    assert "Safety and security desk" in sent.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "name one with --desk"),
        (["--desk", "Nobody's desk"], "no such desk"),
        (["--fingerprint", "abandon " * 8], "not the office that the poster names"),
        (["--fingerprint", "A" * 43], "not the office that the poster names"),
        (["--desk", "Integrity desk", "--words", "klingon"], "no such list"),
        (["--desk", "Integrity desk", "--file", "/nowhere"], "could not be read"),
    ],
)
def test_what_does_not_fit_is_refused_before_anything_is_sent(
    demonstration: Installation, given: list[str], said: str
) -> None:
    refused = demonstration.command(
        "send", demonstration.urls["report"], "--yes", *given, stdin=b"A text.", check=False
    )
    assert refused.returncode == 1
    assert said in refused.stderr
    assert refused.stdout == ""
    assert "arrived" not in refused.stderr


def test_without_a_person_or_yes_nothing_is_sent(demonstration: Installation) -> None:
    refused = demonstration.command("send", demonstration.urls["report"], stdin=b"A text.", check=False)
    assert refused.returncode == 1
    assert "nobody could confirm that the receipt is kept" in refused.stderr


def test_a_declined_receipt_is_shown_to_nobody_and_the_report_says_so(demonstration: Installation) -> None:
    sent = demonstration.command(
        "send", demonstration.urls["report"], "--desk", "Integrity desk", "--no-receipt", stdin=b"Declined, wombat-12."
    )
    assert sent.stdout == ""
    assert "cannot ask you anything" in sent.stderr
    reader = Colleague(demonstration, "tomas")
    reports = [reader.open(row["thread"])[1].report for row in reader.arrivals()]
    mine = next(one for one in reports if one is not None and "Declined, wombat-12." in one.answers.values())
    assert not mine.answerable

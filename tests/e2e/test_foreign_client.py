"""A client that takes nothing from the product files a report and reads the answer, by what the documents say alone."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from e2e.workbench import Demonstration
from factories.reporter import manifest_at
from fairline.seal.primitives import b64
from support.colleague import Colleague

pytestmark = pytest.mark.story

CLIENT = Path(__file__).parents[2] / "docs" / "api" / "client.py"
STORY = "The valve at basin four was left open on two nights. 两个晚上都没有关。"
ANSWER = "Thank you. Which two nights were that?"
DESK = "Safety and security desk"


@pytest.fixture
def address(office_at_work: Demonstration) -> str:
    door = office_at_work.running.urls["report"]
    return f"{door}/at/{b64(office_at_work.office)}/#k={b64(manifest_at(door, office_at_work.office).F)}"


def run(folder: Path, *arguments: str, text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(CLIENT), *arguments], cwd=folder, input=text, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip


def test_it_stands_on_public_libraries_alone() -> None:
    tree = ast.parse(CLIENT.read_text("utf-8"))
    named = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [one.name for one in node.names] if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        )
    }  # fmt: skip
    assert named - set(sys.stdlib_module_names) == {"cryptography"}


def test_its_report_is_read_and_answered_as_any_other(
    office_at_work: Demonstration, address: str, tmp_path: Path
) -> None:
    bao = Colleague(office_at_work.running, "bao")
    before = {row["thread"] for row in bao.arrivals()}
    filed = run(tmp_path, "file", address, DESK, text=STORY)
    assert filed.returncode == 0, filed.stderr
    promise = json.loads((tmp_path / "promise.json").read_text("ascii"))
    assert promise["office"] == b64(office_at_work.office)
    theirs = []
    for row in bao.arrivals():
        if row["thread"] not in before:
            _head, thread = bao.open(row["thread"])
            report = thread.posts[0]
            if report.body.answers == {"what": STORY}:
                theirs.append(row["thread"])
                assert (thread.refused, thread.problems) == ((), ())
    assert len(theirs) == 1
    bao.write(theirs[0], ANSWER)

    opened = run(tmp_path, "open", address, text=filed.stdout)
    assert opened.returncode == 0, opened.stderr
    assert opened.stdout.splitlines() == [f"you: {STORY}", f"office: {ANSWER}"]


def test_it_refuses_an_office_with_another_fingerprint(address: str, tmp_path: Path) -> None:
    door, code = address.split("#k=")
    other = ("A" if code[0] != "A" else "B") + code[1:]
    refused = run(tmp_path, "file", f"{door}#k={other}", DESK, text=STORY)
    assert "AssertionError" in refused.stderr
    assert (refused.returncode, refused.stdout, list(tmp_path.iterdir())) == (1, "", [])

"""The record's vector files are what the command writes, and every case comes out as it says."""

import json
from pathlib import Path

import pytest

from fairline.ledger.vectors.files import written
from fairline.ledger.vectors.operations import OPERATIONS
from fairline.seal.vectors.cases import outcome

FOLDER = Path(__file__).parents[2] / "vectors"
FILES = ("ledger-trees", "ledger-notes", "ledger", "ledger-days", "ledger-acts")
CASES = [
    (name, case)
    for name in FILES
    for case in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["cases"]
]


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}: {case['name']}" for name, case in CASES])
def test_case(name, case):
    assert outcome(OPERATIONS[case["do"]], case["input"]) == case["expect"]


def test_the_files_are_what_the_command_writes():
    files = written()
    assert sorted(files) == sorted(f"{name}.json" for name in FILES)
    for name, text in files.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"{name} has drifted: run the command"

"""A filing proof: one file that shows off-line that a report was filed, and nothing else that is altered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fairline.ledger import filed, merkle
from fairline.ledger.batches import PublishedDay
from fairline.ledger.checkpoints import Checkpoint, SignedCheckpoint
from fairline.ledger.notes import Note
from fairline.seal import jsontext
from fairline.seal.errors import FairlineError
from fairline.seal.primitives import b64, unb64
from fairline.terminal import filing
from support.installation import Installation

WORDS = "The seal on pump four was cut, wintergreen-4471."


@dataclass(frozen=True)
class Made:
    """A report, its proof before the night and after it, and the office's fingerprint."""

    running: Installation
    early: Path
    late: Path
    fingerprint: bytes

    def verify(self, proof: Path, *more: str) -> tuple[int, str, str]:
        # No installation is at hand: where its data would lie there is nothing.
        away = Installation(self.late.parent / "nowhere", {})
        done = away.command("verify", str(proof), *more, check=False)
        assert not (self.late.parent / "nowhere").exists()
        return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def made(make_demonstration: Callable[..., Installation], tmp_path_factory: pytest.TempPathFactory) -> Made:
    running, folder = make_demonstration(), tmp_path_factory.mktemp("filing")
    address, words = running.urls["report"], str(folder / "words")
    running.command("send", address, "--desk", "Integrity desk", "--yes", "--receipt-file", words, stdin=WORDS.encode())
    early, late = folder / "early", folder / "late"
    told = running.command("open", address, "--receipt-file", words, "--filing", str(early)).stderr
    assert "every word of the report" in told
    assert "promise alone" in told
    running.set_clock("+1d")
    running.command("night")
    running.command("open", address, "--receipt-file", words, "--filing", str(late))
    return Made(running, early, late, filing.check(late.read_bytes()).F)


def test_it_holds_for_who_knows_the_office(made: Made) -> None:
    code, text, told = made.verify(made.late, "--fingerprint", b64(made.fingerprint))
    assert (code, WORDS in text) == (0, True)
    assert "stands in the office's public record" in told
    assert filing.check(made.late.read_bytes(), made.fingerprint).recorded is not None


def test_before_the_night_the_promise_alone_is_shown(made: Made) -> None:
    code, text, told = made.verify(made.early, "--fingerprint", b64(made.fingerprint))
    assert (code, WORDS in text) == (0, True)
    assert "before the night" in told


def test_without_a_fingerprint_nobody_is_told_whose_it_is(made: Made) -> None:
    code, text, told = made.verify(made.late)
    assert (code, text, "fingerprint alone" in told) == (2, "", True)


def test_another_office_is_told(made: Made) -> None:
    code, text, told = made.verify(made.late, "--fingerprint", b64(bytes(32)))
    assert (code, text, "another office" in told) == (1, "", True)
    with pytest.raises(FairlineError) as refused:
        filing.check(made.late.read_bytes(), bytes(32))
    assert refused.value.code == "root-fork"


def other_words(proof: dict[str, Any]) -> None:
    content = unb64(proof["envelope"])
    proof["envelope"] = b64(content.replace(b"pump four", b"pump nine"))


def other_leaf(proof: dict[str, Any]) -> None:
    proof["promise"]["leaf"] = b64(bytes(96))


def other_day(proof: dict[str, Any]) -> None:
    proof["promise"]["day"] = "2026-01-01"


def other_index(proof: dict[str, Any]) -> None:
    proof["record"]["index"] += 1


def other_path(proof: dict[str, Any]) -> None:
    proof["record"]["hashes"][0] = b64(bytes(32))


def other_checkpoint(proof: dict[str, Any]) -> None:
    lines = proof["record"]["checkpoint"].split("\n")
    proof["record"]["checkpoint"] = "\n".join([lines[0], str(int(lines[1]) + 256), *lines[2:]])


def one_more(proof: dict[str, Any]) -> None:
    proof["note"] = "and more"


def other_kind(proof: dict[str, Any]) -> None:
    proof["kind"] = "promise"


@pytest.mark.parametrize(
    "change",
    [other_words, other_leaf, other_day, other_index, other_path, other_checkpoint, one_more, other_kind],
)
def test_what_is_altered_is_refused(made: Made, change: Callable[[dict[str, Any]], None]) -> None:
    proof = json.loads(made.late.read_bytes())
    change(proof)
    with pytest.raises(FairlineError):
        filing.check(jsontext.write(proof), made.fingerprint)


@pytest.mark.parametrize("before", [0, 256, 768, 1280])
@pytest.mark.parametrize("size", [256, 1024])
def test_an_entry_is_proven_out_of_its_own_day_alone(before: int, size: int) -> None:
    leaves = [number.to_bytes(96, "big") for number in range(before + size)]
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    frontier = merkle.EMPTY.grown(hashes[:before])

    said = Checkpoint("line.example/a/arrivals", before + size, merkle.root(hashes), "2026-11-28", bytes(32))
    day = PublishedDay("arrivals", SignedCheckpoint(said, Note(said.text(), ())), frontier, b"", leaves[before:])
    for index in (before, before + 1, before + size // 2, before + size - 1):
        found = filed.included(day, index)
        merkle.verify_inclusion(hashes[index], index, before + size, found.hashes, merkle.root(hashes))

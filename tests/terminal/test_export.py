"""An exported office opens with any age tool, and tells nothing that was not in clear before."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from support.doors import ROOT
from support.installation import Installation

# Somebody else's implementation of age, with nothing of ours: it must find the text in our file.
OTHER_TOOL = """
import { readFileSync } from "node:fs";
import { Decrypter } from "age-encryption";
const [identities, file] = process.argv.slice(1);
const decrypter = new Decrypter();
for (const line of readFileSync(identities, "utf8").split("\\n")) {
  if (line.startsWith("AGE-SECRET-KEY-PQ-1")) decrypter.addIdentity(line);
}
process.stdout.write(await decrypter.decrypt(readFileSync(file)));
"""
ILSE = "seven lanterns over quiet water"
SAID = "behind pumping station 3"


@pytest.fixture(scope="session")
def exports(
    demonstrations: Callable[[str], Installation], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], tuple[Installation, Path]]:
    made: dict[str, Path] = {}

    def get(kind: str) -> tuple[Installation, Path]:
        running = demonstrations(kind)
        if kind not in made:
            made[kind] = tmp_path_factory.mktemp(f"export-{kind}") / "office"
            running.command("export", "--to", str(made[kind]))
        return running, made[kind]

    return get


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_member_reads_it_offline(exports: Callable[[str], tuple[Installation, Path]], kept: Path, kind: str) -> None:
    running, folder = exports(kind)
    out = kept / "texts"
    opened = running.command(
        "open", str(folder), "--as", "ilse", "--passphrase-file", "-", "--out", str(out), stdin=ILSE.encode()
    )
    assert "something is wrong in 0 of them" in opened.stderr
    texts = [path.read_text("utf-8") for path in out.iterdir()]
    assert any(SAID in text and "a note of the office" in text for text in texts)
    assert not any("chlorine" in text for text in texts), "a report of the other desk"
    assert all(path.stat().st_mode & 0o077 == 0 for path in out.iterdir())


def test_another_age_tool_opens_it(exports: Callable[[str], tuple[Installation, Path]], kept: Path) -> None:
    running, folder = exports("sqlite")
    identities = kept / "identities"
    opened = running.command(
        "open", str(folder), "--as", "ilse", "--passphrase-file", "-", "--identities", str(identities),
        stdin=ILSE.encode(),
    )  # fmt: skip
    assert "WARNING" in opened.stderr
    assert "AGE-SECRET-KEY" not in opened.stdout + opened.stderr
    assert identities.stat().st_mode & 0o077 == 0
    index = json.loads((folder / "index.json").read_bytes())
    desk = next(one["desk"] for one in index["keys"] if one["member"] == member(index, "ilse"))
    files = [
        row["file"]
        for thread in index["threads"]
        if thread["desk"] == desk
        for post in thread["posts"]
        for row in post["files"]
        if row["as"] == "office"
    ]
    found = [by_other_tool(identities, folder / file) for file in files]
    assert len(found) > 8
    assert all(content.startswith(b"fairline/1\n") for content in found)
    assert any(SAID.encode() in content for content in found)


def by_other_tool(identities: Path, file: Path) -> bytes:
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", OTHER_TOOL, str(identities), str(file)],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def member(index: dict[str, list[dict[str, str]]], sign_in: str) -> str:
    return next(one["id"] for one in index["members"] if one.get("sign_in") == sign_in)


def test_nothing_is_in_it_that_signs_in_or_answers_a_receipt(
    exports: Callable[[str], tuple[Installation, Path]],
) -> None:
    running, folder = exports("sqlite")
    shown = json.loads((running.folder / "var" / "demonstration.json").read_bytes())
    clear = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".age")
    for one in shown["members"]:
        for secret in (one["passphrase"], one["totp"], one["way_back"]):
            assert secret.encode() not in clear
    index = json.loads((folder / "index.json").read_bytes())
    assert set(index) == {"v", "kind", "office", "day", "names", "zone", "members", "keys", "cases", "threads"}
    assert set(index["threads"][0]) <= {"thread", "desk", "day", "status", "epoch", "generation", "posts"}
    for path in folder.rglob("*.age"):
        assert path.read_bytes().startswith(b"age-encryption.org/v1\n-> mlkem768x25519 ")


@pytest.mark.parametrize(
    ("given", "typed", "said"),
    [
        (["--as", "ilse"], "six lanterns over quiet water", "does not open the keys"),
        (["--as", "nobody"], ILSE, "Nobody in this export"),
        ([], ILSE, "Who are you"),
        (["--as", "ilse", "--paper"], "abandon " * 11 + "about", "does not open the keys"),
    ],
)
def test_who_is_not_that_member_opens_nothing(
    exports: Callable[[str], tuple[Installation, Path]], given: list[str], typed: str, said: str
) -> None:
    running, folder = exports("sqlite")
    refused = running.command("open", str(folder), "--passphrase-file", "-", *given, stdin=typed.encode(), check=False)
    assert refused.returncode == 1
    assert said in refused.stderr
    assert refused.stdout == ""


def test_an_altered_file_is_named_and_not_shown(
    exports: Callable[[str], tuple[Installation, Path]], kept: Path
) -> None:
    running, folder = exports("sqlite")
    copy = kept / "copy"
    subprocess.run(["cp", "-r", str(folder), str(copy)], check=True)
    index = json.loads((copy / "index.json").read_bytes())
    mine = next(one["desk"] for one in index["keys"] if one["member"] == member(index, "ilse"))
    thread = next(one for one in index["threads"] if one["desk"] == mine)
    report = next(post for post in thread["posts"] if (post["chain"], post["n"]) == ("r", 0))
    file = copy / next(row["file"] for row in report["files"] if row["as"] == "office")
    altered = bytearray(file.read_bytes())
    altered[-40] ^= 1
    file.write_bytes(altered)
    opened = running.command(
        "open", str(copy), "--as", "ilse", "--passphrase-file", "-", stdin=ILSE.encode(), check=False
    )
    assert opened.returncode == 1
    assert "something is wrong in 1 of them" in opened.stderr
    assert "WRONG (r 0): The office's copy is not the file that came." in opened.stdout


def test_it_goes_into_a_new_folder_only(exports: Callable[[str], tuple[Installation, Path]], kept: Path) -> None:
    running, _folder = exports("sqlite")
    refused = running.command("export", "--to", str(kept), check=False)
    assert refused.returncode == 2
    assert "there already" in refused.stderr
    unknown = running.command("export", "A" * 22, "--to", str(kept / "new"), check=False)
    assert unknown.returncode == 2
    assert not (kept / "new").exists()

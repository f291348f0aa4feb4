"""Files go along from a terminal, and come back whole: to the reporting person, and out of an exported office."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fairline.seal.vectors.attachments import pattern
from support.colleague import Colleague
from support.installation import Installation

NOOR = "noor"
LONG = 4_300_000
"""Three parts."""
TRICKS = {
    "scale.jpg": b"a picture, kumquat-31",
    "\u202egpj.exe": b"turned round",
    "nothing.txt": b"",
    "مِيزَان 左.pdf": b"%PDF-1.7 not really",
    ".hidden": b"a dot in front",
    "con.txt": b"a device elsewhere",
}
SHOWN = {"\u202egpj.exe": "gpj.exe", ".hidden": "hidden", "con.txt": "_con.txt"}


@pytest.fixture
def files(kept: Path) -> dict[str, bytes]:
    """Names as they come out, and contents; the files lie in `kept / "own"`."""
    (kept / "own").mkdir()
    contents = {**TRICKS, "film.mp4": pattern(0, LONG)}
    for name, content in contents.items():
        (kept / "own" / name).write_bytes(content)
    return {SHOWN.get(name, name): content for name, content in contents.items()}


def attached(kept: Path) -> list[str]:
    return [part for path in sorted((kept / "own").iterdir()) for part in ("--attach", str(path))]


def send(running: Installation, kept: Path, text: bytes, *more: str) -> str:
    return running.command(
        "send", running.urls["report"], "--desk", "Integrity desk", "--yes", "--receipt-file", str(kept / "words"),
        *more, stdin=text,
    ).stderr  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_files_come_back_whole_under_names_that_are_safe(
    demonstrations: Callable[[str], Installation], kept: Path, files: dict[str, bytes], kind: str
) -> None:
    running = demonstrations(kind)
    said = send(running, kept, b"Look at the film, marzipan-9.", *attached(kept))
    assert "film.mp4: 100 %" in said
    assert "with which device" in said
    assert "The report arrived" in said
    words, folder = str(kept / "words"), kept / "saved"
    opened = running.command("open", running.urls["report"], "--receipt-file", words, "--save", str(folder))
    assert "Attachment: film.mp4 (4.3 MB)" in opened.stdout
    assert "Attachment: gpj.exe (12 bytes)" in opened.stdout
    assert "\u202e" not in opened.stdout + opened.stderr
    assert contents(folder) == files
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder, *folder.iterdir()))
    running.command("open", running.urls["report"], "--receipt-file", words, "--save", str(folder))
    assert len(contents(folder)) == 2 * len(files)
    assert contents(folder)["film (2).mp4"] == files["film.mp4"]


def test_files_go_with_an_answer_too(demonstration: Installation, kept: Path) -> None:
    send(demonstration, kept, b"The first half, obelisk-4.")
    (kept / "second.bin").write_bytes(pattern(0, 3000))
    address, words = demonstration.urls["report"], str(kept / "words")
    demonstration.command(
        "open",
        address,
        "--receipt-file",
        words,
        "--answer",
        "-",
        "--attach",
        str(kept / "second.bin"),
        stdin=b"And this.",
    )
    saved = kept / "saved"
    opened = demonstration.command("open", address, "--receipt-file", words, "--save", str(saved))
    assert "WRONG" not in opened.stdout
    assert contents(saved) == {"second.bin": pattern(0, 3000)}
    alone = demonstration.command(
        "open", address, "--receipt-file", words, "--attach", str(kept / "second.bin"), check=False
    )
    assert alone.returncode == 1
    assert "Files go with an answer" in alone.stderr


def test_an_exported_office_opens_its_files(demonstration: Installation, kept: Path, files: dict[str, bytes]) -> None:
    send(demonstration, kept, b"For the archive, persimmon-2.", *attached(kept))
    folder, saved = kept / "office", kept / "saved"
    demonstration.command("export", "--to", str(folder))
    shown = json.loads((demonstration.folder / "var" / "demonstration.json").read_bytes())
    phrase = next(one["passphrase"] for one in shown["members"] if one["sign_in"] == NOOR)
    opened = demonstration.command(
        "open", str(folder), "--as", NOOR, "--passphrase-file", "-", "--save", str(saved), stdin=phrase.encode()
    )
    assert "Attachment: film.mp4 (4.3 MB)" in opened.stdout
    assert "something is wrong in 0 of them" in opened.stderr
    found = [contents(one) for one in saved.iterdir()]
    assert files in found

    film = max(folder.rglob("attachment-*.age"), key=lambda path: path.stat().st_size)
    altered = bytearray(film.read_bytes())
    altered[-70_000] ^= 1
    film.write_bytes(altered)
    again = demonstration.command(
        "open", str(folder), "--as", NOOR, "--passphrase-file", "-", "--save", str(kept / "again"),
        stdin=phrase.encode(), check=False,
    )  # fmt: skip
    assert again.returncode == 1
    assert "NOT SAVED, film.mp4: The content of a sealed file was altered or cut off." in again.stderr
    kept_now = [contents(one) for one in (kept / "again").iterdir()]
    assert {name: content for name, content in files.items() if name != "film.mp4"} in kept_now


def test_the_office_gets_what_was_sent(demonstration: Installation, kept: Path) -> None:
    (kept / "one.bin").write_bytes(pattern(0, 70_000))
    send(demonstration, kept, b"One file, tangerine-6.", "--attach", str(kept / "one.bin"))
    reader = Colleague(demonstration, NOOR)
    for row in reader.arrivals():
        head, thread = reader.open(row["thread"])
        if thread.report is not None and "One file, tangerine-6." in thread.report.answers.values():
            [file] = thread.posts[0].envelope.header.files or ()
            assert head["posts"][0]["hashes"][-1]
            assert (file.name, file.size, file.type) == ("one.bin", 70_000, "application/octet-stream")
            return
    raise AssertionError("the report did not come")


@pytest.mark.parametrize(
    ("named", "said"),
    [("nowhere.txt", "could not be read"), (".", "no file that can be sent")],
)
def test_what_cannot_be_sent_is_said_before_anything_is(
    demonstration: Installation, kept: Path, named: str, said: str
) -> None:
    refused = demonstration.command(
        "send", demonstration.urls["report"], "--desk", "Integrity desk", "--yes", "--attach", str(kept / named),
        stdin=b"A text.", check=False,
    )  # fmt: skip
    assert refused.returncode == 1
    assert said in refused.stderr
    assert refused.stdout == ""

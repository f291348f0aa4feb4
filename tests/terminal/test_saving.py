"""What others named is saved inside the folder, over nothing, through no link, and whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from fairline.seal.attachment import attachment_hash, begin_upload, seal_part
from fairline.seal.envelope import FileName
from fairline.seal.primitives import H
from fairline.seal.vectors.attachments import pattern
from fairline.terminal.errors import TerminalError, UnreachableError
from fairline.terminal.saving import Folder, save, told

SIZE = 2_200_000


def made(name: str, size: int = 5000) -> tuple[FileName, list[bytes]]:
    upload = begin_upload(size)
    parts = [seal_part(upload, part, pattern(*upload.shape.own_span(part))) for part in range(upload.shape.parts)]
    return FileName(upload.blob, upload.seed, attachment_hash([H(part) for part in parts]), size, name, ""), parts


def saved(folder: Path, name: str, size: int = 5000) -> str | None:
    file, parts = made(name, size)
    with Folder(folder) as open_folder:
        [one] = save(open_folder, [file], lambda _file: lambda part: parts[part])
    return one.name


@pytest.mark.parametrize(
    "name",
    ["../up.txt", "/etc/passwd", "..", ".", "a/../../b", "C:\\x\\y.txt", "a\0b", "\u202etxt.exe", "~/.bashrc",
     "x" * 255, "ß" * 127, "", ".fairline-draft", "-rf", "name\nline"],
)  # fmt: skip
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in" / "saved"
    folder.parent.mkdir()
    got = saved(folder, name)
    assert got is not None
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()] == [
        f"in/saved/{got}"
    ]
    assert (folder / got).read_bytes() == pattern(0, 5000)
    assert not got.startswith(".")


def test_nothing_is_written_over_and_no_link_is_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "saved", tmp_path / "outside"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"mine")
    (folder / "b.txt").symlink_to(outside)
    (folder / "c.txt").mkdir()
    assert [saved(folder, f"{letter}.txt") for letter in "abca"] == ["a (2).txt", "b (2).txt", "c (2).txt", "a (3).txt"]
    assert (folder / "a.txt").read_bytes() == b"mine"
    assert not outside.exists()


def test_long_names_stay_within_what_a_disk_takes(tmp_path: Path) -> None:
    names = [saved(tmp_path, "👍" * 60 + ".jpeg") for _ in range(3)]
    assert len(set(names)) == 3
    assert all(name is not None and len(name.encode()) <= 255 and name.endswith(".jpeg") for name in names)


def spoilt(parts: list[bytes], how: str) -> Callable[[int], bytes]:
    def fetch(part: int) -> bytes:
        match how:
            case "cut":
                return parts[part][:-1]
            case "swapped":
                return parts[1 - part]
            case "altered" if part == 1:
                return parts[1][:-1] + bytes([parts[1][-1] ^ 1])
            case "broken off" if part == 1:
                raise UnreachableError("The connection broke off before an answer came.")
        return parts[part]

    return fetch


@pytest.mark.parametrize("how", ["cut", "swapped", "altered", "broken off", "another hash"])
def test_what_is_not_whole_leaves_nothing_behind(tmp_path: Path, how: str, capsys: pytest.CaptureFixture[str]) -> None:
    file, parts = made("film.mp4", SIZE)
    good, others = made("good.txt")
    if how == "another hash":
        file = replace(file, hash=bytes(32))
    with Folder(tmp_path) as folder:
        done = save(folder, [file, good], lambda one: spoilt(parts, how) if one is file else others.__getitem__)
        assert not told(done, folder)
    assert [path.name for path in tmp_path.iterdir()] == ["good.txt"]
    assert "NOT SAVED, film.mp4" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(TerminalError, match="could not be written"):
        Folder(tmp_path / "file")
    with pytest.raises(TerminalError, match="could not be written"):
        Folder(tmp_path / "nowhere" / "deep")

"""Marks that occur nowhere else, and the search for them in whatever a server keeps, in every spelling."""

from __future__ import annotations

import base64
import json
import os
import secrets
import signal
import urllib.parse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HAN = "木水火土金山川田石竹米糸羊耳虫貝足車門雨"
ARABIC = "ابتثجحخدذرزسشصضطظعغف"
LATIN = "bcdfghjklmnpqrstvwxz"
PART = 32 << 20
PAGE = 4096
NOUGHT = bytes(PAGE)
LONGEST = 1024
"""More than any spelling takes, so that none is cut in two."""
CUT = 2
"""Letters at each end that base64 mixes with what stands before and after."""


def drawn(alphabet: str, length: int) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(length))


@dataclass(frozen=True)
class Marks:
    """One mark in each of three scripts; every text that is sent holds all of them."""

    latin: str = field(default_factory=lambda: "Q" + drawn(LATIN, 17))
    han: str = field(default_factory=lambda: drawn(HAN, 12))
    arabic: str = field(default_factory=lambda: drawn(ARABIC, 16))

    @property
    def text(self) -> str:
        """The marks as part of a sentence."""
        return f"{self.latin} {self.han} {self.arabic}"

    def spellings(self) -> dict[str, bytes]:
        """Every way of writing the marks that a server or a database might have."""
        found: dict[str, bytes] = {}
        for script, mark in (("latin", self.latin), ("han", self.han), ("arabic", self.arabic)):
            for coding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
                found[f"{script} {coding}"] = mark.encode(coding)
            utf8 = mark.encode()
            found[f"{script} hexadecimal"] = utf8.hex().encode()
            if script != "latin":
                found[f"{script} JSON"] = json.dumps(mark)[1:-1].encode()
                found[f"{script} address"] = urllib.parse.quote(mark).encode()
            for shift in range(3):
                for kind, encode in (("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode)):
                    spelled = encode(bytes(shift) + utf8)[4 if shift else 0 : -4]
                    found[f"{script} {kind} {shift}"] = spelled
        return {name: spelling for name, spelling in found.items() if len(spelling) > CUT}


def in_file(path: Path, spellings: dict[str, bytes]) -> list[str]:
    """Return the names of the spellings that a file holds."""
    found: set[str] = set()
    before = b""
    with path.open("rb") as file:
        # bytes.find is several times as fast as the search of mmap.
        while part := file.read(PART):
            piece = before + _written(part)
            found.update(name for name, spelling in spellings.items() if spelling in piece)
            before = piece[-LONGEST:]
    return sorted(found)


def _written(part: bytes) -> bytes:
    """Leave out the pages that are nought throughout: half of a process's memory, and no mark has one inside."""
    pages = (part[at : at + PAGE] for at in range(0, len(part), PAGE))
    return b"".join(page for page in pages if page != NOUGHT[: len(page)])


def in_files(paths: Iterable[Path], spellings: dict[str, bytes]) -> list[str]:
    """Return "path: spelling" for all that is found; files that vanish meanwhile are passed over."""
    return [f"{path}: {name}" for path in paths if path.exists() for name in in_file(path, spellings)]


def files_below(folder: Path) -> Iterator[Path]:
    """Yield the regular files below a folder."""
    yield from (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def dumped(pid: int, folder: Path) -> Path:
    """Return what a core dump of a running process would hold; it stands still meanwhile and then goes on.

    As a core dump does, it leaves out what only repeats an unchanged file (programs, catalogues); it takes in whatever
    the process can write, and all that has no file: heap, stacks, shared memory. A debugger took seconds for the same.
    """
    path = folder / f"core.{pid}"
    os.kill(pid, signal.SIGSTOP)
    try:
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory, path.open("wb") as core:
            for first, last in _held(pid):
                memory.seek(first)
                missing = last - first
                while missing and (part := memory.read(min(PART, missing))):
                    core.write(part)
                    missing -= len(part)
                if missing:
                    raise RuntimeError(f"process {pid} does not let all of its memory be read")
    finally:
        os.kill(pid, signal.SIGCONT)
    return path


def _held(pid: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the next address of each mapping of a process that a core dump keeps."""
    for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines():
        where, rights, _offset, _device, node, *name = line.split(maxsplit=5)
        kernels = bool(name) and name[0].startswith(("[vvar", "[vsyscall"))
        if "r" in rights and not kernels and ("w" in rights or node == "0"):
            first, last = (int(address, 16) for address in where.split("-"))
            yield first, last

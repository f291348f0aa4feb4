"""`fairline export --to FOLDER`: the reports and cases of one office, sealed as they are; they open without us."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from fairline.cases import exporting_keys as cases
from fairline.core import clock, publication
from fairline.core.transactions import one_moment
from fairline.line import exporting as line
from fairline.offices import exporting as offices
from fairline.offices.queries import office as facts_of
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import ID_SIZE, b64, unb64
from fairline.terminal.exported import DAY

WARNING = (
    "The folder holds the sealed keys of desks and cases too: as long as it lies somewhere, nothing in it is destroyed "
    "anywhere. Keep it as you keep the office's own disk, and destroy it when it has served."
)


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("office", nargs="?", metavar="OFFICE", help="the office's id (default: the only one)")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a new folder")


def run(arguments: argparse.Namespace) -> int:
    """Write the folder; return 0, 1 if the store has lost a file, or 2 if the question was wrong."""
    try:
        office = _office(arguments.office)
    except (LookupError, MalformedError):
        here = "".join(f"\n  {b64(one)}" for one in offices.offices_here())
        print(f"fairline: name one of the offices that are here:{here}", file=sys.stderr)
        return 2
    folder: Path = arguments.to
    if folder.exists():
        print(f"fairline: {folder} is there already; an export goes into a new folder.", file=sys.stderr)
        return 2
    # As the database is at one moment: a case that gets new keys meanwhile is in it with those of before.
    with one_moment():
        return _exported(office, folder)


def _exported(office: bytes, folder: Path) -> int:
    # The private side first: what is public may be newer than it, and never older.
    index = _index(office)
    with one_moment("public"):
        record = _record(office)
    count = sum(_write(folder / path, content) for path, content in (*record, *offices.files(office)))
    count += sum(_write(folder / path, content) for path, content in chain(line.files(office), cases.files(office)))
    lost = 0
    for path, parts in line.attachments(office):
        try:
            count += _write(folder / path, parts)
        except KeyError:
            print(f"fairline: the store has lost a part of {path}; the export goes on without it.", file=sys.stderr)
            (folder / path).unlink()
            lost += 1
    # Last, so that a folder without it is known to be cut off.
    _write(folder / "index.json", index)
    print(f"{count} files of office {b64(office)} are in {folder}.")
    print(f"Members read them with: fairline open {folder} --as NAME")
    print(WARNING)
    return 1 if lost else 0


def _office(named: str | None) -> bytes:
    here = offices.offices_here()
    if named is None and len(here) == 1:
        return here[0]
    wanted = unb64(named or "", ID_SIZE)
    if wanted not in here:
        raise LookupError(named)
    return wanted


def _index(office: bytes) -> bytes:
    facts = facts_of(office)
    zone = "UTC" if facts is None else facts.zone
    index = {
        "v": 1,
        "kind": "export",
        "office": b64(office),
        "day": clock.today(zone).isoformat(),
        **offices.index(office),
        "cases": list(cases.index(office)),
        "threads": list(line.index(office)),
    }
    return jsontext.write(index)


def _record(office: bytes) -> list[tuple[str, bytes]]:
    """Every public file, the manifest among them; a day's batch moves into the folder of its day."""
    found = []
    for path, _day in publication.listing(office):
        file = publication.published(office, path)
        if file is not None:
            place = f"{path}/batch" if DAY.fullmatch(path) else path
            found.append((f"public/{place}", file.body))
    return found


def _write(path: Path, content: bytes | Iterable[bytes]) -> int:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.writelines([content] if isinstance(content, bytes) else content)
    return 1

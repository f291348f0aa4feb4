"""`fairline restore FOLDER/<day>`: puts a copy in place with the newest keys, and deletes again what was deleted since.

It works where `fairline backup` does. Nothing serves before it is done, also where it broke off in the middle
(`core.restoring`): what two people have deleted does not come back with an older copy.
"""

from __future__ import annotations

import argparse
import importlib
import shutil
import sqlite3
import sys
from pathlib import Path

from fairline.cli import keyset
from fairline.cli.backup import KEYS, days_in, folder_of, sqlite_file
from fairline.core import restoring
from fairline.core.settings_file import SettingsError, load


def describe(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "copy", type=Path, nargs="?",
        help="the copy of a day, as `fairline backup` made it; without one, what was deleted is deleted again in"
        " databases that were restored by other means",
    )  # fmt: skip
    parser.add_argument("--keys", type=Path, help="the folder of the keys (default: `keys` beside the copy)")


def run(arguments: argparse.Namespace) -> int:
    """Restore into the data folder, which must be empty; return 0, or 1 where something failed.

    Raises:
        SettingsError: there is something in the data folder already, or no copy or no keys where they should be.
    """
    if arguments.copy is None:
        importlib.import_module("fairline.cli.databases").set_up()
        print(f"{_replay()} deleted since are deleted again.")
        return 0
    data = load().data
    if data.exists() and any(data.iterdir()):
        raise SettingsError(f"There is something in {data} already. Stop the service and put it aside first.")
    if not (arguments.copy / "secrets").is_dir():
        raise SettingsError(f"{arguments.copy} is no copy that `fairline backup` made.")
    sets = days_in(arguments.keys or arguments.copy.parent / KEYS)
    if not sets:
        raise SettingsError("There are no keys: without them nobody opens what is in the copy. Name them with --keys.")
    try:
        restoring.begin(data)
        shutil.copytree(arguments.copy, data, dirs_exist_ok=True)
        place(data)
        gone = _complete(sets[-1] / keyset.FILE)
        restoring.end(data)
    except (OSError, sqlite3.Error) as error:
        print(f"fairline: the copy could not be restored: {error}.", file=sys.stderr)
        return 1
    print(f"Restored {arguments.copy.name} with the keys of {sets[-1].name}; {gone} deleted since are deleted again.")
    return 0


def place(data: Path) -> None:
    """Move databases and files to where the settings have them, which the copy has brought along.

    Raises:
        OSError: something lies there already, perhaps a living store: nothing of it is touched.
    """
    settings = load()
    places = [sqlite_file(settings.public_database), sqlite_file(settings.database), folder_of(settings.blobs)]
    for place, name in zip(places, (places[0].name, places[1].name, "blobs"), strict=True):
        held = data / name
        if place == held or not held.exists():
            continue
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise FileExistsError(f"there is something at {place} already; put it aside and restore once more")
        if place.is_dir():
            place.rmdir()
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.move(held, place)


def _complete(keys: Path) -> int:
    settings = load()
    importlib.import_module("fairline.cli.databases").set_up()
    importlib.import_module("fairline.cli.prepare").run(argparse.Namespace())
    # Read only now, when there are tables of this version and Django knows its models.
    importlib.import_module("django.db").connections.close_all()
    keyset.put_back(sqlite_file(settings.database), keys)
    return _replay()


def _replay() -> int:
    replayed: int = importlib.import_module("fairline.cases.replaying").replay()
    return replayed

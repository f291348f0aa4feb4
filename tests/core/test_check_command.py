"""`fairline check` finds what is wrong with an installation and says it in sentences."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable

import pytest

from support.installation import Installation

Make = Callable[..., Installation]


@pytest.fixture(scope="module")
def sound(make_installation: Make) -> Installation:
    installation = make_installation(start=False, prepared=True)
    installation.command("night")
    return installation


@pytest.fixture
def prepared(make_installation: Make, sound: Installation) -> Installation:
    """A copy of a sound installation, to spoil."""
    installation = make_installation(start=False)
    shutil.copytree(sound.folder / "var", installation.folder / "var")
    return installation


def wrongs(installation: Installation) -> list[str]:
    done = installation.command("check", check=False)
    found = [line for line in done.stdout.splitlines() if line.startswith("Wrong: ")]
    assert done.returncode == (1 if found else 0), done.stderr
    assert all(line.endswith((".", "?")) for line in done.stdout.splitlines())
    return found


def test_a_sound_installation_has_nothing_wrong(prepared: Installation) -> None:
    assert wrongs(prepared) == []
    assert "test clock" in prepared.command("check").stdout


def test_a_secret_that_others_can_read(prepared: Installation) -> None:
    path = prepared.folder / "var" / "secrets" / "commands.key"
    path.chmod(0o644)
    (found,) = wrongs(prepared)
    assert f"chmod 600 {path}" in found


def test_a_database_that_others_can_read(prepared: Installation) -> None:
    path = prepared.folder / "var" / "fairline.sqlite3"
    path.chmod(0o640)
    assert any(f"chmod 600 {path}`" in line for line in wrongs(prepared))


def test_a_secrets_folder_that_others_can_look_into(prepared: Installation) -> None:
    (prepared.folder / "var" / "secrets").chmod(0o755)
    (found,) = wrongs(prepared)
    assert "chmod 700" in found


def test_tables_of_another_version(prepared: Installation) -> None:
    with sqlite3.connect(prepared.folder / "var" / "public.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'published'")
    assert any("public database has the tables of another version" in line for line in wrongs(prepared))


def test_a_table_that_tells_the_order_of_arrival(prepared: Installation) -> None:
    with sqlite3.connect(prepared.folder / "var" / "public.sqlite3") as database:
        (statement,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'published_publicfile'").fetchone()
        database.execute("DROP TABLE published_publicfile")
        database.execute(statement.replace("WITHOUT ROWID", ""))
    (found,) = wrongs(prepared)
    assert "published_publicfile numbers its rows" in found


def test_a_database_that_is_gone(make_installation: Make) -> None:
    installation = make_installation(start=False, FAIRLINE_DATABASE="postgresql://nobody@127.0.0.1:1/nothing")
    assert any("default database cannot be reached" in line for line in wrongs(installation))


def test_a_night_that_is_late(prepared: Installation) -> None:
    prepared.set_clock("+2d")
    assert any("hours ago" in line for line in wrongs(prepared))


def test_a_clock_that_was_set_back(prepared: Installation) -> None:
    prepared.set_clock("+2d")
    prepared.command("night")
    prepared.set_clock("")
    assert any("clock of this machine is behind" in line for line in wrongs(prepared))


def test_a_store_of_files_that_cannot_be_written(make_installation: Make) -> None:
    installation = make_installation(start=False, prepared=True, FAIRLINE_BLOBS="file:///proc/nothing")
    assert any("stored files failed itself" in line for line in wrongs(installation))


def test_a_door_where_no_browser_would_seal(make_installation: Make) -> None:
    installation = make_installation(start=False, prepared=True, FAIRLINE_REPORT_ORIGIN="http://report.example.org")
    assert any("without https no browser seals" in line for line in wrongs(installation))

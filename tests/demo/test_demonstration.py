"""The demonstration is a whole office: it proves, opens, signs in, and is made only where it was asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from fairline.core import demonstration
from fairline.seal.bodies import Report
from fairline.seal.words import words_to_entropy
from fairline.terminal.exported import Export
from fairline.terminal.reading import read
from fairline.terminal.unlocking import by_paper, by_passphrase
from support.colleague import Colleague
from support.installation import Installation


@pytest.fixture(scope="session")
def made(make_installation: Callable[..., Installation]) -> Installation:
    """A demonstration that was made and never served."""
    installation = make_installation("sqlite", start=False, FAIRLINE_DEMO="yes")
    installation.command("prepare")
    assert demonstrate(installation).returncode == 0
    return installation


@pytest.fixture(scope="session")
def shown(made: Installation) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = json.loads((made.folder / "var" / demonstration.FILE).read_bytes())
    return found


@pytest.fixture(scope="session")
def exported(made: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "export"
    made.command("export", "--to", str(folder))
    return folder


def demonstrate(installation: Installation) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "fairline.demo"], env=installation.environment, capture_output=True, check=False
    )


def test_twelve_reports_in_two_languages_at_two_desks_open_with_four_peoples_keys(
    exported: Path, shown: dict[str, list[dict[str, str]]]
) -> None:
    export = Export(exported)
    reports: dict[str, Report] = {}
    for member in shown["members"]:
        unlocked = by_passphrase(export, export.member(member["sign_in"]), member["passphrase"])
        assert unlocked.faults == ()
        assert len(unlocked.manifest.charter.desks) == 2
        assert len(unlocked.manifest.roots) == 2
        assert all(chain[-1].open for chain in unlocked.manifest.sheets.values())
        # Custodians of names and the auditor read at no desk.
        reads_nothing = any(word in member["work"]["en"] for word in ("custodian", "auditor"))
        assert len(unlocked.desks) == (0 if reads_nothing else 1)
        for one in read(export, unlocked).threads:
            assert not one.wrong, list(one.lines("en"))
            assert one.thread.report is not None
            reports[one.name] = one.thread.report
    assert len(shown["members"]) == 8
    assert unlocked.manifest.charter.custody is not None
    assert (unlocked.manifest.charter.custody.k, len(unlocked.manifest.charter.custody.custodians)) == (2, 3)
    told = [report for report in reports.values() if report.statement is None]
    assert len(told) == 12
    assert {report.language for report in told} == {"en", "zh-Hans"}
    assert {report.statement.purpose for report in reports.values() if report.statement} == {"test"}


def test_the_printed_way_back_unlocks_too(exported: Path, shown: dict[str, list[dict[str, str]]]) -> None:
    export, member = Export(exported), shown["members"][3]
    unlocked = by_paper(export, export.member(member["sign_in"]), words_to_entropy(member["way_back"]))
    assert len(read(export, unlocked).threads) > 3


def test_the_record_is_sound_and_a_second_run_changes_nothing(made: Installation) -> None:
    assert "Nothing was altered" in made.command("verify").stdout
    database = (made.folder / "var" / "fairline.sqlite3").read_bytes()
    again = demonstrate(made)
    assert again.returncode == 0
    assert again.stdout == b"How to sign in stands on the first page of the office door.\n"
    assert (made.folder / "var" / "fairline.sqlite3").read_bytes() == database


def test_it_is_made_only_where_demo_is_set(make_installation: Callable[..., Installation]) -> None:
    own = make_installation("sqlite", start=False)
    own.command("prepare")
    refused = demonstrate(own)
    assert refused.returncode == 2
    assert b"only where demo is set" in refused.stderr
    assert not (own.folder / "var" / demonstration.FILE).exists()


def test_one_that_was_cut_off_says_so_instead_of_looking_whole(make_installation: Callable[..., Installation]) -> None:
    cut = make_installation("sqlite", start=False, FAIRLINE_DEMO="yes")
    cut.command("prepare")
    (cut.folder / "var" / "demonstration-unfinished").touch()
    refused = demonstrate(cut)
    assert refused.returncode == 1
    assert b"interrupted" in refused.stderr


@pytest.mark.django_db
def test_no_other_installation_shows_or_keeps_how_to_sign_in(office_client: Client) -> None:
    assert demonstration.shown() is None
    with pytest.raises(ValueError, match="only a demonstration"):
        demonstration.keep(b"{}")


def test_its_credentials_sign_in_by_http_and_stand_on_the_first_page(
    demonstrations: Callable[[str], Installation],
) -> None:
    running = demonstrations("sqlite")
    bao = Colleague(running, "bao")
    assert {"handler@"} == {role.partition("@")[0] + "@" for role in bao.roles()}
    assert len(bao.arrivals()) >= 8
    page = bao.page("").decode()
    assert 'id="demonstration"' in page
    for person in json.loads((running.folder / "var" / demonstration.FILE).read_bytes())["members"]:
        assert person["passphrase"] in page
        assert person["name"] in page
        assert person["totp"] not in page
    assert "安全事务组承办人" in bao.page("", language="zh-hans").decode()
    assert "How to sign in" in running.logs()
    assert "/setup#" not in running.logs()

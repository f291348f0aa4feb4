"""A school behind one address: many people, one address that a flood comes from as well, and everyone gets through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factories.reporter import Reporter
from fairline.seal.primitives import unb64
from support import made_office
from support.flood import How, flood
from support.honest import Coming, Honest
from support.installation import Installation
from support.noise import Line

PEOPLE = 30
FLOOD = How(reports=20, parts=10, senders=4, stalled=20)
SOURCES = Path(__file__).resolve().parents[2] / "src" / "fairline"


@pytest.mark.parametrize("installation", ["sqlite", "postgresql"], indirect=True)
def test_everyone_at_one_address_gets_through_while_a_flood_comes_from_it(
    installation: Installation, tmp_path: Path
) -> None:
    secrets = tmp_path / "made-office.json"
    office = unb64(json.loads(made_office.run(installation, "found", str(secrets)))["id"])
    desk = made_office.MadeOffice.read(secrets).desks[0]
    door = installation.urls["report"]
    school = Coming(lambda _number: Honest(Reporter(door, office, desk), Line(door, office)))
    with flood(door, office, desk, FLOOD) as answered:
        school.come(PEOPLE)
        school.come(PEOPLE)
    assert [one.failed for one in school.people if one.failed] == []
    assert len(school.people) == 2 * PEOPLE
    assert school.lost() == 0
    # It was one: reports and files came in from the same address all the time, and were taken like everybody's.
    assert answered["reports"]["200"] > 0
    assert answered["parts"]["200"] > 0


def test_nothing_asks_where_a_request_comes_from() -> None:
    asks = ("REMOTE_ADDR", "REMOTE_HOST", "X_FORWARDED_FOR", "X-Forwarded-For", "remote_ip", "rate_limit", "client_ip")
    found = {
        (path.relative_to(SOURCES).as_posix(), word)
        for path in SOURCES.rglob("*.py")
        for word in asks
        if word in path.read_text(encoding="utf-8")
    }
    # There they are taken off a request before anything sees it. What is left is whether it is this machine that asks:
    # monitoring is answered on it alone, at the office's door.
    assert {path for path, _word in found} == {"core/door.py", "core/caddyfile.py"}

"""Arrival privacy: one who reads every public address before and after each act, and files reports of their own, cannot
tell a day on which nobody else came from a day on which forty came."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from fairline.seal.primitives import b64, unb64
from support import made_office
from support.installation import Installation
from support.lone_door import LoneDoor
from support.noise import Line, NoiseReport

Seen = dict[str, tuple[int, str, bytes]]
"""By door and address: status, headers as JSON, content."""
OWN = 60
OTHERS = 40
ENTRY = 96
LEAST = 256
FAR = 400.0
"""A chi-square that comes by chance less than once in a million runs."""
FIRST = date(2026, 3, 2)


def noon(day: int) -> str:
    return (datetime(FIRST.year, FIRST.month, FIRST.day, 12, tzinfo=UTC) + timedelta(days=day)).isoformat()


@dataclass
class Poller:
    """Somebody on the network who reads all that is public, and everything that the doors say about it."""

    installation: Installation
    office: bytes
    desk: bytes

    def addresses(self, until: int) -> list[tuple[str, str]]:
        """Every public address there is, or may be, of both doors that know nobody."""
        office = b64(self.office)
        at = f"/at/{office}/"
        days = [(FIRST + timedelta(days=number)).isoformat() for number in range(until + 2)]
        tiles = [f"tile/0/{n:03}{part}" for n in range(4) for part in ("", ".p/1", ".p/255")]
        files = [*(f"{log}/{day}{tail}" for log in ("arrivals", "acts") for day in days for tail in ("", "/head"))]
        files += [f"{log}/{name}" for log in ("arrivals", "acts") for name in ("checkpoint", *tiles, "tile/1/000")]
        report = ["/", at, f"{at}manifest", *(f"{at}record/{file}" for file in files)]
        public = ["/", "/how-to-report", "/check", "/check/record", *(f"/record/{office}/{file}" for file in files)]
        public += [f"/record/{office}/manifest", f"/record/{office}/account"]
        return [*(("report", path) for path in report), *(("public", path) for path in public)]

    def look(self, until: int) -> Seen:
        """Ask for all of it: status, headers but for the machine's own clock, and content."""
        seen = {}
        with ExitStack() as closed_after:
            lines = {
                door: closed_after.enter_context(closing(HTTPConnection(urlsplit(url).netloc, timeout=60)))
                for door, url in self.installation.urls.items()
            }
            for door, path in self.addresses(until):
                lines[door].request("GET", path)
                answer = lines[door].getresponse()
                headers = {name.lower(): value for name, value in answer.getheaders() if name.lower() != "date"}
                seen[f"{door} {path}"] = (answer.status, json.dumps(headers, sort_keys=True), answer.read())
        return seen

    def file(self, count: int) -> list[bytes]:
        """File reports; return their entries."""
        line = Line(self.installation.urls["report"], self.office)
        reports = [NoiseReport(self.office, self.desk) for _ in range(count)]
        for report in reports:
            assert line.drop(report).status == 200
        return [report.leaf for report in reports]


@pytest.fixture(params=["sqlite", "postgresql"])
def twins(request: pytest.FixtureRequest, make_installation: Callable[..., Installation]) -> Iterator[list[Poller]]:
    """Two offices that differ in nothing but who writes to them, each at an installation of its own."""
    made, doors = [], []
    try:
        for _ in range(2):
            installation = make_installation(request.param, start=False)
            installation.set_clock(noon(0))
            installation.command("prepare")
            secrets = installation.folder / "made-office.json"
            office = unb64(json.loads(made_office.run(installation, "found", str(secrets)))["id"])
            # Without the supervisor, so that nights come when the test says so.
            for name in ("report", "public"):
                doors.append(LoneDoor(installation, name))
                doors[-1].start()
            made.append(Poller(installation, office, made_office.MadeOffice.read(secrets).desks[0]))
        yield made
    finally:
        for door in doors:
            door.stop()


def lived(poller: Poller, day: int, others: int) -> tuple[Seen, bytes]:
    """Live through one day with so many reports of others, looking all the while; then its night. What is public after
    the night, and the day's batch without one's own entries."""
    poller.installation.set_clock(noon(day))
    poller.installation.command("night")
    before = poller.look(day)
    own = poller.file(OWN // 2)
    assert poller.look(day) == before, "one's own report shows at once"
    poller.file(others)
    assert poller.look(day) == before, "what others send shows before the night"
    own += poller.file(OWN // 2)
    assert poller.look(day) == before
    poller.installation.set_clock(noon(day + 1))
    poller.installation.command("night")
    after = poller.look(day)
    name = (FIRST + timedelta(days=day)).isoformat()
    batch = after[f"public /record/{b64(poller.office)}/arrivals/{name}"][2]
    entries = [batch[at : at + ENTRY] for at in range(0, len(batch), ENTRY)]
    assert set(own) <= set(entries)
    return after, b"".join(entry for entry in entries if entry not in own)


def shape(poller: Poller, first: Seen, seen: Seen) -> dict[str, tuple[int, int, str]]:
    """What an address tells besides its content: status, length, headers; names of the installation taken out.

    Lengths count from the first look, because the eight words of an office's fingerprint are of any length.
    """
    told = {}
    for path, (status, headers, body) in seen.items():
        known = {name: value for name, value in json.loads(headers).items() if name not in {"etag", "content-length"}}
        text = json.dumps(known)
        for origin in poller.installation.urls.values():
            text = text.replace(origin, "ORIGIN")
        told[path.replace(b64(poller.office), "OFFICE")] = (
            status,
            len(body) - (len(first[path][2]) if status == first[path][0] else 0),
            text,
        )
        assert "last-modified" not in known, path
    return told


def test_a_day_with_forty_reports_looks_like_a_day_with_none(twins: list[Poller]) -> None:
    quiet, busy = twins
    first_of_quiet, first_of_busy = quiet.look(2), busy.look(2)
    # Two days in a row on one database; the other keeps its rows otherwise, and publishes by the same code.
    for day in (1, 2) if "FAIRLINE_DATABASE" not in quiet.installation.environment else (1,):
        seen_quiet, rest_of_quiet = lived(quiet, day, 0)
        seen_busy, rest_of_busy = lived(busy, day, OTHERS)
        assert shape(busy, first_of_busy, seen_busy) == shape(quiet, first_of_quiet, seen_quiet)
        for rest in (rest_of_quiet, rest_of_busy):
            assert len(rest) == (LEAST - OWN) * ENTRY
            # Nothing in it can be told from noise: nothing can be made shorter, no byte is favoured.
            assert len(zlib.compress(rest, 9)) >= len(rest)
            assert spread(sorted(rest[at : at + ENTRY] for at in range(0, len(rest), ENTRY))) < FAR


def spread(entries: list[bytes]) -> float:
    """Chi-square of the bytes of all entries but the first, which sorting favours; 255 in the mean, deviation 23."""
    loose = b"".join(entry[1:] for entry in entries)
    expected = len(loose) / 256
    return sum((loose.count(value) - expected) ** 2 / expected for value in range(256))

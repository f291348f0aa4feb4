"""A disk of 200 MB fills up with files, then with texts: what was promised stays, and the office makes room itself."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from factories.reporter import Reporter
from fairline.ledger.promises import from_fields
from fairline.seal import jsontext
from fairline.seal.filing import Filing, compose_report
from fairline.seal.primitives import b64, sign, unb64
from support.colleague import Colleague
from support.installation import Installation
from support.noise import Answered, Line, NoisePart, NoiseReport
from support.postgres import Cluster
from support.small_disk import small_disk

PART = 2 << 20
LARGE_TEXT = (("office", 140_000), ("own", 140_000))
DESCRIBED = {409, 503}
"""No report, file or message: the answers that are described for a door without room (docs/contract.md)."""


@dataclass
class Stand:
    """An office at work on a small disk."""

    installation: Installation
    disk: Path
    desk: bytes = b""

    def __post_init__(self) -> None:
        """Let an administrator who leads a desk sign in."""
        self.lead = Colleague(self.installation, "ilse")
        desk = next(role for role in self.lead.roles() if role.startswith("lead@"))
        self.desk = unb64(desk.partition("@")[2], 16)
        self.line = Line(self.installation.urls["report"], self.lead.office)

    def reporter(self) -> Reporter:
        """Somebody new."""
        return Reporter(self.line.origin, self.lead.office, self.desk)

    def files(self, text: str) -> tuple[Reporter, int]:
        """File one real report, once; return who did, and what the door answered."""
        person = self.reporter()
        manifest = person.manifest()
        drop = compose_report(manifest, self.desk, person.receipt, Filing({"what": text}, "en"))
        answer = self.line.send("POST", f"/at/{b64(self.lead.office)}/drop", self.line.worked(drop.parcel()))
        if answer.status == 200:
            from_fields(json.loads(answer.body)["promise"]).check(manifest.charter.record.promise)
        return person, answer.status

    def room(self) -> dict[str, Any]:
        """What the office is told of its room."""
        found: dict[str, Any] = json.loads(self.lead.ask("GET", "room"))
        return found

    def deletes_unfinished(self) -> int:
        """Delete at once what no report names; return how many files that were."""
        act = {
            "act": "delete unfinished files", "subject": b64(self.desk), "member": b64(self.lead.id),
            "counter": json.loads(self.lead.ask("GET", "me"))["counter"],
        }  # fmt: skip
        what = jsontext.write(act)
        signed = {"what": b64(what), "sig": b64(sign(self.lead.vault.sign, "act", what))}
        answer = self.lead.ask("POST", f"desks/{b64(self.desk)}/unfinished-files/deletion", {"act": signed})
        return int(json.loads(answer)["deleted"])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stand(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, built_pages: None
) -> Iterator[Stand]:
    folder = tmp_path_factory.mktemp("full")
    with small_disk() as disk:
        var = disk / "var"
        var.mkdir(mode=0o700)
        (folder / "var").symlink_to(var)
        settings = {"FAIRLINE_DATA": str(var), "FAIRLINE_DEMO": "yes"}
        cluster = None
        if request.param == "postgresql":
            # Its log of changes is kept small too: the defaults suppose a disk of many gigabytes.
            small = "max_wal_size=8MB -c min_wal_size=2MB -c checkpoint_timeout=30s"
            cluster = Cluster(small, disk, ("--wal-segsize=1",))
            settings["FAIRLINE_DATABASE"] = cluster.create("full")
            settings["FAIRLINE_PUBLIC_DATABASE"] = cluster.create("full_public")
        installation = Installation(folder, settings)
        del installation.environment["FAIRLINE_TEST_ROOMY"]
        try:
            installation.start("--demo")
            yield Stand(installation, disk)
        finally:
            installation.kill()
            if cluster is not None:
                cluster.stop()


def test_where_something_else_fills_the_disk_to_the_last_byte_nothing_breaks(stand: Stand) -> None:
    person, status = stand.files("Before.")
    assert status == 200
    ballast = stand.disk / "ballast"
    with ballast.open("wb") as file, suppress(OSError):
        while True:
            file.write(secrets.token_bytes(1 << 20))
            file.flush()
    for number in range(5):
        assert stand.files(f"Nothing fits, {number}.")[1] in DESCRIBED
        assert stand.line.part(NoisePart(stand.lead.office, stand.desk, PART)).status in DESCRIBED
    ballast.unlink()
    assert stand.files("It fits again.")[1] == 200
    assert person.read().posts
    assert stand.installation.command("verify", check=False).stdout.startswith("Nothing was altered")


def until_refused(send: Callable[[], Answered], most: int) -> tuple[Counter[int], Answered]:
    """Send until it is refused; what was answered how often, and the refusal."""
    said: Counter[int] = Counter()
    for _ in range(most):
        answer = send()
        said[answer.status] += 1
        if answer.status != 200:
            return said, answer
    raise AssertionError(f"the disk does not fill up: {said}")


def test_nobodys_text_is_lost_and_the_office_makes_room_by_itself(stand: Stand) -> None:
    promised: list[Reporter] = []

    def honest(text: str) -> int:
        person, status = stand.files(text)
        if status == 200:
            promised.append(person)
        return status

    assert honest("Before the flood.") == 200

    said, refusal = until_refused(lambda: stand.line.part(NoisePart(stand.lead.office, stand.desk, PART)), 120)
    assert set(said) <= {200, *DESCRIBED}
    assert json.loads(refusal.body)["error"] == "no-room"
    assert stand.room()["disk"]["state"] == "no-files"
    assert honest("Among the files.") == 200

    epoch = max(stand.lead.epochs(b64(stand.desk)))

    def junk() -> Answered:
        return stand.line.drop(NoiseReport(stand.lead.office, stand.desk, epoch, LARGE_TEXT))

    said, refusal = until_refused(junk, 200)
    assert set(said) <= {200, *DESCRIBED}
    assert json.loads(refusal.body)["error"] == "full"
    assert said[200] > 20
    for number in range(20):
        assert honest(f"While it is full, {number}.") in {200, *DESCRIBED}
        assert junk().status in {200, *DESCRIBED}
        assert stand.line.part(NoisePart(stand.lead.office, stand.desk, PART)).status in DESCRIBED
    assert stand.room()["disk"]["state"] == "full"

    # What was promised is whole, also now; and who has seen nothing of it signs in.
    for person in promised:
        assert person.read().posts
    assert Colleague(stand.installation, "bao").arrivals()
    assert stand.installation.command("verify", check=False).stdout.startswith("Nothing was altered")

    assert stand.deletes_unfinished() > 20
    assert stand.room()["disk"]["state"] == "roomy"
    assert honest("There is room again.") == 200
    assert stand.line.part(NoisePart(stand.lead.office, stand.desk, PART)).status == 200
    for person in promised:
        assert person.read().posts
    assert stand.installation.command("verify", check=False).stdout.startswith("Nothing was altered")

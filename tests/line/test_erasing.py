"""Two people delete a file of a report: both sign, the record explains it, and nothing else is ever taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from factories.offices import NOW, Insider, Maker, founded_anew, with_second
from fairline.core import clock
from fairline.core.problems import Problem
from fairline.ledger import erased, stored
from fairline.ledger.models import Row
from fairline.ledger.verifying import verify
from fairline.line import blobs, erasing, erasure, mailbox, parcels, services, shredding
from fairline.line.erasing import Which
from fairline.line.models import Blob, BlobPart, Erasure, Thread, Unnamed
from fairline.offices import queries
from fairline.offices.models import Desk, Member, RosterEntry
from fairline.offices.services.acts import SignedAct
from fairline.seal.jsontext import parse, write
from fairline.seal.primitives import H, b64, public_key, sign
from fairline.seal.roster import proof_json
from support.line import TODAY, Attached, Line, Sender

pytestmark = pytest.mark.django_db
NEVER = "was deleted, and no two members signed that they did it."


class Office:
    """Two members, a report with two files, and what they sign."""

    def __init__(self) -> None:
        self.maker: Maker = founded_anew()
        self.first, self.second = self.maker.first, with_second(self.maker)
        Desk.objects.filter(id=self.maker.desk).update(open=True)
        self.line = Line(self.maker.id, self.maker.desk)
        self.file, self.other = Attached(self.line).hold(), Attached(self.line).hold()
        self.sender = Sender(
            self.line, attached=(self.file, self.other), epoch=Desk.objects.get(id=self.maker.desk).epoch
        )
        services.drop(self.line.office, self.sender.drop(), TODAY)
        self.which = Which(self.line.office, self.sender.id, self.file.id, TODAY)

    def facts(self, member: Insider) -> Any:
        return queries.member(self.maker.id, member.id)

    def act(self, member: Insider, act: str, **fields: Any) -> SignedAct:
        plain = self.maker.act(member, act, self.sender.id)
        what = write(parse(plain.what) | {"erased": [b64(self.file.hash)], "reason": "harmful"} | fields)
        return SignedAct(what, sign(member.sign_seed, "act", what))

    def asks(self, member: Insider | None = None, **fields: Any) -> bytes:
        """Ask to delete the file; return H of what was signed."""
        by = member or self.first
        act = self.act(by, erased.ASK, **fields)
        erasing.ask(self.which, "harmful", self.facts(by), act, NOW)
        return H(act.what)

    def agrees(self, request: bytes, member: Insider | None = None, **fields: Any) -> None:
        """Agree to it."""
        by = member or self.second
        act = self.act(by, erased.ERASE, **{"request": b64(request), **fields})
        shredding.delete_parts([erasing.agree(self.which, self.facts(by), act, NOW)])

    def parts(self) -> int:
        """How many objects lie in the store."""
        folder = Path(settings.FAIRLINE.data) / "blobs" / self.line.office.hex()
        return sum(1 for path in folder.rglob("*") if path.is_file())


def night(days: int) -> datetime:
    """So many days after the report came."""
    return datetime.combine(TODAY, time(), UTC) + timedelta(days=days)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    stored.discover()
    return Office()


def refused(does: Callable[[], Any]) -> tuple[int, str]:
    with pytest.raises(Problem) as problem:
        does()
    return problem.value.status, problem.value.code


def test_one_asks_another_agrees_and_only_that_file_is_gone(office: Office) -> None:
    before, room = office.parts(), Unnamed.objects.get(id=office.line.desk).bytes
    office.agrees(office.asks())
    assert before - office.parts() == len(office.file.parts)
    assert room - Unnamed.objects.get(id=office.line.desk).bytes == blobs.counted(office.file.id)
    for number in range(len(office.file.parts)):
        assert refused(lambda number=number: blobs.part(office.line.office, office.sender.id, office.file.id, number,
                                                        notes=True)) == (410, "blob-erased")  # fmt: skip
    assert blobs.part(office.line.office, office.sender.id, office.other.id, 0, notes=True) == office.other.parts[0]
    head, _files = parcels.read(mailbox.page(Thread.objects.get(id=office.sender.id), 0))
    assert head["erased"] == [{"blob": b64(office.file.id), "day": TODAY.isoformat(), "reason": "harmful"}]
    assert list(verify(office.line.office)) == []


def test_a_mailbox_without_deletions_says_nothing_of_any(office: Office) -> None:
    office.asks()
    head, _files = parcels.read(mailbox.page(Thread.objects.get(id=office.sender.id), 0))
    assert "erased" not in head


def test_the_same_person_twice_is_not_two_people(office: Office) -> None:
    request = office.asks()
    assert refused(lambda: office.agrees(request, office.first)) == (409, "same-person")
    assert not Blob.objects.get(id=office.file.id).gone


@pytest.mark.parametrize(
    "fields", [{"erased": [b64(bytes(32))]}, {"reason": "room"}, {"request": b64(bytes(32))}], ids=lambda one: str(*one)
)
def test_who_agrees_signs_what_was_asked(office: Office, fields: dict[str, Any]) -> None:
    request = office.asks()
    assert refused(
        lambda: erasing.agree(
            office.which,
            office.facts(office.second),
            office.act(office.second, erased.ERASE, **{"request": b64(request), **fields}),
            NOW,
        )
    ) == (422, "act")
    assert office.parts() == len(office.file.parts) + len(office.other.parts)


def test_who_asks_signs_the_hash_that_was_promised_and_a_reason_of_the_list(office: Office) -> None:
    assert refused(lambda: office.asks(erased=[b64(office.other.hash)])) == (422, "act")
    act = office.act(office.first, erased.ASK, reason="spite")
    assert refused(lambda: erasing.ask(office.which, "spite", office.facts(office.first), act, NOW)) == (400, "reason")
    assert not Erasure.objects.exists()


def test_nobody_agrees_to_what_nobody_asks_nor_after_a_week(office: Office) -> None:
    assert refused(lambda: office.agrees(bytes(32))) == (404, "not-asked")
    request = office.asks()
    office.which = Which(office.line.office, office.sender.id, office.file.id, TODAY + timedelta(days=8))
    assert refused(lambda: office.agrees(request)) == (404, "not-asked")
    # It may be asked anew, by somebody else too.
    office.agrees(office.asks(office.second), office.first)
    assert list(verify(office.line.office)) == []


def test_a_request_that_fell_is_forgotten_at_night_and_a_deletion_stays(office: Office) -> None:
    office.asks()
    erasure.shred_erasures(night(20))
    assert not Erasure.objects.exists()
    office.agrees(office.asks())
    for days in (1, 2, 30):
        erasure.shred_blobs(night(days))
        erasure.shred_erasures(night(days))
    assert Blob.objects.get(id=office.file.id).hash == office.file.hash
    assert not BlobPart.objects.filter(blob=office.file.id).exists()
    assert Erasure.objects.get(blob=office.file.id).day == TODAY
    assert list(verify(office.line.office)) == []


def test_a_file_that_somebody_takes_away_is_a_theft_and_stays_one(office: Office) -> None:
    Blob.objects.filter(id=office.file.id).update(gone=True)
    assert [said for said in verify(office.line.office) if said.endswith(NEVER)] == [
        f"File {len(office.sender.drop().files)} of the post r 0 of thread {b64(office.sender.id)} {NEVER}"
    ]


def test_one_signature_alone_or_one_that_does_not_hold_explains_nothing(office: Office) -> None:
    request = office.asks()
    Blob.objects.filter(id=office.file.id).update(gone=True)
    assert any(said.endswith(NEVER) for said in verify(office.line.office))
    Blob.objects.filter(id=office.file.id).update(gone=False)
    office.agrees(request)
    assert erased.lawful(office.line.office) == {office.file.hash}
    row = Row.objects.filter(office=office.maker.id, member=office.second.id).latest("number")
    Row.objects.filter(id=row.id).update(row=row.row.replace(b"harmful", b"outside"))
    assert erased.lawful(office.line.office) == frozenset()
    assert any(said.endswith(NEVER) for said in verify(office.line.office))


def invented(office: Office, name: str) -> Insider:
    """Somebody whom only the database knows: a row of a member, and a place in the list of the charter in force."""
    person = Insider(name, (f"handler@{b64(office.maker.desk)}",))
    number = RosterEntry.objects.filter(office=office.maker.id).latest("charter").charter
    (signer,) = office.maker.roster([person], number)[1]
    Member.objects.create(
        id=person.id, office_id=office.maker.id, name=name, sign=public_key(person.sign_seed),
        recipient=person.recipient, joined=TODAY,
    )  # fmt: skip
    RosterEntry.objects.create(
        office_id=office.maker.id, charter=number, member=person.id, entry=signer.entry,
        proof=write(proof_json(signer.proof)), roles=list(person.roles), alias=name,
    )  # fmt: skip
    return person


def test_two_whom_only_the_database_knows_delete_nothing_lawfully(office: Office) -> None:
    """Who can write the database makes up two members with keys of their own, and lets them sign what looks right."""
    office.agrees(office.asks(invented(office, "carla")), invented(office, "dara"))
    assert office.parts() == len(office.other.parts)
    assert erased.lawful(office.line.office) == frozenset()
    said = list(verify(office.line.office))
    assert said.count("A member stands in the list of charter 1 whom that charter does not name.") == 2
    assert len([one for one in said if one.endswith(NEVER)]) == 1
    assert len([one for one in said if one.endswith("was not signed by the member it names.")]) == 2


def test_a_store_that_fails_is_asked_again_each_night_until_it_has_deleted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What two people deleted is not taken for deleted while its bytes lie in the store."""
    asked: list[bytes] = []
    works = blobs.delete_parts

    def fails(of: bytes, blob: bytes, parts: int) -> None:
        asked.append(blob)
        if blob == office.file.id:
            raise OSError("the store does not answer")
        works(of, blob, parts)

    monkeypatch.setattr(blobs, "delete_parts", fails)
    other = Attached(office.line).hold()
    office.agrees(office.asks())
    for days in (8, 9, 30):
        asked.clear()
        with pytest.raises(ExceptionGroup):
            erasure.shred_blobs(night(days))
        assert office.file.id in asked
    # The other one, which nothing named, went all the same.
    assert not Blob.objects.filter(id=other.id).exists()
    monkeypatch.setattr(blobs, "delete_parts", works)
    erasure.shred_blobs(night(31))
    assert office.parts() == len(office.other.parts)
    monkeypatch.setattr(blobs, "delete_parts", lambda *_: pytest.fail("It has gone."))
    erasure.shred_blobs(night(32))

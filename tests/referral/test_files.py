"""Files go along with a referral: kept whole and within bounds until the other office has promised, and there once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework import NOW, TODAY
from fairline.core.problems import Problem
from fairline.line import parcels
from fairline.line.blob_heads import read_part
from fairline.line.heads import read_drop
from fairline.referral import erasure, files, relaying, services
from fairline.referral.models import Referral, ReferralPart
from fairline.referral.services import Sealed
from fairline.seal.primitives import H
from referral.other_office import OtherOffice, Said, said
from support.line import Attached, Line, Sender, parcel

pytestmark = pytest.mark.django_db


class Sending:
    """A handler whose browser has sealed files for the other office."""

    def __init__(self, referring) -> None:
        self.referring = referring
        self.line = Line(referring.there.id)

    @property
    def member(self):
        return self.referring.office.facts(self.referring.member)

    def file(self, *sizes: int) -> Attached:
        return Attached(self.line, sizes or (3000, 700))

    def hold(self, one: Attached, *numbers: int, by=None) -> int:
        held = 0
        for number in numbers or range(len(one.parts)):
            head = {name: value for name, value in one.head(number).items() if name != "work"}
            sent = parcel(head, [("part", one.parts[number])])
            new = read_part(*parcels.read(sent))
            held = services.hold_part(by or self.member, self.referring.case.id, new, sent, TODAY)
        return held

    def sealed(self, *attached: Attached, key: bytes | None = None, epoch: int = 3) -> Sealed:
        sender = Sender(self.line, epoch=epoch, attached=attached, **({} if key is None else {"id": key}))
        head = {name: value for name, value in sender.head().items() if name != "work"}
        whole = parcel(head, sender.files)
        return Sealed(whole, read_drop(*parcels.read(whole)))

    def refer(self, *attached: Attached) -> Referral:
        return self.referring.refer(self.referring.new(self.sealed(*attached)))


@pytest.fixture
def sending(referring):
    return Sending(referring)


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def deliver(row: Referral, times: int = 1) -> str:
    for time in range(times):
        relaying.deliver(lambda time=time: NOW + timedelta(hours=2 * time))
    row.refresh_from_db()
    return row.state


def test_files_go_before_the_report_that_names_them_and_nothing_of_them_is_kept(sending, there):
    one, two = sending.file(), sending.file(500)
    assert (sending.hold(one), sending.hold(two)) == (2, 1)
    row = sending.refer(two, one)
    assert deliver(row) == "promised"
    assert [there.hashes(file.id) for file in (one, two)] == [
        [H(part) for part in file.parts] for file in (one, two)
    ]
    paths = [path.rsplit("/", 2)[-1] if path.endswith("drop") else "part" for path, _body in there.came]
    assert paths.index("drop") > max(at for at, path in enumerate(paths) if path == "part")
    assert not ReferralPart.objects.exists()


def test_only_what_is_here_whole_and_sealed_by_who_refers_goes_along(sending):
    half, theirs = sending.file(), sending.file()
    sending.hold(half, 0)
    lead = sending.referring.office.facts(sending.referring.office.people[0])
    sending.hold(theirs, by=lead)
    for one in (half, theirs, sending.file()):
        assert refusal(lambda one=one: sending.refer(one)) == "blob"
    other = Sending(sending.referring)
    foreign = other.file()
    other.hold(foreign)
    assert refusal(lambda: sending.refer(foreign)) == "blob"
    assert not Referral.objects.exists()
    sending.hold(half, 1)
    assert sending.refer(half).state == "waiting"
    # What goes with one referral goes with no other.
    assert refusal(lambda: sending.refer(half)) == "blob"


def test_a_part_that_comes_twice_is_one_and_nothing_takes_its_place(sending):
    one = sending.file()
    assert [sending.hold(one, 0), sending.hold(one, 0), sending.hold(one, 1)] == [1, 1, 2]
    one.parts[0] = one.parts[0][::-1]
    assert refusal(lambda: sending.hold(one, 0)) == "taken"
    lead = sending.referring.office.facts(sending.referring.office.people[0])
    one.parts[0] = one.parts[0][::-1]
    assert refusal(lambda: sending.hold(one, 0, by=lead)) == "taken"


def test_who_is_not_assigned_keeps_nothing_here(sending):
    cleo = sending.referring.office.facts(sending.referring.office.people[2])
    assert refusal(lambda: sending.hold(sending.file(), by=cleo)) == "no-thread"


def test_there_is_a_bound_for_each_referral_and_for_all(sending, monkeypatch):
    monkeypatch.setattr(files, "REFERRED_FILES_MAX", 9000)
    one = sending.file(3000, 3000)
    sending.hold(one)
    assert refusal(lambda: sending.hold(sending.file(3000))) == "long"
    sending.refer(one)
    sending.hold(sending.file(3000))
    monkeypatch.setattr(files, "REFERRED_FILES_ALL", 6000)
    assert refusal(lambda: sending.hold(sending.file(3000))) == "no-room"


def test_whatever_answer_is_lost_each_part_is_there_once_and_so_is_the_report(sending, there):
    """The other side does what it is asked, and we hear nothing of every second thing."""
    said_by = OtherOffice.honest
    heard = [True]

    def loses(office: OtherOffice, path: str, body: bytes) -> Said:
        found = said_by(office, path, body)
        if found.status == 200:
            heard[0] = not heard[0]
        return found if heard[0] or found.status != 200 else said(503, {"error": "fault"})

    one = sending.file(2000, 2000, 2000)
    sending.hold(one)
    row = sending.refer(one)
    there.answer = loses
    assert deliver(row, times=12) == "promised"
    assert (list(there.taken), len(there.parts)) == ([row.id], 1)
    assert there.hashes(one.id) == [H(part) for part in one.parts]


def test_parts_that_the_other_office_gave_up_are_sent_once_more(sending, there):
    one = sending.file()
    sending.hold(one)
    row = sending.refer(one)

    def full(office: OtherOffice, path: str, body: bytes) -> Said:
        return said(409, {"error": "closed"}) if path.endswith("/drop") else office.honest(path, body)

    there.answer = full
    assert (deliver(row), row.fault) == ("waiting", "closed")
    there.parts.clear()
    there.answer = None
    assert deliver(row, times=4) == "promised"
    assert there.hashes(one.id) == [H(part) for part in one.parts]


def test_sealed_anew_it_has_the_same_files_and_no_others(sending, there):
    one, other = sending.file(), sending.file()
    sending.hold(one)
    sending.hold(other)
    row = sending.refer(one)
    facts, thread = sending.member, sending.referring.case.id

    def anew(sealed: Sealed) -> None:
        act = sending.referring.act(sealed, row.peer)
        services.seal_anew(facts, thread, row.id, sealed, act=act, now=NOW)

    assert refusal(lambda: anew(sending.sealed(other, key=row.id, epoch=4))) == "act"
    assert refusal(lambda: anew(sending.sealed(key=row.id, epoch=4))) == "act"
    anew(sending.sealed(one, key=row.id, epoch=4))
    assert deliver(row) == "promised"
    assert set(there.parts) == {one.id}


def test_parts_go_with_their_case_and_what_nothing_names_goes_after_a_week(sending):
    one, left = sending.file(), sending.file()
    sending.hold(one)
    sending.hold(left)
    sending.refer(one)
    assert erasure.shred_parts(NOW + timedelta(days=6)) == 0
    assert erasure.shred_parts(NOW + timedelta(days=9)) == 2
    assert {bytes(key) for key in ReferralPart.objects.values_list("blob", flat=True)} == {one.id}
    erasure.forget_referrals(sending.member.office, sending.referring.case.id)
    assert not ReferralPart.objects.exists()

"""What two people delete, of an exported case or of the one that was taken in of it, is deleted for good."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.casework import NOW, TODAY
from cases.deleters import Deleters, a_closed_case, refusal
from cases.takings import Export, forget, standing
from fairline.cases import certificates, keeping, replaying, services
from fairline.cases.models import DeletedThread, Deletion, TakenIn
from fairline.core.limits import BACKUP_DAYS
from fairline.line import blobs
from fairline.line import services as line_services
from fairline.line.models import Thread

pytestmark = pytest.mark.django_db


def deleted(at: Deleters, export: Export) -> Deletion:
    """Two people delete what was taken in, on the first day on which they may."""
    lead, ben, _cleo = at.office.people
    export.close(ben)
    [row] = keeping.board(at.office.maker.id, [export.desk], TODAY, [export.id])
    at.in_days((row.standing.due - TODAY).days)
    services.declare(at.office.facts(lead), export.id, "none", NOW)
    return at.agrees(lead, at.asks(ben, export))


@pytest.fixture
def at(monkeypatch) -> Deleters:
    return Deleters.founded(monkeypatch)


def missing(at: Deleters) -> Export:
    lead, ben, _cleo = at.office.people
    one = Export(at.office.case(), ben, [lead, ben])
    forget(one.case)
    return one.sent()


def test_it_has_a_day_of_deletion_of_its_own(at):
    export = missing(at)
    export.take_in()
    export.close(at.office.people[1])
    [row] = keeping.board(at.office.maker.id, [export.desk], TODAY, [export.id])
    assert row.standing.over.since == TODAY
    assert row.standing.due > TODAY
    assert refusal(lambda: at.asks(at.office.people[1], export)) == "early"


def test_its_deletion_is_that_of_the_exported_case_too(at):
    export = missing(at)
    export.take_in()
    certificate = deleted(at, export)
    for member in at.office.people:
        found = standing(export, member)
        assert (found.state, found.deleted) == ("deleted", at.day)
        assert found.unreadable == at.day + timedelta(days=BACKUP_DAYS + 1)
    again = export.again(at.office.people[0], at.office.people[:2]).sent()
    assert refusal(again.take_in) == "deleted"
    assert not TakenIn.objects.exists()
    assert blobs.is_of(at.office.maker.id, export.id, export.archive.id) is False
    rows = {bytes(one.id): one.kind for one in DeletedThread.objects.all()}
    assert rows == {export.id: "closed", export.case.id: "taken"}
    assert certificates.told(certificate)["count"] == 1
    assert {one["kind"] for one in certificates.shown(certificate)["threads"]} == {"closed", "taken"}


def test_a_case_that_two_people_deleted_is_never_taken_in(at):
    lead, ben, _cleo = at.office.people
    case = a_closed_case(at)
    export = Export(case, ben, [lead, ben])
    at.in_days(4000)
    at.agrees(ben, at.asks(lead, case))
    export.sent()
    assert refusal(export.take_in) == "deleted"
    # Also when the mailbox has ended, and where an older copy never knew the case: the certificate is put back.
    forget(case)
    assert refusal(export.take_in) == "deleted"
    assert not TakenIn.objects.exists()


def test_after_a_restore_the_exported_case_is_deleted_with_what_was_taken_in_of_it(at):
    """A copy that knows the case itself: the certificate, which lies with the keys, names it."""
    ben = at.office.people[1]
    export = missing(at)
    export.take_in()
    deleted(at, export)
    Thread.objects.filter(id=export.id).delete()
    back = at.office.report()
    Thread.objects.filter(id=back.id).update(id=export.case.id)
    assert standing(export, ben).state == "deleted"
    assert replaying.replay() == 1
    assert Thread.objects.get(id=export.case.id).status == "deleted"


def test_after_a_restore_what_was_taken_in_is_deleted_with_the_case(at):
    """Two people deleted the case itself, in a life of the database in which it had not been lost."""
    export = missing(at)
    export.take_in()
    other = a_closed_case(at)
    at.in_days(4000)
    certificate = at.agrees(at.office.people[1], at.asks(at.office.people[0], other))
    DeletedThread.objects.create(
        id=export.case.id, deletion=certificate, kind="closed", outcome="unfounded", since=TODAY, due=TODAY
    )
    assert replaying.replay() == 1
    assert Thread.objects.get(id=export.id).status == "deleted"
    assert not TakenIn.objects.exists()
    assert replaying.replay() == 0


def test_a_case_that_comes_again_is_not_deleted_before_what_was_taken_in_of_it(at):
    """Its reporting person, whom nobody answered any more, has sent the very same report once more."""
    lead = at.office.people[0]
    export = missing(at)
    export.take_in()
    line_services.drop(at.office.maker.id, export.case.sender.drop(), TODAY)
    export.case.declare(lead)
    at.reads(lead, export.case)
    export.case.set_aside(lead)
    at.in_days(100)
    assert refusal(lambda: at.asks(lead, export.case)) == "taken-in"
    at.day = TODAY
    deleted(at, export)
    assert not DeletedThread.objects.filter(id=export.case.id).exists()
    at.in_days(4000)
    at.asks(lead, export.case)

"""Two people delete what is over: when, who, what goes, what stays, and that the record explains it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps

from cases.casework import NOW, TODAY, Casework
from cases.deleters import Deleters, a_closed_case, refusal, set_aside
from factories.offices import Insider
from fairline.cases import certificates, deleting, keeping, services
from fairline.cases.models import (
    Case,
    CaseAct,
    CaseKeys,
    ClockEvent,
    Declaration,
    Deletion,
    Doing,
    Index,
    IndexDelta,
    IndexPage,
    ReadMark,
    Slip,
)
from fairline.cases.retention import State
from fairline.cases.views import deletions
from fairline.core.erasure import shred_due
from fairline.core.limits import MAILBOX_AFTER_DAYS
from fairline.ledger import erased, publishing
from fairline.ledger.verifying import verify
from fairline.line import mailbox, parcels, queries
from fairline.line import services as line
from fairline.line.models import Blob, Farewell, Own, Post, Replaced, SealedFile, Thread
from fairline.seal.jsontext import parse
from fairline.seal.primitives import b64, unb64

pytestmark = pytest.mark.django_db
STAYS = (Post, SealedFile, Replaced, Blob, ClockEvent)
"""What the mailbox and the check of the record need, until the mailbox ends."""


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Deleters:
    return Deleters.founded(monkeypatch)


@pytest.fixture
def people(at: Deleters) -> list[Insider]:
    return at.office.people


def due(at: Deleters, case: Casework) -> date:
    row = keeping.of_thread(at.office.maker.id, case.id, at.day)
    assert row is not None
    return row.standing.due


@pytest.mark.parametrize(
    ("outcome", "last"),
    [("not-competent", TODAY + timedelta(days=60)), ("unsubstantiated", 6), ("substantiated", 36), ("referred", 6)],
    ids=str,
)
def test_the_day_of_deletion_follows_from_the_outcome_and_the_desks_law(
    at: Deleters, outcome: str, last: date | int
) -> None:
    case = a_closed_case(at)
    Slip.objects.filter(id=case.id).update(outcome=outcome)
    found = due(at, case)
    if isinstance(last, date):
        assert found == last
    else:
        assert (found.year * 12 + found.month, found.day) == (TODAY.year * 12 + TODAY.month + last, TODAY.day)


def test_a_warning_comes_two_weeks_ahead_and_who_leads_sees_what_lies_too_long(at: Deleters) -> None:
    lead = at.office.facts(at.office.people[0])
    report = set_aside(at)
    for days, state, late in (
        (45, State.KEPT, 0),
        (46, State.SOON, 0),
        (60, State.DUE, 0),
        (73, State.DUE, 0),
        (74, State.DUE, 1),
    ):
        at.in_days(days)
        assert at.state(report) == state
        assert len(keeping.late_of(lead, at.day)) == late


def test_nothing_is_asked_for_before_its_day(at: Deleters, people: list[Insider]) -> None:
    report = set_aside(at)
    assert refusal(lambda: at.in_days(59).asks(people[0], report)) == "early"
    at.in_days(60).asks(people[0], report)


def test_an_open_case_has_no_day_and_cannot_be_asked_for(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    case = a_closed_case(at)
    case.reopen(lead)
    assert at.in_days(4000).state(case) is None
    assert refusal(lambda: at.asks(ben, case)) == "state"
    unread = at.office.report()
    unread.declare(lead)
    assert refusal(lambda: at.asks(lead, unread)) == "state"


def test_what_nobody_has_read_is_not_deleted_and_shows_to_who_answers_for_it(
    at: Deleters, people: list[Insider]
) -> None:
    lead, ben, _cleo = people
    case = a_closed_case(at)
    case.writes()
    at.in_days(400)
    assert at.state(case) == State.UNREAD
    late = keeping.late_of(at.office.facts(lead), at.day)
    assert [row.thread for row in late] == [case.id]
    assert refusal(lambda: at.asks(ben, case)) == "unread"
    at.reads(lead, case)
    assert at.state(case) == State.DUE
    # Somebody has read it, and it is not the one who asks.
    assert refusal(lambda: at.asks(ben, case)) == "unread"
    at.asks(lead, case)


def test_who_answers_for_a_desk_learns_of_a_late_case_of_others_that_it_is_there_and_no_more(
    at: Deleters, people: list[Insider]
) -> None:
    lead, ben, cleo = people
    case, report = a_closed_case(at), set_aside(at)
    at.in_days(400)
    CaseKeys.objects.filter(thread=case.id, member=lead.id).update(member=cleo.id)
    rows = keeping.late_of(at.office.facts(lead), at.day)
    found = {one["kind"]: one for one in deletions.late_rows(at.office.facts(lead), rows)}
    assert found["closed"].keys() == {"desk", "kind", "due", "state", "late"}
    assert found["aside"]["thread"] == b64(report.id)
    [whole] = [one for one in deletions.late_rows(at.office.facts(ben), rows) if one["kind"] == "closed"]
    assert whole["thread"] == b64(case.id)
    assert whole["outcome"] == "unsubstantiated"


def test_who_is_not_assigned_neither_asks_nor_agrees(at: Deleters, people: list[Insider]) -> None:
    lead, _ben, cleo = people
    case = a_closed_case(at)
    at.in_days(400)
    assert refusal(lambda: at.asks(cleo, case)) == "no-thread"
    request = at.asks(lead, case)
    assert refusal(lambda: at.agrees(cleo, request)) == "no-thread"
    assert refusal(lambda: at.agrees(lead, request)) == "same-person"
    assert case.row.status == "closed"


def test_everything_that_the_office_could_read_goes_at_once(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    case, other = a_closed_case(at), a_closed_case(at)
    index = Index.objects.create(id=lead.id, office=at.office.maker.id, kind="member")
    for place, threads in enumerate((case.id + other.id, other.id)):
        IndexPage.objects.create(index=index, page=place, version=1, key=0, threads=threads, sealed=b"words")
    IndexDelta.objects.create(id=bytes(16), index=index, change=1, key=0, threads=case.id, sealed=b"words")
    Own.objects.create(id=case.row.mailbox, office=at.office.maker.id, auth_hash=bytes(32), sealed=b"a", day=TODAY)
    case.post("i")
    at.in_days(400)
    at.agrees(ben, at.asks(lead, case))
    assert case.row.status == "deleted"
    files = SealedFile.objects.filter(thread=case.id)
    assert set(files.exclude(sealed=b"").values_list("kind", flat=True)) == {"own"}
    assert not files.filter(kind="case").exists()
    assert set(Post.objects.filter(thread=case.id).values_list("chain", flat=True)) == {"r", "o"}
    for model in (CaseKeys, CaseAct, Declaration, Doing, ReadMark):
        assert not model.objects.filter(thread=case.id).exists()
        assert model.objects.filter(thread=other.id).exists()
    assert [bytes(one.id) for one in Case.objects.all()] == [other.id]
    assert not Own.objects.filter(id=case.row.mailbox).exists()
    assert list(IndexPage.objects.values_list("page", flat=True)) == [1]
    assert not IndexDelta.objects.exists()
    # Whatever else names it, in any room: days for its mailbox, and the words that are counted.
    for model in apps.get_models():
        names = {field.name for field in model._meta.get_fields()}
        if "thread" in names and model not in STAYS:
            assert not model.objects.filter(thread=case.id).exists(), model
    # It is still counted, in closed words.
    assert Slip.objects.get(id=case.id).outcome == "unsubstantiated"
    assert refusal(lambda: services.mark_read(at.office.facts(lead), case.id, "r", 0, NOW)) == "no-thread"


def test_the_record_explains_all_of_it_also_when_its_rows_are_gone(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    case, kept = a_closed_case(at), a_closed_case(at)
    publishing.publish_due(at.office.maker.id, NOW + timedelta(days=1))
    at.in_days(400)
    at.agrees(ben, at.asks(lead, case))
    assert list(verify(at.office.maker.id)) == []
    ended = at.now + timedelta(days=MAILBOX_AFTER_DAYS + 1)
    shred_due(ended)
    assert not Thread.objects.filter(id=case.id).exists()
    assert not Post.objects.filter(thread=case.id).exists()
    assert not Farewell.objects.exists()
    assert list(verify(at.office.maker.id)) == []
    # The same without the acts of two people is a theft, and only of what no act names.
    Thread.objects.filter(id=kept.id).delete()
    found = list(verify(at.office.maker.id))
    assert len(found) == 1
    assert "stood for a report or message whose row was removed or altered" in found[0]


def test_what_two_people_signed_away_and_is_still_here_is_named(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    case = a_closed_case(at)
    before = list(SealedFile.objects.filter(thread=case.id, kind="office", chain="o").exclude(sealed=b""))
    at.in_days(400)
    at.agrees(ben, at.asks(lead, case))
    [one, *_rest] = before
    SealedFile.objects.filter(pk=one.pk).update(sealed=one.sealed)
    [said] = verify(at.office.maker.id)
    assert "is still here, and two members signed that they deleted it" in said


def test_one_persons_act_explains_nothing(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    case = a_closed_case(at)
    publishing.publish_due(at.office.maker.id, NOW + timedelta(days=1))
    at.in_days(400).asks(lead, case)
    Thread.objects.filter(id=case.id).delete()
    assert len(list(verify(at.office.maker.id))) == 1
    assert ben


def test_the_mailbox_lives_on_says_so_and_takes_nothing_more(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    case = a_closed_case(at)
    later = case.post("r")
    at.in_days(400)
    at.agrees(ben, at.asks(lead, case))
    head, files = parcels.read(mailbox.page(case.row, 0))
    assert head["status"] == "deleted"
    assert len(files) == len(head["posts"])
    notice = parse(unb64(head["notices"][-1]["doc"]))
    until = at.day + timedelta(days=MAILBOX_AFTER_DAYS)
    assert (notice["code"], notice["dates"]) == (
        "deleted",
        {"day": at.day.isoformat(), "until": until.isoformat()},
    )
    assert refusal(lambda: line.post(at.office.maker.id, later, TODAY)) == "deleted"
    shred_due(at.now + timedelta(days=MAILBOX_AFTER_DAYS))
    assert case.row.status == "deleted"
    shred_due(at.now + timedelta(days=MAILBOX_AFTER_DAYS + 1))
    sender = case.sender
    assert refusal(lambda: queries.mailbox_thread(at.office.maker.id, sender.id, sender.auth, TODAY)) == "no-mailbox"


def test_a_request_falls_after_a_week_and_can_be_made_anew(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    case = a_closed_case(at)
    old = at.in_days(400).asks(lead, case)
    at.in_days(408)
    assert refusal(lambda: at.agrees(ben, old)) == "not-asked"
    shred_due(at.now + timedelta(days=2))
    assert not Deletion.objects.exists()
    at.agrees(lead, at.asks(ben, case))


@pytest.mark.parametrize(
    "fields",
    [{"erased": []}, {"erased": [b64(bytes(32))]}, {"reason": "room"}, {"threads": []}],
    ids=lambda one: str(*one),
)
def test_who_asks_signs_every_hash_and_the_reason(
    at: Deleters, people: list[Insider], fields: dict[str, Any]
) -> None:
    case = a_closed_case(at)
    at.in_days(400)
    assert refusal(lambda: at.asks(people[0], case, **fields)) == "act"
    assert not Deletion.objects.exists()


def test_what_nothing_proves_is_deleted_by_two_who_sign_that_and_the_record_says_so(
    at: Deleters, people: list[Insider]
) -> None:
    lead, ben, _cleo = people
    case = a_closed_case(at)
    publishing.publish_due(at.office.maker.id, NOW + timedelta(days=1))
    at.in_days(400)
    entries = deleting.named([case.id])[0]["erased"]
    signs = {"reason": deleting.UNPROVEN, "unproven": entries[:1]}
    for false in ({"unproven": []}, {"unproven": [b64(bytes(32))]}, {"unproven": entries[:1]}, {"reason": "unproven"}):
        assert refusal(lambda false=false: at.asks(lead, case, **false)) == "act"
    request = at.asks(lead, case, **signs)
    assert refusal(lambda: at.agrees(ben, request)) == "act", "who agrees signs that it is unproven"
    assert refusal(lambda: at.agrees(ben, request, unproven=entries)) == "act"
    row = at.agrees(ben, request, unproven=entries[:1])
    assert list(verify(at.office.maker.id)) == []
    assert erased.unproven(at.office.maker.id) == {unb64(entries[0])}
    assert certificates.shown(row)["unproven"] == entries[:1]
    assert certificates.told(row)["unproven"] == 1


def test_whose_deletion_is_proven_names_nothing_unproven(at: Deleters, people: list[Insider]) -> None:
    lead, ben, _cleo = people
    case = a_closed_case(at)
    at.in_days(400)
    request = at.asks(lead, case)
    entries = deleting.named([case.id])[0]["erased"]
    assert refusal(lambda: at.agrees(ben, request, unproven=entries)) == "act"
    assert certificates.shown(at.agrees(ben, request))["unproven"] == []
    assert erased.unproven(at.office.maker.id) == frozenset()


@pytest.mark.parametrize(
    "fields",
    [{"erased": []}, {"request": b64(bytes(32))}, {"unreadable": "2027-01-01"}, {"threads": []}],
    ids=lambda one: str(*one),
)
def test_who_agrees_signs_the_same_and_the_day_of_the_copies(
    at: Deleters, people: list[Insider], fields: dict[str, Any]
) -> None:
    case = a_closed_case(at)
    request = at.in_days(400).asks(people[0], case)
    assert refusal(lambda: at.agrees(people[1], request, **fields)) == "act"
    assert case.row.status == "closed"
    assert CaseKeys.objects.filter(thread=case.id).count() == 2

"""Somebody is protected in a case: what is stored, who learns of it, and that no late review can be hidden."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta

import pytest

from cases.casework import NOW, TODAY, Office
from cases.deleters import Deleters, a_closed_case
from fairline.cases import calendar_feed
from fairline.core.panels import said
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_row, parse_what
from fairline.ledger.models import Row
from fairline.line import handing
from fairline.protection import erasure, panels, queries
from fairline.protection.models import ProtectionFile
from fairline.seal.primitives import b64
from protection.steps import Protecting

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def protecting() -> Protecting:
    return Protecting.founded()


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def test_note_days_and_act_are_stored_together(protecting):
    bao = protecting.office.people[1]
    notes = handing.heads(protecting.case.row)["i"]
    step = protecting.step(bao, TODAY + WEEK, TODAY + 2 * WEEK)
    protecting.protect(bao, step)
    assert handing.heads(protecting.case.row)["i"] == notes + 1
    recorded = parse_row(Row.objects.latest("number").row).act()
    assert (recorded.act, recorded.after) == ("protect", step.note.content)
    said = parse_what(step.act.what).fields
    days = {"review": (TODAY + WEEK).isoformat(), "offer": (TODAY + 2 * WEEK).isoformat()}
    assert days.items() <= said.items()
    assert queries.of_thread(protecting.office.facts(bao), protecting.case.id) == days


def test_the_row_holds_two_days_and_nothing_else():
    assert {field.name for field in ProtectionFile._meta.get_fields()} == {"id", "office", "review", "offer"}


def test_what_was_signed_is_what_is_kept(protecting):
    bao = protecting.office.people[1]
    step = protecting.step(bao, TODAY + WEEK, signed=TODAY + 2 * WEEK)
    assert refusal(lambda: protecting.protect(bao, step)) == "act"
    other = dataclasses.replace(protecting.step(bao, TODAY + WEEK), act=protecting.step(bao, TODAY + WEEK).act)
    assert refusal(lambda: protecting.protect(bao, other)) == "act"
    assert not ProtectionFile.objects.exists()


def test_who_is_not_assigned_neither_writes_nor_learns_of_it(protecting):
    lead, bao, _cleo, dan = protecting.office.people
    protecting.protect(bao, protecting.step(bao, TODAY + WEEK))
    for stranger in (lead, dan):
        facts = protecting.office.facts(stranger)
        step = protecting.step(stranger, TODAY + WEEK)
        assert refusal(lambda step=step, stranger=stranger: protecting.protect(stranger, step)) == "no-thread"
        assert refusal(lambda facts=facts: queries.of_thread(facts, protecting.case.id)) == "no-thread"
        assert queries.reviews_of(facts) == []


def test_a_late_review_shows_to_those_assigned_and_as_a_number_to_the_lead(protecting):
    lead, bao, cleo, dan = map(protecting.office.facts, protecting.office.people)
    protecting.protect(protecting.office.people[1], protecting.step(protecting.office.people[1], TODAY + WEEK))
    for member in (bao, cleo):
        [due] = queries.reviews_of(member)
        assert (due.thread, due.due) == (protecting.case.id, TODAY + WEEK)
    assert queries.late_of(lead, TODAY + WEEK) == []
    [late] = queries.late_of(lead, TODAY + WEEK + timedelta(days=1))
    assert (late.desk, late.count, late.oldest) == (protecting.office.maker.desk, 1, TODAY + WEEK)
    assert queries.late_of(dan, TODAY + 2 * WEEK) == []


def test_a_review_stands_in_the_calendar_of_those_assigned_and_says_not_what_it_is(protecting):
    _lead, bao, _cleo, dan = map(protecting.office.facts, protecting.office.people)
    protecting.protect(protecting.office.people[1], protecting.step(protecting.office.people[1], TODAY + WEEK))
    desk = protecting.office.maker.desk
    due = TODAY + WEEK
    assert due in calendar_feed.due_days(bao, desk, TODAY)[0]
    assert due not in calendar_feed.due_days(dan, desk, TODAY)[0]
    assert due not in calendar_feed.due_days(bao, bytes(16), TODAY)[0]
    days, late = calendar_feed.due_days(bao, desk, due + timedelta(days=1))
    assert (due in days, late) == (False, True)
    told = calendar_feed.feed(bytes(32), [due], TODAY, late=False)
    assert b"Something is due." in told
    assert not re.search(rb"(?i)protect|review|measure", told)


def test_a_lead_who_stepped_aside_learns_no_day_of_it():
    office = Office.founded("Bao", "Cleo")
    lead, bao, cleo = office.people
    case = office.report()
    case.declare(lead, kind="aside")
    case.declare(bao, cleo)
    case.triage(bao, [bao, cleo])
    case.confirm(cleo)
    protecting = Protecting(office, case)
    protecting.protect(bao, protecting.step(bao, TODAY + WEEK))
    assert queries.late_of(office.facts(lead), TODAY + 2 * WEEK) == []
    [due] = queries.reviews_of(office.facts(bao))
    assert due.due == TODAY + WEEK


def test_no_day_lies_in_the_past_or_beyond_a_year(protecting):
    bao = protecting.office.people[1]
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=367)):
        step = protecting.step(bao, day)
        assert refusal(lambda step=step: protecting.protect(bao, step)) == "day"
        step = protecting.step(bao, None, day)
        assert refusal(lambda step=step: protecting.protect(bao, step)) == "day"


def test_a_late_review_stays_late_while_other_things_are_noted(protecting):
    bao = protecting.office.people[1]
    protecting.protect(bao, protecting.step(bao, TODAY + WEEK))
    protecting.protect(bao, protecting.step(bao, TODAY + WEEK, TODAY + 3 * WEEK), TODAY + 2 * WEEK)
    [due] = queries.reviews_of(protecting.office.facts(bao))
    assert due.due == TODAY + WEEK


def test_before_triage_nothing_of_it_is_kept(protecting):
    lead = protecting.office.people[0]
    other = Protecting(protecting.office, protecting.office.report())
    other.case.declare(lead)
    assert refusal(lambda: other.protect(lead, other.step(lead, TODAY + WEEK))) == "state"


def test_protection_outlives_the_closing_of_its_case(protecting):
    bao = protecting.office.people[1]
    protecting.case.close(bao)
    protecting.protect(bao, protecting.step(bao, TODAY + WEEK))
    assert ProtectionFile.objects.get().review == TODAY + WEEK


def test_a_mailbox_is_told_the_day_of_the_offer_and_nothing_else(protecting):
    bao, office = protecting.office.people[1], protecting.office.maker.id
    protecting.protect(bao, protecting.step(bao, TODAY + WEEK))
    assert list(panels.of_protection(office, protecting.case.id)) == []
    protecting.protect(bao, protecting.step(bao, TODAY + WEEK, TODAY + WEEK))
    [said] = panels.of_protection(office, protecting.case.id)
    assert (said.code, dict(said.dates)) == ("offered", {"day": TODAY + WEEK})


def test_the_days_go_with_their_case(protecting):
    bao = protecting.office.people[1]
    protecting.protect(bao, protecting.step(bao, TODAY + WEEK))
    assert erasure.shred_files(NOW) == 0
    ProtectionFile.objects.create(id=bytes(16), office=protecting.office.maker.id, review=TODAY)
    assert erasure.shred_files(NOW) == 1
    assert b64(ProtectionFile.objects.get().id) == b64(protecting.case.id)


def test_nobody_is_told_of_a_late_review_or_an_offer_in_a_case_that_was_deleted():
    """The mailbox lives on for a while: it says that the case was deleted, and offers no ear that nobody has."""
    at = Deleters(Office.founded("Bao", "Cleo"))
    lead, bao, _cleo = at.office.people
    case = a_closed_case(at)
    protecting = Protecting(at.office, case)
    protecting.protect(bao, protecting.step(bao, TODAY + WEEK, TODAY + WEEK))
    # No measure stands any more: until then nobody can delete the case (test_deleting_a_case).
    protecting.protect(bao, protecting.step(bao, None, TODAY + WEEK))
    at.in_days(4000).agrees(bao, at.asks(lead, case))
    assert queries.late_of(at.office.facts(lead), at.day) == []
    codes = {one.code for one in said(at.office.maker.id, case.id)}
    assert "deleted" in codes
    assert "offered" not in codes
    ProtectionFile.objects.create(id=case.id, office=at.office.maker.id, review=TODAY)
    assert erasure.shred_files(at.now) == 1


def test_of_several_late_reviews_one_is_done_alone_and_the_next_stays_late(protecting):
    """The day of the next one is past, too; it is taken, but never one before the day that stands."""
    bao = protecting.office.people[1]
    protecting.protect(bao, protecting.step(bao, TODAY + WEEK))
    now = TODAY + 3 * WEEK
    earlier = protecting.step(bao, TODAY)
    assert refusal(lambda: protecting.protect(bao, earlier, now)) == "day"
    protecting.protect(bao, protecting.step(bao, TODAY + 2 * WEEK), now)
    [late] = queries.late_of(protecting.office.facts(protecting.office.people[0]), now)
    assert late.oldest == TODAY + 2 * WEEK

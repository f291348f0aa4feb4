"""Only all of a panel say that somebody knowingly reported what is false, and only after they were heard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps

from cases.casework import NOW, TODAY
from deciding.panels import ABOUT, DAYS, HEARD, SOON, Asking
from fairline.cases import copies, counting, rights
from fairline.cases.models import Copy, Counted, Declaration, Slip
from fairline.core import erasure
from fairline.core.problems import Problem
from fairline.deciding import queries
from fairline.deciding.erasure import shred_panels, shred_seats
from fairline.deciding.models import Panel, Seat
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.line import handing

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking() -> Asking:
    return Asking.founded()


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def decide(asking: Asking) -> None:
    asking.asks()
    asking.seats(asking.three)
    asking.declares(*asking.three)
    asking.votes(*asking.three)


def test_asked_heard_seated_and_answered_by_all_a_case_closes_so_and_is_counted_so(asking):
    decide(asking)
    asking.closes(asking.decided())
    assert Slip.objects.get().outcome == "unfounded"
    assert Counted.objects.get().outcome == "knowingly-false"
    counted = counting.counted(asking.office.maker.id, TODAY.replace(day=1), HEARD)
    [measures] = counted.values()
    assert measures["outcome"]["knowingly-false"] == 1
    assert measures["outcome"]["unfounded"] == 0


def test_no_handler_says_it_alone(asking):
    assert refusal(lambda: asking.closes(asking.decided())) == "undecided"
    assert refusal(lambda: asking.closes(None, "knowingly-false", said=None)) == "closing"
    asking.asks()
    assert refusal(lambda: asking.closes(asking.decided())) == "undecided"
    asking.seats(asking.three)
    asking.declares(*asking.three)
    asking.votes(*asking.three[:2])
    assert refusal(lambda: asking.closes(asking.decided())) == "undecided"
    assert refusal(lambda: asking.closes(asking.decided(asking.three[:2]))) == "undecided"
    assert not Counted.objects.exists()


def test_one_no_and_good_faith_stands(asking):
    decide(asking)
    one, two, three = asking.three
    yes, no = asking.decided([one, two]).votes, asking.decided([three], "no").votes
    assert refusal(lambda: asking.closes(type(asking.decided())(ABOUT, (*yes, *no)))) == "undecided"
    assert refusal(lambda: asking.closes(type(asking.decided())(ABOUT, yes))) == "undecided"
    asking.closes(None, said=None)
    assert Counted.objects.get().outcome == "unfounded"


def test_signatures_of_others_of_another_case_or_of_another_document_are_none(asking):
    decide(asking)
    lead, gil = asking.office.people[0], asking.office.people[6]
    assert refusal(lambda: asking.closes(asking.decided([*asking.three[:2], gil]))) == "undecided"
    assert refusal(lambda: asking.closes(asking.decided([*asking.three, lead]))) == "undecided"
    shown = asking.decided()
    assert refusal(lambda: asking.closes(type(shown)(bytes(32), shown.votes), said=bytes(32))) == "undecided"
    assert refusal(lambda: asking.closes(type(shown)(ABOUT, (shown.votes[0],) * 3))) == "undecided"


def test_it_stands_beside_unfounded_alone_and_the_act_says_it(asking):
    decide(asking)
    assert refusal(lambda: asking.closes(asking.decided(), "unsubstantiated")) == "closing"
    assert refusal(lambda: asking.closes(asking.decided(), said=None)) == "act"
    assert refusal(lambda: asking.closes(None)) == "act"


def test_the_reporting_person_is_told_at_once_and_heard_first(asking):
    told = handing.heads(asking.case.row)["o"]
    asking.asks()
    assert handing.heads(asking.case.row)["o"] == told + 1
    assert refusal(lambda: asking.seats(asking.three, today=HEARD - timedelta(days=1))) == "early"
    found = queries.of_thread(asking.office.facts(asking.bao), asking.case.id, TODAY)
    assert (found.heard, found.until) == (False, TODAY + timedelta(days=DAYS))
    asking.case.writes()
    assert queries.of_thread(asking.office.facts(asking.bao), asking.case.id, TODAY).heard
    asking.seats(asking.three, today=TODAY)


def test_they_are_given_thirty_days_and_the_act_says_how_many(asking):
    for days in (29, 181):
        assert refusal(lambda days=days: asking.asks(days=days)) == "days"
    assert refusal(lambda: asking.asks(days=30, said=60)) == "act"
    assert not Panel.objects.exists()


def test_who_has_part_in_the_case_or_read_of_it_does_not_sit(asking):
    lead, bao, cleo, dan, eva, finn, gil = asking.office.people
    asking.case.give(bao, gil)
    asking.asks()
    assert refusal(lambda: asking.seats([cleo, dan, eva])) == "copy"
    assert refusal(lambda: asking.seats([gil, dan, eva])) == "people"
    assert refusal(lambda: asking.seats([dan, eva])) == "people"
    assert refusal(lambda: asking.seats([dan, eva, finn], said=[dan, eva, gil])) == "act"
    assert refusal(lambda: asking.seats([dan, eva, finn], member=lead)) == "no-thread"
    assert not Seat.objects.exists()


def test_nobody_reads_before_saying_that_they_have_no_part_in_it(asking):
    asking.asks()
    asking.seats(asking.three)
    dan = asking.three[0]
    copy, facts = asking.seat_of(dan), asking.office.facts(dan)
    assert refusal(lambda: copies.look(facts, copy, HEARD, NOW)) == "declare"
    assert refusal(lambda: asking.votes(dan)) == "declare"
    asking.declares(dan)
    assert copies.look(facts, copy, HEARD, NOW) == b"for a panel"
    assert refusal(lambda: rights.desk_of(facts, asking.case.id)) == "no-thread"
    assert [one.id for one in queries.seats_of(facts, HEARD)] == [copy]


def test_who_steps_aside_makes_room_for_another_and_reads_nothing(asking):
    asking.asks()
    asking.seats(asking.three)
    dan, _eva, finn, gil = asking.office.people[3:]
    copy = asking.seat_of(dan)
    asking.declares(dan, kind="aside")
    assert Declaration.objects.get(member=dan.id).kind == "aside"
    assert refusal(lambda: copies.look(asking.office.facts(dan), copy, HEARD, NOW)) == "no-copy"
    assert refusal(lambda: asking.seats([dan])) == "people"
    assert refusal(lambda: asking.seats([gil, asking.office.people[0]])) == "people"
    asking.seats([gil])
    seated = [*asking.three[1:], gil]
    asking.declares(*seated)
    asking.votes(*seated)
    assert refusal(lambda: asking.declares(finn, kind="aside")) == "voted"
    asking.closes(asking.decided(seated))


def test_who_sits_on_the_panel_is_not_put_on_the_case(asking):
    asking.asks()
    asking.seats(asking.three)
    _lead, bao, cleo, dan, *_ = asking.office.people
    assert refusal(lambda: asking.case.rekey(bao, [bao, cleo, dan])) == "people"
    asking.ends()
    asking.case.rekey(bao, [bao, cleo, dan])
    # Whoever holds the keys does not lose sight of the case by a document that they were given before.
    assert refusal(lambda: copies.decline(asking.office.facts(dan), asking.seat_of(dan), NOW)) == "assigned"


def test_no_place_is_added_and_none_is_taken_away(asking):
    asking.asks()
    asking.seats(asking.three)
    gil = asking.office.people[6]
    assert refusal(lambda: asking.seats([gil])) == "people"
    row = Copy.objects.get(id=asking.seat_of(asking.three[0]))
    assert refusal(lambda: asking.case.take_back(asking.bao, row.id)) == "seated"


def test_whose_time_passes_can_be_replaced_and_answers_no_more(asking):
    asking.asks()
    asking.seats(asking.three)
    asking.declares(*asking.three)
    asking.votes(*asking.three[:2])
    later = SOON + timedelta(days=2)
    assert refusal(lambda: asking.votes(asking.three[2], today=later)) == "no-copy"
    asking.seats([asking.office.people[6]], today=later)
    seated = [*asking.three[:2], asking.office.people[6]]
    asking.declares(seated[2], today=later)
    asking.votes(seated[2], today=later)
    asking.closes(asking.decided(seated))


def test_an_answer_is_given_once(asking):
    decide(asking)
    assert refusal(lambda: asking.votes(asking.three[0])) == "voted"


def test_a_panel_is_asked_once_and_again_only_of_a_case_that_was_reopened(asking):
    decide(asking)
    assert refusal(asking.asks) == "panel"
    asking.ends()
    assert refusal(asking.asks) == "panel"
    assert refusal(lambda: asking.closes(asking.decided())) == "undecided"
    asking.closes(None, said=None)
    asking.case.reopen(asking.bao)
    assert refusal(lambda: asking.closes(asking.decided())) == "undecided"


def test_the_record_says_that_a_panel_was_asked_and_has_answered_and_no_word_of_what(asking):
    decide(asking)
    asking.ends()
    said = [parse_row(row.row).act() for row in Row.objects.order_by("number") if b'"what"' in bytes(row.row)]
    of_panel = {one.act: set(one.fields) for one in said if one and "panel" in one.act}
    plain = {"act", "subject", "member", "counter", "before", "after"}
    assert {name: fields - plain for name, fields in of_panel.items()} == {
        "ask panel": {"days"}, "seat panel": {"people"}, "panel vote": set(), "end panel": set(),
    }  # fmt: skip
    votes = [one for one in said if one and one.act == "panel vote"]
    assert len(votes) == len(asking.three)


def test_no_row_has_a_word_of_it():
    for model in apps.get_app_config("deciding").get_models():
        kinds = {field.get_internal_type() for field in model._meta.get_fields()}
        assert "TextField" not in kinds
        assert "CharField" not in kinds


def test_panels_go_with_their_case(asking):
    decide(asking)
    shred_panels(NOW)
    shred_seats(NOW)
    assert Panel.objects.exists()
    assert Seat.objects.exists()
    erasure.forget_case(asking.office.maker.id, asking.case.id)
    assert not Panel.objects.exists()
    assert not Seat.objects.exists()

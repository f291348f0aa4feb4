"""The person concerned is informed and heard: by two people, in order, and before anything is found against them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.apps import apps

from cases.casework import NOW, TODAY, Office
from cases.letters import Letter
from fairline.cases import hearing_steps, services
from fairline.cases.hearing import Happened, State, Step, standing
from fairline.cases.hearing_steps import Wanted
from fairline.cases.models import HearingStep
from fairline.core.grants import statements
from fairline.core.problems import Problem
from fairline.line import mailbox
from fairline.line.models import Post
from fairline.seal.primitives import b64

pytestmark = pytest.mark.django_db


class Hearing:
    """A case of two people, and the steps that their browsers ask for."""

    def __init__(self) -> None:
        self.office = Office.founded("ben", "cleo")
        self.lead, self.ben, self.cleo = self.office.people
        self.case = self.office.report()
        self.case.declare(self.lead, self.ben)
        self.case.triage(self.lead, [self.lead, self.ben])
        self.case.confirm(self.ben)

    def draft(self, by) -> bytes:
        """A note with a draft, of which the server sees a commitment."""
        note = self.case.post("i")
        services.post(self.office.facts(by), note, TODAY, NOW)
        return Post.objects.get(thread=self.case.id, chain="i", n=note.n).content

    def take(self, *step, **more):
        return self.case.hears(*step, **more)

    def given(self) -> bytes:
        """The notice has gone, after two people had looked at it."""
        about = self.draft(self.ben)
        self.take(self.lead, "agreed", about=about)
        self.take(self.ben, "given", about=about, days=21)
        return about


@pytest.fixture
def hearing():
    return Hearing()


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


BEGAN = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("happened", "today", "state", "due"),
    [
        ((), date(2026, 3, 2), State.DUE, date(2026, 3, 2)),
        ((), date(2026, 3, 3), State.LATE, date(2026, 3, 2)),
        ((Happened(Step.DELAYED, date(2026, 2, 20), "evidence"),), date(2026, 3, 22), State.DELAYED, date(2026, 3, 22)),
        ((Happened(Step.DELAYED, date(2026, 2, 20), "evidence"),), date(2026, 3, 23), State.LATE, date(2026, 3, 22)),
        ((Happened(Step.NOBODY, date(2026, 2, 1)),), date(2027, 1, 1), State.NOBODY, None),
        ((Happened(Step.NOBODY, date(2026, 2, 1)), Happened(Step.AGREED, date(2026, 2, 2), about=b"c")),
         date(2026, 2, 3), State.DUE, date(2026, 3, 2)),
        ((Happened(Step.GIVEN, date(2026, 2, 2), until=date(2026, 2, 16)),), date(2027, 1, 1), State.GIVEN, None),
    ],
)  # fmt: skip
def test_when_the_notice_is_due_follows_from_what_happened(happened, today, state, due):
    found = standing(BEGAN, happened, today)
    assert (found.state, found.due) == (state, due)


def test_a_notice_goes_after_a_second_person_has_agreed_to_it(hearing):
    about = hearing.draft(hearing.ben)
    assert refusal(lambda: hearing.take(hearing.ben, "given", about=about, days=21)) == "draft"
    assert refusal(lambda: hearing.take(hearing.ben, "agreed", about=about)) == "second"
    assert refusal(lambda: hearing.take(hearing.lead, "agreed", about=bytes(32))) == "draft"
    hearing.take(hearing.lead, "agreed", about=about)
    found = hearing.take(hearing.ben, "given", about=about, days=21)
    assert (found.state, found.until) == (State.GIVEN, TODAY + timedelta(days=21))


def test_another_draft_than_the_agreed_one_does_not_go(hearing):
    agreed, other = hearing.draft(hearing.ben), hearing.draft(hearing.ben)
    hearing.take(hearing.lead, "agreed", about=agreed)
    assert refusal(lambda: hearing.take(hearing.ben, "given", about=other, days=21)) == "draft"


@pytest.mark.parametrize("days", [0, 6, 181])
def test_nobody_is_given_too_little_time_to_answer(hearing, days):
    about = hearing.draft(hearing.ben)
    hearing.take(hearing.lead, "agreed", about=about)
    assert refusal(lambda: hearing.take(hearing.ben, "given", about=about, days=days)) == "days"


def test_a_delay_has_a_reason_and_is_looked_at_again_within_a_month(hearing):
    assert refusal(lambda: hearing.take(hearing.ben, "delayed", "convenience")) == "reason"
    found = hearing.take(hearing.ben, "delayed", "evidence")
    assert (found.state, found.due) == (State.DELAYED, TODAY + timedelta(days=30))
    later = TODAY + timedelta(days=31)
    rows = hearing_steps.of_member(hearing.office.facts(hearing.lead), later)
    assert [(row.thread, row.standing.state) for row in rows] == [(hearing.case.id, State.LATE)]


def test_nothing_is_substantiated_before_the_person_was_heard(hearing):
    close = lambda: hearing.case.close(hearing.ben, "substantiated")  # noqa: E731
    assert refusal(close) == "unheard"
    hearing.given()
    assert refusal(close) == "unheard"
    hearing.take(hearing.lead, "heard", "written")
    close()
    assert hearing.case.row.status == "closed"


def test_an_offer_counts_once_the_time_given_has_passed(hearing):
    hearing.given()
    last = TODAY + timedelta(days=21)
    assert refusal(lambda: hearing.take(hearing.ben, "heard", "offered", today=last)) == "early"
    found = hearing.take(hearing.ben, "heard", "offered", today=last + timedelta(days=1))
    assert found.allows("substantiated")


def test_a_second_notice_shortens_nobodys_time_and_no_notice_goes_twice(hearing):
    first = hearing.given()
    assert refusal(lambda: hearing.take(hearing.ben, "given", about=first, days=7)) == "hearing"
    second = hearing.draft(hearing.ben)
    hearing.take(hearing.lead, "agreed", about=second)
    assert hearing.take(hearing.ben, "given", about=second, days=7).until == TODAY + timedelta(days=21)
    late = TODAY + timedelta(days=8)
    assert refusal(lambda: hearing.take(hearing.ben, "heard", "offered", about=second, today=late)) == "early"


def test_each_notice_asks_for_a_statement_of_its_own(hearing):
    close = lambda: hearing.case.close(hearing.ben, "substantiated")  # noqa: E731
    first = hearing.given()
    hearing.take(hearing.lead, "heard", "written")
    second = hearing.draft(hearing.ben)
    hearing.take(hearing.lead, "agreed", about=second)
    assert hearing.take(hearing.ben, "given", about=second, days=21).heard == ""
    assert refusal(close) == "unheard"
    # Who has answered the first answers again: that is no statement of whom the second went to.
    assert refusal(lambda: hearing.take(hearing.lead, "heard", "written")) == "draft"
    assert refusal(lambda: hearing.take(hearing.lead, "heard", "written", about=bytes(32))) == "draft"
    assert hearing.take(hearing.lead, "heard", "written", about=first).heard == ""
    third = hearing.draft(hearing.ben)
    hearing.take(hearing.lead, "agreed", about=third)
    hearing.take(hearing.ben, "given", about=third, days=21)
    assert hearing.take(hearing.lead, "heard", "spoken", about=second).waits == (third,)
    assert refusal(close) == "unheard"
    assert hearing.take(hearing.lead, "heard", "declined", about=third).allows("substantiated")
    close()


def test_who_has_agreed_to_a_notice_does_not_then_say_that_nobody_is_concerned(hearing):
    hearing.take(hearing.lead, "agreed", about=hearing.draft(hearing.ben))
    assert refusal(lambda: hearing.take(hearing.ben, "nobody")) == "hearing"
    assert refusal(lambda: hearing.case.close(hearing.ben, "substantiated")) == "unheard"


def test_a_statement_follows_a_notice(hearing):
    assert refusal(lambda: hearing.take(hearing.ben, "heard", "spoken")) == "hearing"


def test_where_nobody_is_concerned_nobody_is_heard(hearing):
    hearing.take(hearing.ben, "nobody")
    hearing.case.close(hearing.ben, "substantiated")


def test_every_other_outcome_waits_for_nobody(hearing):
    hearing.case.close(hearing.ben, "unfounded")


def test_who_is_not_assigned_does_and_sees_nothing(hearing):
    assert refusal(lambda: hearing.take(hearing.cleo, "nobody")) == "no-thread"
    assert hearing_steps.of_member(hearing.office.facts(hearing.cleo), TODAY) == []


def test_a_signature_over_another_reason_moves_nothing(hearing):
    other = Wanted(Step.DELAYED, "safety", b"", 0)
    assert refusal(lambda: hearing.take(hearing.ben, "delayed", "evidence", signed=other)) == "act"
    assert not HearingStep.objects.exists()


def test_a_mailbox_for_somebody_has_no_notice_of_its_own(hearing):
    letter = Letter(hearing.office, hearing.ben, [hearing.lead, hearing.ben])
    letter.open()
    assert hearing_steps.of_thread(hearing.office.maker.id, letter.id, TODAY) is None
    rows = hearing_steps.of_member(hearing.office.facts(hearing.ben), TODAY)
    assert [row.thread for row in rows] == [hearing.case.id]


def test_what_is_due_is_asked_of_all_cases_at_once(hearing, django_assert_max_num_queries):
    members = [hearing.office.facts(one) for one in (hearing.ben, hearing.cleo)]
    for _ in range(3):
        case = hearing.office.report()
        case.declare(hearing.lead, hearing.ben)
        case.triage(hearing.lead, [hearing.lead, hearing.ben])
        case.confirm(hearing.ben)
    hearing.take(hearing.ben, "delayed", "evidence")
    with django_assert_max_num_queries(5):
        rows = hearing_steps.of_member(members[0], TODAY)
    assert [row.standing.state for row in rows].count(State.DELAYED) == 1
    assert len({row.thread for row in rows}) == 4
    with django_assert_max_num_queries(5):
        assert hearing_steps.of_member(members[1], TODAY) == []
    with django_assert_max_num_queries(3):
        assert hearing_steps.waiting_in(members[0]) == []


def test_nothing_of_a_hearing_reaches_the_reporting_persons_mailbox(hearing):
    """Byte for byte the mailbox says the same before and after: no row, notice, count or state tells it."""
    before = mailbox.page(hearing.case.row, 0)
    hearing.given()
    Letter(hearing.office, hearing.ben, [hearing.lead, hearing.ben]).open()
    hearing.take(hearing.lead, "heard", "written")
    assert mailbox.page(hearing.case.row, 0) == before


def test_the_report_door_may_read_no_table_of_a_case_but_its_clocks(hearing):
    """Of this room's tables a mailbox shows what happened to the clocks of a report, and nothing else exists for it."""
    may = [line for line in statements("default") if line.endswith('TO "fairline_report"') and "cases_" in line]
    assert may == ['GRANT SELECT ON "cases_clockevent" TO "fairline_report"']


def test_no_row_holds_both_a_case_and_the_mailbox_of_its_person(hearing):
    """Which belongs to which is sealed: every row of every table names the one, or the other, or neither."""
    hearing.given()
    letter = Letter(hearing.office, hearing.ben, [hearing.lead, hearing.ben])
    letter.open()
    both = []
    for model in apps.get_models():
        for row in model.objects.values_list(*(field.attname for field in model._meta.concrete_fields)):
            said = b"|".join(one if isinstance(one, bytes) else str(one).encode() for one in row)
            names = [any(form in said for form in (key, b64(key).encode())) for key in (hearing.case.id, letter.id)]
            if all(names):
                both.append(model._meta.label)
    assert both == []


class Mailbox(Hearing):
    """The mailbox of the person concerned, in which they ask for something."""

    def __init__(self) -> None:
        super().__init__()
        self.letter = Letter(self.office, self.ben, [self.lead, self.ben])
        self.letter.open()

    def asks(self, step, reason, today=TODAY):
        wanted = Wanted(Step(step), reason, b"", 0)
        act = self.letter.signed(self.ben, f"hearing {step}", {"x": 1}, after=wanted.signed())
        hearing_steps.take(self.office.facts(self.ben), self.letter.id, wanted, act=act, today=today, now=NOW)

    def found(self):
        return hearing_steps.in_mailbox(self.office.maker.id, self.letter.id)


def test_what_they_ask_for_is_answered_within_a_month():
    mailbox = Mailbox()
    mailbox.asks("asked", "deletion", date(2026, 1, 31))
    mailbox.asks("asked", "objection", date(2026, 2, 3))
    assert [(one.kind, one.due) for one in mailbox.found()] == [
        ("deletion", date(2026, 2, 28)), ("objection", date(2026, 3, 3)),
    ]  # fmt: skip
    mailbox.asks("answered", "partly", date(2026, 2, 20))
    assert [(one.kind, one.decision) for one in mailbox.found()] == [("deletion", "partly"), ("objection", "")]
    waiting = hearing_steps.waiting_in(mailbox.office.facts(mailbox.lead))
    assert [(thread, one.kind) for thread, one in waiting] == [(mailbox.letter.id, "objection")]


def test_nothing_is_answered_that_nobody_asked_for():
    mailbox = Mailbox()
    assert refusal(lambda: mailbox.asks("answered", "refused")) == "hearing"
    assert refusal(lambda: mailbox.asks("asked", "revenge")) == "reason"
    assert refusal(lambda: mailbox.asks("nobody", "")) == "state"
    assert refusal(lambda: mailbox.take(mailbox.ben, "asked", "deletion")) == "state"

"""The law's clocks: when each is due, how it stands, what moves it; hand-checked days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fairline.cases.clocks import FEEDBACK, READ, Happened, State, Terms, What, standing
from fairline.profiles.law_checks import shipped_law

GENERAL = shipped_law("generic")
TERMS = Terms(GENERAL, GENERAL, "internal", 7, 3, "Europe/Oslo")


def under(law: str, applies: str = "internal", zone: str = "Europe/Berlin", **more: int) -> Terms:
    return replace(TERMS, law=shipped_law(law), applies=applies, zone=zone, **more)


def one(action: str, arrived: str, today: str, terms: Terms = TERMS, *happened: Happened):
    rows = standing(date.fromisoformat(arrived), terms, happened, date.fromisoformat(today))
    [found] = [row for row in rows if row.action == action]
    return found


def feedback(what: What, day: str, reason: str = "") -> Happened:
    return Happened(FEEDBACK, what, date.fromisoformat(day), reason)


@pytest.mark.parametrize(
    ("terms", "arrived", "acknowledge", "read", "answer"),
    [
        # A Monday; two working days later is Wednesday.
        (TERMS, "2026-11-23", "2026-11-30", "2026-11-25", "2027-02-23"),
        # The thirtieth of November: February has no such day.
        (TERMS, "2026-11-30", "2026-12-07", "2026-12-02", "2027-02-28"),
        # A leap year.
        (TERMS, "2027-11-30", "2027-12-07", "2027-12-02", "2028-02-29"),
        # A Friday: the days of the weekend are not worked.
        (TERMS, "2026-11-27", "2026-12-04", "2026-12-01", "2027-02-27"),
        # Germany: 26 December and 1 January are holidays; Saturday 2 January is no working day either.
        (under("eu-2019-1937-de"), "2026-12-24", "2026-12-31", "2026-12-29", "2027-03-24"),
        # Three months from 2 October end on Saturday 2 January 2027; the next working day is Monday the fourth.
        (under("eu-2019-1937-de"), "2026-10-02", "2026-10-09", "2026-10-06", "2027-01-04"),
        # China: the national holiday is free to 7 October 2026, and Saturday 10 October is worked to make up for it.
        (under("prc-cel-2023", zone="Asia/Shanghai"), "2026-10-08", "2026-10-15", "2026-10-10", "2027-01-08"),
        # The night on which clocks go forward changes no day.
        (TERMS, "2026-03-28", "2026-04-04", "2026-03-31", "2026-06-28"),
    ],
)
def test_each_is_due_on_the_day_that_was_counted_by_hand(terms, arrived, acknowledge, read, answer):
    due = {
        row.action: row.due.day.isoformat()
        for row in standing(date.fromisoformat(arrived), terms, (), date(2026, 1, 1))
    }
    assert due == {"acknowledge": acknowledge, READ: read, FEEDBACK: answer}


def test_a_promise_acknowledges_on_the_day_of_arrival():
    found = one("acknowledge", "2026-11-23", "2026-11-23")
    assert (found.state, found.met) == (State.MET, date(2026, 11, 23))


def test_on_its_last_day_it_is_in_time_and_the_day_after_it_is_late():
    assert one(READ, "2026-11-23", "2026-11-25").state is State.RUNNING
    assert one(READ, "2026-11-23", "2026-11-26").state is State.LATE
    read = Happened(READ, What.READ, date(2026, 11, 30))
    assert one(READ, "2026-11-23", "2026-12-01", TERMS, read).state is State.MET


def test_reading_answers_nothing():
    read = Happened(READ, What.READ, date(2026, 11, 24))
    assert one(FEEDBACK, "2026-11-23", "2026-11-24", TERMS, read).state is State.RUNNING


def test_more_time_is_the_whole_longer_period():
    found = one(FEEDBACK, "2026-11-23", "2027-03-01", TERMS, feedback(What.EXTENDED, "2027-02-01", "complex"))
    assert (found.due.day, found.state, found.extended) == (date(2027, 5, 23), State.RUNNING, True)


def test_a_law_without_more_time_gives_none():
    terms = under("eu-2019-1937-de")
    found = one(FEEDBACK, "2026-11-23", "2026-11-24", terms, feedback(What.EXTENDED, "2026-11-24", "complex"))
    assert (found.extended, found.due.day) == (False, date(2027, 2, 23))


def test_while_it_is_paused_nothing_is_due_and_the_days_are_given_back():
    paused = (feedback(What.PAUSED, "2026-12-01", "waiting"),)
    found = one(FEEDBACK, "2026-11-23", "2027-06-01", TERMS, *paused)
    assert (found.state, found.due) == (State.PAUSED, None)
    resumed = (*paused, feedback(What.RESUMED, "2026-12-11"))
    assert one(FEEDBACK, "2026-11-23", "2026-12-11", TERMS, *resumed).due.day == date(2027, 3, 5)


def test_a_stopped_clock_is_no_late_one():
    found = one(FEEDBACK, "2026-11-23", "2027-06-01", TERMS, feedback(What.STOPPED, "2026-12-01", "asked"))
    assert found.state is State.STOPPED


def test_the_desks_own_number_counts_where_it_is_stricter_and_is_not_called_the_law():
    terms = under("eu-2019-1937-de", feedback=1)
    found = one(FEEDBACK, "2026-11-23", "2026-11-24", terms)
    assert (found.due.day, found.ours, found.is_law) == (date(2026, 12, 23), True, False)
    assert one(FEEDBACK, "2026-11-23", "2026-11-24", under("eu-2019-1937-de")).ours is False


def test_an_outside_desk_of_the_directive_may_take_six_months_with_a_reason():
    terms = under("eu-2019-1937", "external")
    more = feedback(What.EXTENDED, "2027-02-01", "complex")
    assert one(FEEDBACK, "2026-11-23", "2027-02-02", terms, more).due.target == date(2027, 5, 23)


def test_only_a_verified_row_is_called_the_law():
    assert not one(FEEDBACK, "2026-11-23", "2026-11-24").is_law
    rows = standing(date(2026, 11, 23), under("eu-2019-1937-de"), (), date(2026, 11, 23))
    assert {row.action: row.is_law for row in rows} == {
        row.action: row.clock.basis.status == "verified" for row in rows
    }

"""An organisation's clocks under the laws that we ship, against moments that were worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fairline.duty.clocks import Kind, Noted, State, standing
from fairline.profiles.law_checks import shipped_law

BERLIN = "Europe/Berlin"


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def rows(law: str, now: str, *noted: Noted, zone: str = BERLIN):
    return {one.clock.id: one for one in standing(shipped_law(law), noted, at(now), zone)}


AWARE = Noted(Kind.AWARE, "", at("2026-03-27 22:30"))


@pytest.mark.parametrize(
    ("row", "until"),
    [
        ("early-warning", "2026-03-28 22:30"),
        # Three days of hours run through the night in which Berlin's clocks are put forward.
        ("notification", "2026-03-30 22:30"),
    ],
)
def test_hours_run_through(row, until):
    found = rows("eu-nis2", "2026-03-27 23:00", AWARE)[row]
    assert (found.state, found.due.until) == (State.RUNNING, at(until))
    assert rows("eu-nis2", until, AWARE)[row].state is State.LATE


def test_the_final_report_is_due_a_month_after_the_notification_and_not_after_awareness():
    sent = Noted(Kind.DONE, "notification", at("2026-01-31 10:00"))
    aware = Noted(Kind.AWARE, "", at("2026-01-30 09:00"))
    assert rows("eu-nis2", "2026-01-31 09:00", aware)["final"].state is State.WAITING
    found = rows("eu-nis2", "2026-02-10 09:00", aware, sent)["final"]
    # February has no 31st; the last day ends at midnight in Berlin.
    assert (found.due.day.isoformat(), found.due.until) == ("2026-02-28", at("2026-02-28 23:00"))


def test_the_authority_owes_an_answer_to_the_warning_and_that_is_not_ours():
    sent = Noted(Kind.DONE, "early-warning", at("2026-03-28 08:00"))
    found = rows("eu-nis2", "2026-03-28 09:00", AWARE, sent)["authority-reply"]
    assert (found.ours, found.due.until) == (False, at("2026-03-29 08:00"))


def test_asked_again_how_it_stands_it_is_owed_again():
    asked, told = (
        Noted(Kind.REQUESTED, "", at("2026-04-01 08:00")),
        Noted(Kind.DONE, "intermediate", at("2026-04-01 09:00")),
    )
    assert rows("eu-nis2", "2026-04-02 08:00", AWARE)["intermediate"].state is State.WAITING
    assert rows("eu-nis2", "2026-04-02 08:00", AWARE, asked, told)["intermediate"].state is State.DONE
    again = Noted(Kind.REQUESTED, "", at("2026-04-03 08:00"))
    assert rows("eu-nis2", "2026-04-04 08:00", AWARE, asked, told, again)["intermediate"].state is State.OPEN


def test_rows_of_a_part_bind_who_says_that_they_belong_to_it():
    assert "cer-initial" not in rows("eu-nis2", "2026-03-28 00:00", AWARE)
    part = Noted(Kind.AWARE, "critical entities", AWARE.at)
    assert rows("eu-nis2", "2026-03-28 00:00", part)["cer-initial"].due.until == at("2026-03-28 22:30")


def test_a_contractor_has_promptly_and_three_days_and_no_clock_on_a_person():
    found = rows("us-nispom", "2026-03-28 00:00", AWARE, zone="America/New_York")
    assert found["report-fbi"].state is State.OPEN
    assert found["covered-cyber-incident"].due.until == at("2026-03-30 22:30")
    assert found["loss-final"].state is State.WAITING
    ended = Noted(Kind.ENDED, "", at("2026-04-20 12:00"))
    assert rows("us-nispom", "2026-04-21 00:00", AWARE, ended)["loss-final"].state is State.OPEN
    # The yearly look at the programme runs in no case.
    assert "self-inspection" not in found
    assert {one.clock.owner for one in found.values()} == {"organisation"}


def test_what_was_done_late_stays_late():
    late = Noted(Kind.DONE, "early-warning", at("2026-03-28 22:31"))
    found = rows("eu-nis2", "2026-03-29 08:00", AWARE, late)["early-warning"]
    assert (found.state, found.in_time) == (State.DONE, False)

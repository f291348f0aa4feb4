"""Every clock with a number of every profile that we ship, on days that were counted by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from fairline.profiles.calendars import calendar_of
from fairline.profiles.deadlines import Period, Place, Unit, due
from fairline.profiles.law_checks import read_law, shipped_law
from fairline.profiles.laws import Law
from fairline.profiles.shipped import shipped, shipped_names

BERLIN, PARIS, ROME, MADRID, DUBLIN, BRUSSELS = (
    ZoneInfo(f"Europe/{city}") for city in ("Berlin", "Paris", "Rome", "Madrid", "Dublin", "Brussels")
)
SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
ZONES = {
    "eu-2019-1937": BRUSSELS, "eu-2019-1937-de": BERLIN, "eu-2019-1937-fr": PARIS, "eu-2019-1937-it": ROME,
    "eu-2019-1937-es": MADRID, "eu-2019-1937-ie": DUBLIN, "prc-cel-2023": SHANGHAI, "eu-nis2": BRUSSELS,
    "us-nispom": NEW_YORK, "research-security": BRUSSELS, "generic": BRUSSELS,
}  # fmt: skip


def place_of(law: Law) -> Place:
    days = law.days
    return Place(ZONES[law.id], calendar_of(days.country, days.subdivision, days.free, days.working), days.roll)


# Profile, clock, day on which it begins, last day before free days move it, last day.
COUNTED = [
    # The directive names no country: week-ends alone are free, and what ends on one runs to Monday.
    ("eu-2019-1937", "acknowledge-internal", "2026-03-02", "2026-03-09", "2026-03-09"),
    ("eu-2019-1937", "acknowledge-external", "2026-03-07", "2026-03-14", "2026-03-16"),
    ("eu-2019-1937", "feedback-internal", "2026-11-30", "2027-02-28", "2027-03-01"),
    ("eu-2019-1937", "feedback-external", "2027-11-30", "2028-02-29", "2028-02-29"),
    ("eu-2019-1937", "first-read", "2026-03-06", "2026-03-10", "2026-03-10"),
    ("eu-2019-1937", "concerned-notice", "2026-01-31", "2026-03-02", "2026-03-02"),
    ("eu-2019-1937", "concerned-answer", "2026-01-31", "2026-02-28", "2026-03-02"),
    ("eu-2019-1937", "procedure-review", "2024-02-29", "2027-02-28", "2027-03-01"),
    ("eu-2019-1937", "statistics", "2026-12-31", "2027-12-31", "2027-12-31"),
    # Christmas Eve 2026 is a Thursday; 31 December is worked in Germany, 1 January is free, then a week-end.
    ("eu-2019-1937-de", "acknowledge-internal", "2026-12-24", "2026-12-31", "2026-12-31"),
    ("eu-2019-1937-de", "acknowledge-external", "2026-12-25", "2027-01-01", "2027-01-04"),
    # Three months from 3 July 2026 end on the Day of German Unity, a Saturday.
    ("eu-2019-1937-de", "feedback-internal", "2026-07-03", "2026-10-03", "2026-10-05"),
    ("eu-2019-1937-de", "first-read", "2026-12-24", "2026-12-29", "2026-12-29"),
    # 14 July 2026, a Tuesday, is free in France alone; 7 July + 7 days.
    ("eu-2019-1937-fr", "acknowledge-internal", "2026-07-07", "2026-07-14", "2026-07-15"),
    ("eu-2019-1937-de", "acknowledge-internal", "2026-07-07", "2026-07-14", "2026-07-14"),
    ("eu-2019-1937-fr", "first-read", "2026-07-13", "2026-07-16", "2026-07-16"),
    # 15 August 2025 is a Friday, and free in Italy and Spain.
    ("eu-2019-1937-it", "acknowledge-internal", "2025-08-08", "2025-08-15", "2025-08-18"),
    ("eu-2019-1937-it", "feedback-internal", "2026-01-25", "2026-04-25", "2026-04-27"),
    ("eu-2019-1937-it", "first-read", "2025-08-14", "2025-08-19", "2025-08-19"),
    ("eu-2019-1937-es", "acknowledge-internal", "2025-08-08", "2025-08-15", "2025-08-18"),
    # 12 October 2026 is Spain's national day, a Monday: 12 July + 3 months.
    ("eu-2019-1937-es", "feedback-internal", "2026-07-12", "2026-10-12", "2026-10-13"),
    # Saint Patrick's Day 2026 is a Tuesday.
    ("eu-2019-1937-ie", "acknowledge-internal", "2026-03-10", "2026-03-17", "2026-03-18"),
    ("eu-2019-1937-ie", "further-feedback", "2026-11-30", "2027-02-28", "2027-03-01"),
    # China: nothing of it is moved by free days, and working days follow the decreed make-up days. The National Day
    # week of 2025 is free from 1 to 8 October; Sunday 28 September and Saturday 11 October are worked.
    ("prc-cel-2023", "acknowledge", "2025-09-26", "2025-10-03", "2025-10-03"),
    ("prc-cel-2023", "feedback", "2025-07-31", "2025-10-31", "2025-10-31"),
    ("prc-cel-2023", "first-read", "2025-09-30", "2025-10-10", "2025-10-10"),
    ("prc-cel-2023", "concerned-notice", "2026-01-31", "2026-03-02", "2026-03-02"),
    # From 15 September 2025 on: 16 to 19, 22 to 26, 28 to 30 September are twelve worked days, 9 to 11 October are
    # three more, and each week after that has five: the thirtieth is Friday 31 October.
    ("prc-cel-2023", "reward-start", "2025-09-15", "2025-10-31", "2025-10-31"),
    # 28, 29 and 30 September, then 9, 10, 11 and 13 to 16 October.
    ("prc-cel-2023", "reward-notice", "2025-09-26", "2025-10-16", "2025-10-16"),
    ("prc-cel-2023", "reward-collect", "2025-08-31", "2026-02-28", "2026-02-28"),
    # A notifier's hours run through feasts and nights; the month ends with its last day.
    ("eu-nis2", "final", "2026-01-31", "2026-02-28", "2026-02-28"),
    ("eu-nis2", "cer-detailed", "2027-12-31", "2028-01-31", "2028-01-31"),
    ("us-nispom", "self-inspection", "2024-02-29", "2025-02-28", "2025-02-28"),
    ("research-security", "acknowledge", "2026-05-01", "2026-05-08", "2026-05-08"),
    ("research-security", "feedback", "2026-08-31", "2026-11-30", "2026-11-30"),
    ("research-security", "first-read", "2026-05-01", "2026-05-05", "2026-05-05"),
    ("research-security", "risk-review", "2028-02-29", "2029-02-28", "2029-02-28"),
    ("generic", "acknowledge", "2026-12-24", "2026-12-31", "2026-12-31"),
    ("generic", "feedback", "2027-11-30", "2028-02-29", "2028-02-29"),
    ("generic", "first-read", "2026-12-24", "2026-12-28", "2026-12-28"),
    ("generic", "concerned-answer", "2026-03-31", "2026-04-30", "2026-04-30"),
    ("generic", "statistics", "2026-12-31", "2027-03-31", "2027-03-31"),
]


@pytest.mark.parametrize(("name", "clock", "begins", "target", "day"), COUNTED)
def test_each_is_due_on_the_day_that_was_counted(name: str, clock: str, begins: str, target: str, day: str) -> None:
    law = shipped_law(name)
    period = law.clocks[clock].period
    assert period is not None
    # Any moment of the day gives the same: late in the evening the day is another one in UTC, west of it.
    for hour in ("00:00", "12:00", "23:59"):
        start = datetime.fromisoformat(f"{begins}T{hour}").replace(tzinfo=ZONES[name]).astimezone(UTC)
        found = due(start, period, place_of(law))
        assert found is not None
        assert (found.target.isoformat(), found.day.isoformat()) == (target, day)


HOURS = [
    # The night of 28 to 29 March 2026 has an hour less in Brussels, that of 24 to 25 October one more.
    ("eu-nis2", "early-warning", "2026-03-28T12:00", "2026-03-29T13:00"),
    ("eu-nis2", "notification", "2026-10-23T12:00", "2026-10-26T11:00"),
    ("eu-nis2", "authority-reply", "2025-12-24T18:00", "2025-12-25T18:00"),
    ("eu-nis2", "cer-initial", "2027-02-28T23:30", "2027-03-01T23:30"),
    ("eu-nis2", "notification-trust-services", "2028-02-28T23:30", "2028-02-29T23:30"),
    # In New York clocks are put back in the night to 1 November 2026.
    ("us-nispom", "covered-cyber-incident", "2026-10-30T09:00", "2026-11-02T08:00"),
]


@pytest.mark.parametrize(("name", "clock", "begins", "ends"), HOURS)
def test_hours_are_counted_through_nights_in_which_clocks_are_moved(
    name: str, clock: str, begins: str, ends: str
) -> None:
    law, zone = shipped_law(name), ZONES[name]
    period = law.clocks[clock].period
    assert period is not None
    found = due(datetime.fromisoformat(begins).replace(tzinfo=zone).astimezone(UTC), period, place_of(law))
    assert found is not None
    assert found.until == datetime.fromisoformat(ends).replace(tzinfo=zone).astimezone(UTC)


def test_every_profile_stands_in_the_tables() -> None:
    assert {row[0] for row in (*COUNTED, *HOURS)} == set(shipped_names())


def test_a_longer_time_with_a_reason_is_counted_from_the_same_day() -> None:
    for name, clock, begins, day in [
        ("eu-2019-1937", "feedback-external", "2026-08-31", "2027-03-01"),
        ("eu-2019-1937-es", "feedback-internal", "2026-07-12", "2027-01-12"),
        ("prc-cel-2023", "reward-collect", "2024-02-29", "2027-02-28"),
        ("generic", "feedback", "2026-08-31", "2027-02-28"),
    ]:
        law = shipped_law(name)
        period = law.clocks[clock].extended
        assert period is not None
        found = due(datetime.fromisoformat(f"{begins}T12:00").replace(tzinfo=UTC), period, place_of(law))
        assert found is not None
        assert found.day.isoformat() == day


def test_a_law_that_changes_on_the_tenth_of_thirty_days_leaves_begun_clocks_alone() -> None:
    # Thirty days to tell the person concerned until 10 June 2026, twenty from the eleventh on.
    generic = shipped("generic") or ""
    row = generic[generic.index('[[clocks]]\nid = "concerned-notice"') :].partition("\n[[")[0]
    older = row.replace('status = "own"', 'status = "own"\nuntil = 2026-06-10')
    newer = row.replace('id = "concerned-notice"', 'id = "quicker"').replace("limit = 30", "limit = 20")
    newer = newer.replace('status = "own"', 'status = "own"\neffective_from = 2026-06-11')
    law = read_law(generic.replace(row, f"{older}\n\n{newer}"))
    action = law.clocks["concerned-notice"].action
    periods = {}
    for begins in ("2026-06-01", "2026-06-10", "2026-06-11"):
        start = datetime.fromisoformat(f"{begins}T12:00").replace(tzinfo=UTC)
        [clock] = law.clocks_of(action, start.date())
        assert clock.period is not None
        found = due(start, clock.period, Place(BRUSSELS, calendar_of("")))
        assert found is not None
        periods[begins] = (clock.period, found.day.isoformat())
    assert periods == {
        "2026-06-01": (Period(30, Unit.DAY), "2026-07-01"),
        "2026-06-10": (Period(30, Unit.DAY), "2026-07-10"),
        "2026-06-11": (Period(20, Unit.DAY), "2026-07-01"),
    }

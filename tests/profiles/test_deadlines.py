"""When periods end: against dates checked by hand, and against other people's libraries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st
from workalendar.asia import China
from workalendar.europe import France, Germany, Ireland, Italy, Spain

from fairline.profiles.calendars import calendar_of
from fairline.profiles.deadlines import Due, Pause, Period, Place, Roll, Unit, due, end_of

BRUSSELS, SHANGHAI, NEW_YORK = ZoneInfo("Europe/Brussels"), ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
BEIRUT = ZoneInfo("Asia/Beirut")


def at(text: str, zone: ZoneInfo = BRUSSELS) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def ends(start: str, period: tuple[int, str], zone: ZoneInfo = BRUSSELS, country: str = "", roll: str = "none") -> Due:
    place = Place(zone, calendar_of(country), Roll(roll))
    found = due(at(start, zone), Period(period[0], Unit(period[1])), place)
    assert found is not None
    return found


# Each row was counted by hand on a calendar; the fourth column is the day before any roll.
HAND_CHECKED = [
    # The day of the event is not counted (Regulation 1182/71 article 3(1)).
    ("2026-03-02T09:00", (7, "cd"), {}, "2026-03-09", "2026-03-09"),
    ("2026-03-02T23:59", (7, "cd"), {}, "2026-03-09", "2026-03-09"),
    ("2026-03-03T00:00", (7, "cd"), {}, "2026-03-10", "2026-03-10"),
    # Seven days from Friday 19 December 2025 end on 26 December, St Stephen's Day: free in Germany, then a week-end.
    ("2025-12-19T10:00", (7, "cd"), {"country": "DE", "roll": "next_working_day"}, "2025-12-26", "2025-12-29"),
    ("2025-12-19T10:00", (7, "cd"), {"country": "DE"}, "2025-12-26", "2025-12-26"),
    # In Spain 26 December is worked outside Catalonia.
    ("2025-12-19T10:00", (7, "cd"), {"country": "ES", "roll": "next_working_day"}, "2025-12-26", "2025-12-26"),
    # Good Friday and Easter Monday 2026: 3 and 6 April.
    ("2026-03-27T12:00", (7, "cd"), {"country": "DE", "roll": "next_working_day"}, "2026-04-03", "2026-04-07"),
    # Months end with the day of the same number, or the last one that there is (article 3(2)(c)).
    ("2026-01-31T08:00", (1, "m"), {}, "2026-02-28", "2026-02-28"),
    ("2028-01-31T08:00", (1, "m"), {}, "2028-02-29", "2028-02-29"),
    ("2026-11-30T08:00", (3, "m"), {}, "2027-02-28", "2027-02-28"),
    ("2026-03-31T08:00", (3, "m"), {}, "2026-06-30", "2026-06-30"),
    ("2026-12-15T08:00", (3, "m"), {}, "2027-03-15", "2027-03-15"),
    ("2028-02-29T08:00", (1, "y"), {}, "2029-02-28", "2029-02-28"),
    ("2026-02-28T08:00", (2, "y"), {}, "2028-02-28", "2028-02-28"),
    ("2026-02-28T08:00", (3, "m"), {"country": "FR", "roll": "next_working_day"}, "2026-05-28", "2026-05-28"),
    # 14 February + 3 months = 14 May 2026, Ascension Day: free in France, the Friday after is worked.
    ("2026-02-14T08:00", (3, "m"), {"country": "FR", "roll": "next_working_day"}, "2026-05-14", "2026-05-15"),
    # Working days in China with the National Day week 2025: 1 to 8 October free, Saturday 11 October and Sunday
    # 28 September worked.
    ("2025-09-26T09:00", (1, "wd"), {"country": "CN"}, "2025-09-28", "2025-09-28"),
    ("2025-09-30T09:00", (1, "wd"), {"country": "CN"}, "2025-10-09", "2025-10-09"),
    ("2025-09-30T09:00", (3, "wd"), {"country": "CN"}, "2025-10-11", "2025-10-11"),
    ("2025-09-30T09:00", (4, "wd"), {"country": "CN"}, "2025-10-13", "2025-10-13"),
    # Spring Festival 2026: free from 16 to 23 February (15 is a Sunday), Saturdays 14 and 28 February worked.
    ("2026-02-13T09:00", (2, "wd"), {"country": "CN"}, "2026-02-24", "2026-02-24"),
    ("2026-02-13T09:00", (10, "wd"), {"country": "CN"}, "2026-03-05", "2026-03-05"),
    # No calendar: week-ends alone.
    ("2026-05-01T09:00", (10, "wd"), {}, "2026-05-15", "2026-05-15"),
]


@pytest.mark.parametrize(("start", "period", "where", "target", "day"), HAND_CHECKED)
def test_hand_checked(start: str, period: tuple[int, str], where: dict[str, str], target: str, day: str) -> None:
    zone = SHANGHAI if where.get("country") == "CN" else BRUSSELS
    found = ends(start, period, zone, **where)
    assert (found.target.isoformat(), found.day.isoformat()) == (target, day)


def test_hours_run_through_the_night_the_summer_time_and_the_feast() -> None:
    # 28 March 2026, 12:00, and clocks go forward in the night: 24 hours end at 13:00 of the wall clock.
    found = ends("2026-03-28T12:00", (24, "h"), country="DE", roll="next_working_day")
    assert found.until == at("2026-03-29T13:00")
    assert ends("2026-10-24T12:00", (24, "h")).until == at("2026-10-25T11:00")
    assert ends("2025-12-24T18:00", (72, "h"), country="DE", roll="next_working_day").until == at("2025-12-27T18:00")


def test_the_last_day_counts_to_its_end_where_the_office_is() -> None:
    assert ends("2026-03-02T09:00", (7, "cd"), NEW_YORK).until == at("2026-03-10T00:00", NEW_YORK)
    assert ends("2026-10-22T09:00", (3, "cd")).until - at("2026-10-25T00:00") == timedelta(hours=25)


def test_a_day_whose_midnight_the_clocks_leave_out_ends_when_it_does() -> None:
    # In Beirut clocks go from 00:00 to 01:00 on 29 March 2026: 28 March ends at that moment.
    assert end_of(date(2026, 3, 28), BEIRUT) == datetime(2026, 3, 28, 22, tzinfo=UTC)


def test_the_same_moment_is_another_day_elsewhere() -> None:
    moment = datetime(2026, 3, 2, 20, tzinfo=UTC)
    week = Period(7, Unit.DAY)
    days = [due(moment, week, Place(zone, calendar_of(""))) for zone in (NEW_YORK, SHANGHAI)]
    assert [one.day.isoformat() for one in days if one] == ["2026-03-09", "2026-03-10"]


def test_a_pause_makes_it_longer_and_an_open_one_ends_nowhere() -> None:
    start, place = at("2026-03-02T09:00"), Place(BRUSSELS, calendar_of(""))
    pause = Pause(at("2026-03-04T10:00"), at("2026-03-09T10:00"))
    assert due(start, Period(7, Unit.DAY), place, [Pause(at("2026-03-04T10:00"))]) is None
    lengthened = {unit: due(start, Period(7, Unit(unit)), place, [pause]) for unit in ("h", "cd", "wd", "m")}
    assert lengthened["h"] is not None
    assert lengthened["h"].until == start + timedelta(days=5, hours=7)
    assert lengthened["cd"] is not None
    assert lengthened["cd"].day == date(2026, 3, 14)
    assert lengthened["wd"] is not None
    assert lengthened["wd"].day == date(2026, 3, 16)
    assert lengthened["m"] is not None
    assert lengthened["m"].day == date(2026, 10, 7)


@pytest.mark.parametrize("pause", [Pause(at("2026-03-05T10:00"), at("2026-03-04T10:00"))])
def test_what_makes_no_sense_is_refused(pause: Pause) -> None:
    place = Place(BRUSSELS, calendar_of(""))
    with pytest.raises(ValueError, match="pause"):
        due(at("2026-03-02T09:00"), Period(7, Unit.DAY), place, [pause])
    with pytest.raises(ValueError, match="moment"):
        due(datetime(2026, 3, 2, 9), Period(7, Unit.DAY), place)  # noqa: DTZ001 - what is refused
    with pytest.raises(LookupError):
        calendar_of("ZZ")


def test_an_office_adds_days_that_nobody_had_published() -> None:
    calendar = calendar_of("DE", "", frozenset({date(2026, 3, 3)}), frozenset({date(2026, 3, 7)}))
    days = [calendar.after(date(2026, 3, 2), n) for n in (1, 2, 3, 4, 5)]
    assert [day.day for day in days] == [4, 5, 6, 7, 9]


pytestmark = pytest.mark.filterwarnings("ignore:.*toSolarDate.*", "ignore:Support years.*")

DAYS = st.dates(date(2005, 1, 1), date(2040, 12, 31))


@given(DAYS, st.integers(1, 120), st.sampled_from(["cd", "m", "y"]))
def test_days_months_and_years_as_dateutil_counts_them(day: date, amount: int, unit: str) -> None:
    start = datetime(day.year, day.month, day.day, 12, tzinfo=BRUSSELS)
    name = {"cd": "days", "m": "months", "y": "years"}[unit]
    found = due(start, Period(amount, Unit(unit)), Place(BRUSSELS, calendar_of("")))
    assert found is not None
    assert found.day == day + relativedelta(**{name: amount})  # type: ignore[arg-type]


# The years that both libraries know; China's make-up days are decreed each autumn for the year after.
COUNTRIES = {"DE": Germany, "FR": France, "IT": Italy, "IE": Ireland}


@given(st.dates(date(2015, 1, 1), date(2030, 6, 30)), st.integers(1, 60), st.sampled_from(sorted(COUNTRIES)))
def test_working_days_as_workalendar_counts_them(day: date, amount: int, country: str) -> None:
    theirs = COUNTRIES[country]()
    ours = calendar_of(country)
    expected = theirs.add_working_days(day, amount)
    span = [day + timedelta(days=n) for n in range((expected - day).days + 3)]
    unlike = [one for one in span if ours.is_working(one) != theirs.is_working_day(one)]
    # Where the two publish another holiday, neither is an oracle for the other.
    if not unlike:
        assert ours.after(day, amount) == expected


@given(st.dates(date(2018, 1, 1), date(2023, 10, 1)), st.integers(1, 30))
def test_working_days_in_china_with_their_make_up_days(day: date, amount: int) -> None:
    theirs, ours = China(), calendar_of("CN")
    expected = theirs.add_working_days(day, amount)
    span = [day + timedelta(days=n) for n in range((expected - day).days + 1)]
    if all(ours.is_working(one) == theirs.is_working_day(one) for one in span):
        assert ours.after(day, amount) == expected


FURTHER = {"ES": Spain(), "CN": China()}


def test_the_two_libraries_agree_on_nearly_every_day() -> None:
    # Without this the two tests above could pass by never comparing.
    unlike = {
        country: sum(
            calendar_of(country).is_working(day) != theirs.is_working_day(day)
            for day in (date(2019, 1, 1) + timedelta(days=n) for n in range(1500))
        )
        for country, theirs in {**{name: made() for name, made in COUNTRIES.items()}, **FURTHER}.items()
    }
    assert max(unlike.values()) <= 15, unlike


@given(DAYS, st.integers(1, 400), st.sampled_from(["cd", "wd", "m"]))
def test_later_starts_never_end_earlier_and_rolling_never_shortens(day: date, amount: int, unit: str) -> None:
    place = Place(BRUSSELS, calendar_of("DE"), Roll.NEXT_WORKING_DAY)
    begun = [datetime(one.year, one.month, one.day, 12, tzinfo=UTC) for one in (day, day + timedelta(days=1))]
    first, second = (due(one, Period(amount, Unit(unit)), place) for one in begun)
    assert first is not None
    assert second is not None
    assert first.until <= second.until
    assert first.target <= first.day
    assert place.calendar.is_working(first.day)

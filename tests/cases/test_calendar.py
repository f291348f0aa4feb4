"""A calendar program is told on which days something is due, and nothing else; its member can take that back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from cases.desk import Door, Someone
from factories.offices import NOW, founded
from fairline.cases import services
from fairline.core import clock
from fairline.line import services as line
from fairline.line.models import Thread
from fairline.offices.models import CalendarKey, Desk, RosterEntry
from fairline.offices.services import calendar_keys
from fairline.seal.primitives import b64, unb64
from support.line import TODAY, Line, Sender

pytestmark = pytest.mark.django_db


class Stand:
    """A desk with one report, its lead, and the lead's calendar program."""

    def __init__(self, client, monkeypatch) -> None:
        self.maker, self.client, self.patch = founded(), client, monkeypatch
        Desk.objects.filter(id=self.maker.desk).update(open=True)
        self.roles = (f"lead@{b64(self.maker.desk)}",)
        self.works(self.roles)
        self.lead = Someone(self.maker.id, self.roles, self.maker.first.id)
        self.door = Door(client, self.maker.id)
        self.desk = f"desks/{b64(self.maker.desk)}/calendar"
        self.today = TODAY
        monkeypatch.setattr(clock, "today", lambda _zone: self.today)
        self.sender = self.arrives()

    def works(self, roles: tuple[str, ...]) -> None:
        RosterEntry.objects.filter(office=self.maker.id, member=self.maker.first.id).update(roles=list(roles))

    def arrives(self) -> Sender:
        at = Line(self.maker.id, self.maker.desk)
        sender = Sender(at)
        line.drop(at.office, sender.drop(), TODAY)
        return sender

    def made(self) -> str:
        answer = self.door.post(self.lead, self.desk, {})
        assert answer.status_code == 200
        secret: str = answer.json()["secret"]
        return secret

    def asked(self, secret: str, lang: str = "en", office: bytes = b""):
        return self.client.get(f"/at/{b64(office or self.maker.id)}/due/{secret}.ics?lang={lang}")

    def events(self, secret: str, lang: str = "en") -> dict[date, str]:
        answer = self.asked(secret, lang)
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        found = Calendar.from_ical(answer.content)
        return {one.decoded("dtstart"): str(one["summary"]) for one in found.walk("VEVENT")}


@pytest.fixture
def stand(office_client, monkeypatch, settings) -> Stand:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "cases.desk.signed_in"]
    return Stand(office_client, monkeypatch)


READ_BY, ANSWERED_BY = TODAY + timedelta(days=2), date(2027, 2, 23)
DUE = "Something is due. Please look at your workbench."
LATE = "Something is late. Please look at your workbench."


def test_it_says_on_which_days_something_is_due(stand: Stand) -> None:
    # Monday 23 November 2026: two working days, and three months.
    assert stand.events(stand.made()) == {READ_BY: DUE, ANSWERED_BY: DUE}


def test_what_is_late_stands_on_each_new_day_until_it_is_done(stand: Stand) -> None:
    secret = stand.made()
    for later in (3, 4):
        stand.today = TODAY + timedelta(days=later)
        assert stand.events(secret) == {stand.today: LATE, ANSWERED_BY: DUE}
    services.declare(stand.lead, stand.sender.id, "none", NOW)
    services.mark_read(stand.lead, stand.sender.id, "r", 0, NOW)
    assert stand.events(secret) == {ANSWERED_BY: DUE}


def test_no_number_desk_report_or_clock_is_in_it(stand: Stand) -> None:
    secret = stand.made()
    one = stand.asked(secret).content
    for _ in range(5):
        stand.arrives()
    assert stand.asked(secret).content == one
    desk = Desk.objects.get(id=stand.maker.desk)
    for told in (b64(stand.sender.id), b64(desk.id), b64(stand.maker.id), b64(stand.maker.first.id), secret,
                 *desk.names.values(), stand.maker.first.name):  # fmt: skip
        assert told.encode() not in one
    assert b"VALARM" not in one
    assert b"URL" not in one


def test_days_of_two_calendars_have_nothing_in_common_but_the_day(stand: Stand) -> None:
    first = Calendar.from_ical(stand.asked(stand.made()).content)
    second = Calendar.from_ical(stand.asked(stand.made()).content)
    uids, others = ({str(one["uid"]) for one in calendar.walk("VEVENT")} for calendar in (first, second))
    assert len(uids) == len(others) == 2
    assert uids.isdisjoint(others)


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh-hans", "有事项到期。请查看您的工作台。"), ("ar", "هناك أمر مستحق. يُرجى الاطلاع على صفحة عملك.")],
)
def test_it_speaks_the_language_of_its_address(stand: Stand, lang: str, said: str) -> None:
    assert stand.events(stand.made(), lang)[READ_BY] == said


def test_a_new_address_ends_the_one_before_and_taking_back_ends_it_at_once(stand: Stand) -> None:
    before, secret = stand.made(), stand.made()
    assert (stand.asked(before).status_code, stand.asked(secret).status_code) == (404, 200)
    assert stand.door.get(stand.lead, "calendars").json()["calendars"] == {b64(stand.maker.desk): TODAY.isoformat()}
    answer = stand.door.post(stand.lead, f"{stand.desk}/withdrawal", {})
    assert answer.json()["calendars"] == {}
    assert stand.asked(secret).status_code == 404


def test_the_server_keeps_no_address(stand: Stand) -> None:
    secret = stand.made()
    [row] = CalendarKey.objects.all()
    assert unb64(secret) != row.hash
    assert secret not in stand.door.get(stand.lead, "calendars").content.decode()


def test_who_works_at_the_desk_no_more_is_told_nothing(stand: Stand) -> None:
    secret = stand.made()
    stand.works(("administrator",))
    assert stand.asked(secret).status_code == 404


def test_another_desk_is_not_there(stand: Stand) -> None:
    answer = stand.door.post(stand.lead, f"desks/{b64(bytes([9] * 16))}/calendar", {})
    assert answer.status_code == 404
    assert not CalendarKey.objects.exists()


def test_it_opens_nothing_in_another_office_and_no_session(stand: Stand) -> None:
    secret = stand.made()
    assert calendar_keys.opened(bytes([9] * 16), unb64(secret)) is None
    stand.client.cookies["fairline-office"] = secret
    assert stand.door.get(None, "calendars").status_code == 401


def test_reports_that_do_not_exist_for_the_member_are_not_counted(stand: Stand) -> None:
    secret = stand.made()
    Thread.objects.filter(id=stand.sender.id).update(status="case", generation=0)
    assert stand.events(secret) == {}
    Thread.objects.filter(id=stand.sender.id).update(status="arrived", generation=None)
    assert set(stand.events(secret)) == {READ_BY, ANSWERED_BY}
    services.declare(stand.lead, stand.sender.id, "aside", NOW)
    assert stand.events(secret) == {}

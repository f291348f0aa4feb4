"""What moves a clock, and that none is hidden: signed, with a reason, seen by who must see it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import RequestFactory

from factories.offices import NOW, Insider, Maker, founded
from factories.shipping import newer
from fairline.cases import boards, services, timekeeping
from fairline.cases.clocks import State, What
from fairline.cases.models import ClockEvent
from fairline.cases.views import clocks as views
from fairline.core import clock, panels
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.line import services as line
from fairline.line.models import Thread
from fairline.offices import queries as offices
from fairline.offices.models import AdoptedLaw, Desk, Office
from fairline.offices.services.confirming import Confirmation, confirm
from fairline.profiles.services import keep
from fairline.profiles.shipped import shipped
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import H, b64
from support.line import TODAY, Line, Sender, new_post

pytestmark = pytest.mark.django_db


def profile(law: dict[str, str] | None) -> bytes:
    said = {"v": 1, "kind": "profile", "acknowledge": {"days": 7}, "feedback": {"months": 3},
            "ways": {"letter": "Quay 1"}, "emergency": {"en": "Call 112."},
            "complaints": {"en": "The ombudsperson."}}  # fmt: skip
    return json.dumps(said | ({} if law is None else {"law": law})).encode()


@dataclass(frozen=True)
class Asking:
    """Who asks, as the sign-in knows them."""

    office: bytes
    id: bytes
    roles: tuple[str, ...]


class Stand:
    """A desk with one report, and its lead."""

    def __init__(self, maker: Maker) -> None:
        Desk.objects.filter(id=maker.desk).update(open=True)
        self.maker, self.line = maker, Line(maker.id, maker.desk)
        self.lead = self.member(maker.first, f"lead@{b64(maker.desk)}")
        self.sender = self.arrives()
        line.post(maker.id, new_post(self.sender, "o", 0, {"r": 0}), TODAY)

    def member(self, insider: Insider, *roles: str) -> Asking:
        return Asking(self.maker.id, insider.id, roles)

    def arrives(self) -> Sender:
        sender = Sender(self.line)
        line.drop(self.line.office, sender.drop(), TODAY)
        return sender

    def act(self, what: What, reason: str, subject: bytes = b""):
        named = H(f"feedback {reason}".encode())
        return self.maker.act(self.maker.first, f"{what} clock", subject or self.sender.id, after=named)

    def moves(self, what: What, reason: str, later: int = 0):
        today = TODAY + timedelta(days=later)
        act = self.act(what, reason)
        found = timekeeping.move(self.lead, self.sender.id, what, reason, act=act, now=NOW, today=today)
        return next(one for one in found if one.action == "feedback")


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Stand:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return Stand(founded())


def test_more_time_needs_a_reason_and_leaves_an_entry_in_the_record(stand: Stand) -> None:
    assert stand.moves(What.EXTENDED, "complex").extended
    recorded = parse_row(Row.objects.filter(office=stand.maker.id).latest("number").row).act()
    assert (recorded.act, recorded.subject, recorded.member) == (
        "extended clock", b64(stand.sender.id), stand.maker.first.id,
    )  # fmt: skip
    assert recorded.after == H(b"feedback complex")


@pytest.mark.parametrize("reason", ["", "because", "7"])
def test_without_a_reason_of_the_list_no_clock_is_moved(stand: Stand, reason: str) -> None:
    with pytest.raises(Problem) as refused:
        stand.moves(What.PAUSED, reason)
    assert (refused.value.status, refused.value.code) == (422, "reason")
    assert not ClockEvent.objects.exists()


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ((What.EXTENDED, "complex"), (What.EXTENDED, "expert")), ((What.PAUSED, "court"), (What.PAUSED, "court")),
        ((What.FEEDBACK, "0"), (What.FEEDBACK, "0")), ((What.FEEDBACK, "0"), (What.EXTENDED, "complex")),
        ((What.STOPPED, "asked"), (What.EXTENDED, "complex")),
    ],
)  # fmt: skip
def test_a_clock_is_moved_only_as_it_stands(stand: Stand, first, then) -> None:
    stand.moves(*first)
    with pytest.raises(Problem) as refused:
        stand.moves(*then)
    assert (refused.value.status, refused.value.code) == (409, "clock")


@pytest.mark.parametrize(
    ("what", "reason"), [(What.PAUSED, "waiting"), (What.EXTENDED, "complex"), (What.STOPPED, "asked")]
)
def test_a_late_clock_is_hidden_by_nothing(stand: Stand, what, reason) -> None:
    with pytest.raises(Problem) as refused:
        stand.moves(what, reason, later=200)
    assert refused.value.code == "clock"
    [late] = [row for row in boards.board(stand.maker.id, [stand.maker.desk], TODAY + timedelta(days=200))
              if row.standing.action == "feedback"]  # fmt: skip
    assert late.standing.state is State.LATE


@pytest.mark.parametrize("reason", ["complex", "expert", "translation"])
def test_nobody_is_left_without_an_answer_for_want_of_work(stand: Stand, reason: str) -> None:
    with pytest.raises(Problem) as refused:
        stand.moves(What.STOPPED, reason)
    assert refused.value.code == "reason"


@pytest.mark.parametrize("n", ["1", "7", "999999999", "9999999999"])
def test_an_answer_that_was_never_written_is_no_feedback(stand: Stand, n: str) -> None:
    with pytest.raises(Problem) as refused:
        stand.moves(What.FEEDBACK, n)
    assert refused.value.code == "reason"
    assert not ClockEvent.objects.exists()


def test_who_stepped_aside_is_told_no_day_of_it(stand: Stand) -> None:
    other = stand.arrives()
    services.declare(stand.lead, stand.sender.id, "aside", NOW)
    assert {row.thread for row in boards.board_of(stand.lead, TODAY)} == {other.id}
    assert {row.thread for row in boards.late_of(stand.lead, TODAY + timedelta(days=30))} == {other.id}


def test_what_was_signed_must_be_what_is_done(stand: Stand) -> None:
    act = stand.act(What.EXTENDED, "expert")
    with pytest.raises(Problem) as refused:
        timekeeping.move(stand.lead, stand.sender.id, What.EXTENDED, "complex", act=act, now=NOW, today=TODAY)
    assert (refused.value.status, refused.value.code) == (422, "act")
    assert not ClockEvent.objects.exists()


def test_the_board_names_what_is_due_first_and_forgets_what_is_met(stand: Stand) -> None:
    rows = boards.board(stand.maker.id, [stand.maker.desk], TODAY)
    assert [row.standing.action for row in rows] == ["read", "feedback"]
    services.declare(stand.lead, stand.sender.id, "none", NOW)
    services.mark_read(stand.lead, stand.sender.id, "r", 0, NOW)
    services.mark_read(stand.lead, stand.sender.id, "r", 0, NOW)
    assert [row.standing.action for row in boards.board(stand.maker.id, [stand.maker.desk], TODAY)] == ["feedback"]
    stand.moves(What.FEEDBACK, "0")
    assert boards.board(stand.maker.id, [stand.maker.desk], TODAY) == []


def test_a_page_is_shown_the_same_board_counted_whole_and_named_in_part(stand: Stand) -> None:
    many = [stand.sender, *(stand.arrives() for _ in range(6))]
    for k, one in enumerate(many):
        Thread.objects.filter(id=one.id).update(day=TODAY - timedelta(days=k % 3 * 40))
        if k % 2:
            services.declare(stand.lead, one.id, "none", NOW)
            services.mark_read(stand.lead, one.id, "r", 0, NOW)
    services.declare(stand.lead, many[2].id, "aside", NOW)
    later = TODAY + timedelta(days=20)
    for rows, shown in ((boards.board_of, boards.board_shown), (boards.late_of, boards.late_shown)):
        whole = rows(stand.lead, later)
        assert len(whole) > 3
        for most in (1, 3, len(whole), len(whole) + 1):
            found = shown(stand.lead, later, most)
            assert found.soonest == whole[:most]
            assert found.counts == Counter(row.standing.state for row in whole)


@pytest.mark.parametrize(
    ("roles", "sees"), [(("lead",), True), (("handler",), False), (("oversight",), True), (("administrator",), False)]
)
def test_what_is_late_is_seen_by_the_lead_and_by_oversight(stand: Stand, roles, sees, monkeypatch) -> None:
    monkeypatch.setattr(clock, "today", lambda _zone: TODAY + timedelta(days=30))
    request = RequestFactory().get("/")
    named = tuple(f"{role}@{b64(stand.maker.desk)}" if role in ("lead", "handler") else role for role in roles)
    request.member = stand.member(stand.maker.first, *named)  # type: ignore[attr-defined]
    told = json.loads(views.late(request, stand.maker.id).content)
    assert [row["action"] for row in told["clocks"]] == (["read"] if sees else [])
    assert told["counts"]["late"] == (1 if sees else 0)


def test_what_is_due_in_a_case_of_others_is_on_no_handlers_board_and_the_lead_sees_it_late(stand: Stand) -> None:
    Thread.objects.filter(id=stand.sender.id).update(status="case", generation=0)
    assert boards.board_of(stand.lead, TODAY) == []
    assert [row.thread for row in boards.board(stand.maker.id, [stand.maker.desk], TODAY)] == [stand.sender.id] * 2


def test_the_mailbox_is_told_and_by_the_machine(stand: Stand) -> None:
    services.declare(stand.lead, stand.sender.id, "none", NOW)
    services.mark_read(stand.lead, stand.sender.id, "r", 0, NOW)
    stand.moves(What.PAUSED, "waiting")
    said = panels.said(stand.maker.id, stand.sender.id)
    assert [(one.code, set(one.dates)) for one in said] == [
        ("acknowledged", {"received"}), ("read", {"day"}), ("paused-waiting", {"day"}),
    ]  # fmt: skip


def test_who_stepped_aside_moves_nothing(stand: Stand) -> None:
    services.declare(stand.lead, stand.sender.id, "aside", NOW)
    with pytest.raises(Problem) as refused:
        stand.moves(What.EXTENDED, "complex")
    assert refused.value.status == 404


def test_a_report_keeps_the_terms_of_the_day_on_which_it_came(stand: Stand, monkeypatch) -> None:
    """The desk adopts another law on the tenth day of thirty: what came before keeps its clock."""
    german, own = (keep(profile(law=law)) for law in ({"id": "eu-2019-1937-de"}, None))
    began = TODAY - timedelta(days=1)
    monkeypatch.setattr(
        offices, "profiles_of", lambda _office, _desk: [(began, german), (TODAY + timedelta(days=10), own)]
    )
    of = timekeeping.Desk(stand.maker.id, stand.maker.desk, "UTC")
    laws = [of.terms(TODAY + timedelta(days=day)).law.id for day in (0, 9, 10, 29)]
    assert laws == ["eu-2019-1937-de", "eu-2019-1937-de", "generic", "generic"]


def test_the_kinds_of_concern_are_those_of_the_law_of_the_day_on_which_it_came(stand: Stand, monkeypatch) -> None:
    chinese, german = (keep(profile(law={"id": law})) for law in ("prc-cel-2023", "eu-2019-1937-de"))
    began, later = TODAY - timedelta(days=1), TODAY + timedelta(days=10)
    monkeypatch.setattr(offices, "profiles_of", lambda _office, _desk: [(began, chinese), (later, german)])
    found = timekeeping.classes_of(stand.maker.id, stand.sender.id, later)
    assert found is not None
    law, named = found
    assert (law.id, {one.id for one, _by in named if one.tier == 2}) == ("prc-cel-2023", {"approach", "elicitation"})
    assert all(one.basis.is_law and by is None for one, by in named)
    assert timekeeping.classes_of(stand.maker.id, bytes(16), later) is None


def test_in_triage_a_kind_that_a_member_confirmed_says_so(stand: Stand, tmp_path, monkeypatch) -> None:
    chinese = keep(profile(law={"id": "prc-cel-2023"}))
    monkeypatch.setattr(offices, "profiles_of", lambda _office, _desk: [(TODAY - timedelta(days=1), chinese)])
    row = next(one for one in (shipped("prc-cel-2023") or "").split("\n\n") if 'id = "device"\ntier' in one)
    with newer(tmp_path, monkeypatch, "prc-cel-2023", (row, row.replace('"verified"', '"unverified"'))):
        AdoptedLaw.objects.create(
            office=stand.maker.id, number=99, law="prc-cel-2023", version=2, starts=NOW.date(), day=NOW.date()
        )
        new = Confirmation("prc-cel-2023", "class/device", "Art 4(5)", NOW.date())
        act = stand.maker.act(stand.maker.first, "confirm row", stand.maker.id, after=new.digest())
        confirm(Office.objects.get(id=stand.maker.id), stand.maker.first.row(), new, act, NOW)
        found = timekeeping.classes_of(stand.maker.id, stand.sender.id, TODAY)
    assert found is not None
    said = {one.id: by for one, by in found[1] if not one.basis.is_law}
    assert {name: by.source for name, by in said.items() if by is not None} == {"device": "Art 4(5)"}


def test_a_law_that_binds_organisations_is_no_desks(stand: Stand) -> None:
    for law in ({"id": "eu-nis2"}, {"id": "no-such"}, {"id": "generic", "applies": "nobody"}):
        with pytest.raises(MalformedError) as refused:
            keep(profile(law=law))
        assert refused.value.code == "profile-law"

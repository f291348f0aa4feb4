"""An auditor counts every figure again from the record, and sees where something was changed; and reads no case."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings as current
from django.test import override_settings

from cases.casework import NOW, TODAY, Office
from cases.letters import Letter
from cases.takings import Export, forget
from fairline.cases import closing, models
from fairline.cases.models import Counted
from fairline.core import clock
from fairline.core.jobs import Night
from fairline.core.published.models import PublicFile
from fairline.ledger.models import Row
from fairline.line.models import Thread
from fairline.offices import queries as offices
from fairline.oversight.auditing import audit
from fairline.oversight.models import MonthCounts
from fairline.oversight.nightly import publish_figures
from fairline.seal.primitives import b64
from support.snapshots import made_once

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime(2027, 1, 1, 1, tzinfo=UTC)
MONTH = f"{TODAY:%Y-%m}"


@made_once
def a_year() -> Office:
    made = Office.founded("ben")
    for _ in range(5):
        made.case().close(made.people[1])
    again = made.case()
    again.close(made.people[1])
    again.reopen(made.people[0])
    again.close(made.people[0], "resolved")
    made.case().close(made.people[1], test=True)
    publish_figures(Night(NEXT_YEAR))
    return made


@pytest.fixture
def office() -> Office:
    """Six closed cases, one of them reopened and closed again, and one test; the year is over."""
    return a_year()


def said(office: Office) -> list[tuple[str, str]]:
    there = offices.office(office.maker.id)
    assert there is not None
    found = audit(there, NEXT_YEAR.date())
    return [(one.place, one.sentence) for one in found.differences]


def test_every_figure_comes_out_and_tests_are_counted_by_who_signed_them(office: Office) -> None:
    there = offices.office(office.maker.id)
    assert there is not None
    found = audit(there, NEXT_YEAR.date())
    assert found.differences == ()
    assert (found.closings, dict(found.tests), found.deleted) == (8, {office.people[1].id: 1}, 0)
    assert found.files >= 6


def test_a_figure_that_was_changed_is_found(office: Office) -> None:
    file = PublicFile.objects.get(path="figures/closed/2026")
    file.body = file.body.replace(b'"total":7', b'"total":9')
    file.save()
    assert [place for place, _sentence in said(office)] == ["figures/closed/2026"] * 2


def test_a_count_that_was_left_out_or_added_is_found(office: Office) -> None:
    row = Counted.objects.filter(outcome="resolved").get()
    row.outcome = "unfounded"
    row.save()
    assert said(office) == [(MONTH, "The rows that are counted are not those of the record.")]
    row.delete()
    assert said(office) == [(MONTH, "The rows that are counted are not those of the record.")]


def test_a_closing_that_was_never_counted_is_found(office: Office) -> None:
    newest = next(row for row in Row.objects.order_by("-number") if b'\\"act\\":\\"counted\\"' in row.row)
    newest.delete()
    assert ("act" in place and "not counted" in sentence for place, sentence in said(office))
    assert {sentence for _place, sentence in said(office)} >= {
        "A closing was signed and not counted.", "The rows that are counted are not those of the record.",
    }  # fmt: skip


def test_a_mailbox_opened_for_somebody_is_closed_and_counted_nowhere(office: Office) -> None:
    lead, ben = office.people
    letter = Letter(office, ben, [lead, ben])
    letter.open()
    there = models.Case.objects.get(id=letter.id)
    how = {"outcome": "unfounded", "class": "other"}
    act = letter.signed(ben, "close", how, before=there.recipient, keys=there.keys)
    new = closing.Closing("unfounded", "other", letter.post("o", 3), act)
    closing.close(office.facts(ben), letter.id, new, TODAY, NOW)
    assert said(office) == []


def test_what_was_taken_in_of_an_exported_case_is_closed_and_counted_nowhere(office: Office) -> None:
    lead, ben = office.people
    lost = Export(office.case(), ben, [lead, ben])
    forget(lost.case)
    lost.sent().take_in()
    lost.close(ben)
    assert said(office) == []


def test_a_month_that_was_kept_otherwise_is_found(office: Office) -> None:
    kept = MonthCounts.objects.get(population="closed", month=TODAY.replace(day=1))
    kept.counts = kept.counts.replace(b'"unsubstantiated":6', b'"unsubstantiated":7')
    kept.save()
    assert (MONTH, "What was kept of this month is not what the record says.") in said(office)


def test_a_report_that_is_gone_is_told_and_one_too_many_is_a_difference(office: Office) -> None:
    first = Thread.objects.first()
    assert first is not None
    there = offices.office(office.maker.id)
    assert there is not None
    first.delete()
    found = audit(there, NEXT_YEAR.date())
    assert (found.deleted, found.differences) == (1, ())
    office.report()
    office.report()
    assert said(office) == [(MONTH, "More reports of this month are here than were counted.")]


@pytest.fixture
def door(office: Office, office_client: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Requests of a member with these roles and no others."""
    desk = importlib.import_module("cases.desk")
    monkeypatch.setattr(clock, "now", lambda: NOW)

    def ask(path: str, *roles: str) -> Any:
        monkeypatch.setattr(desk, "CURRENT", [desk.Someone(office.maker.id, roles)])
        return office_client.get(f"/api/at/{b64(office.maker.id)}/{path}")

    with override_settings(MIDDLEWARE=[*current.MIDDLEWARE, "cases.desk.signed_in"]):
        yield ask


def test_the_auditor_sees_clocks_acts_and_logs_and_no_id_of_any_case(office: Office, door: Any) -> None:
    waiting = office.report()
    answer = door("oversight", "auditor")
    assert answer.status_code == 200
    found = answer.json()
    assert {(one["action"], one["state"], one["count"]) for one in found["clocks"]} >= {("read", "running", 1)}
    assert {one["act"] for one in found["acts"]["keys"]} >= {"triage", "confirm triage", "sheet"}
    assert found["counts"]["close"] == 8
    assert [one["name"] for one in found["logs"]] == ["arrivals", "acts"]
    text = answer.content.decode()
    ids = [b64(bytes(one)) for one in Thread.objects.values_list("id", flat=True)]
    assert b64(waiting.id) in ids
    assert [one for one in ids if one in text] == []


def test_figures_come_as_csv_json_and_pdf(office: Office, door: Any) -> None:
    assert "Could not be substantiated" in door("oversight/figures.csv", "oversight").content.decode()
    sheets = door("oversight/figures/2026.json", "auditor").json()["sheets"]
    assert {one["population"] for one in sheets} >= {"arrivals", "closed", "asked-safe"}
    paper = door("oversight/figures/2026.pdf", "auditor")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")
    assert door("oversight/figures/1999.pdf", "auditor").status_code == 404
    assert door("oversight/figures", "auditor").json()["differences"] == []


@pytest.mark.parametrize("role", ["auditor", "oversight"])
def test_an_auditor_reads_no_case(office: Office, door: Any, role: str) -> None:
    thread = b64(office.report().id)
    for path in ("arrivals", f"threads/{thread}", f"threads/{thread}/clocks", "index", f"threads/{thread}/erasures"):
        assert door(path, role).status_code == 403, path


@pytest.mark.parametrize("role", ["handler", "lead", "administrator", "custodian"])
def test_nobody_else_has_the_auditors_page(door: Any, role: str) -> None:
    assert door("oversight", role).status_code == 403

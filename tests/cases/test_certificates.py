"""A certificate says who deleted what; how the case of others ended it says to nobody who was not of it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cases.casework import TODAY
from cases.deleters import Deleters, a_closed_case, refusal, set_aside
from factories.offices import Insider
from fairline.cases import certificates, deleting
from fairline.cases.models import DeletedThread, DeletionReader
from fairline.core.erasure import shred_due
from fairline.core.limits import BACKUP_DAYS, MAILBOX_AFTER_DAYS
from fairline.core.permissions import Member
from fairline.ledger.models import Row
from fairline.seal.jsontext import write
from fairline.seal.primitives import b64, unb64

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Deleters:
    return Deleters.founded(monkeypatch)


@pytest.fixture
def people(at: Deleters) -> list[Insider]:
    return at.office.people


def whole(at: Deleters, by: Insider | Member) -> list[dict[str, Any]]:
    member = at.office.facts(by) if isinstance(by, Insider) else by
    return [certificates.shown_to(member, row) for row in certificates.of(member)]


def test_the_certificate_names_people_days_hashes_and_entries_in_the_record(
    at: Deleters, people: list[Insider]
) -> None:
    lead, ben, _cleo = people
    case = a_closed_case(at)
    at.in_days(400)
    hashes = [one for named in deleting.named([case.id]) for one in named["erased"]]
    row = at.agrees(ben, at.asks(lead, case))
    [found] = whole(at, ben)
    assert found["erased"] == hashes
    assert found["unreadable"] == (at.day + timedelta(days=BACKUP_DAYS + 1)).isoformat()
    assert (found["asked"]["name"], found["agreed"]["name"]) == (lead.name, ben.name)
    for side in ("asked", "agreed"):
        [entry] = found[side]["entries"]
        assert Row.objects.filter(entry=unb64(entry)).exists()
    assert found["threads"] == [
        {"thread": b64(case.id), "kind": "closed", "outcome": "unsubstantiated", "since": TODAY.isoformat(),
         "due": DeletedThread.objects.get(deletion=row).due.isoformat()}
    ]  # fmt: skip


def test_who_was_not_of_the_case_learns_only_that_something_went_and_by_whom(
    at: Deleters, people: list[Insider]
) -> None:
    lead, ben, cleo = people
    case = a_closed_case(at, "unfounded")
    row = at.in_days(400) and at.agrees(ben, at.asks(lead, case))
    [found] = whole(at, cleo)
    assert found.keys() == {"id", "desk", "day", "unreadable", "asked", "agreed", "count", "unproven"}
    assert (found["day"], found["count"]) == (at.day.isoformat(), 1)
    assert found["asked"] == {"day": at.day.isoformat(), "member": b64(lead.id), "name": lead.name}
    assert found["agreed"].keys() == {"day", "member", "name"}
    told = write(found)
    entries = [unb64(one) for one in certificates.shown(row)["erased"]]
    assert b"unfounded" not in told
    assert not any(b64(one).encode() in told for one in [case.id, *entries])


def test_who_was_assigned_and_did_not_sign_reads_all_of_it_as_long_as_the_mailbox_says_so(
    at: Deleters, people: list[Insider]
) -> None:
    lead, ben, cleo = people
    case = at.office.report()
    case.declare(lead, ben, cleo)
    case.triage(lead, [lead, ben, cleo])
    case.confirm(ben)
    for one in (lead, ben):
        at.reads(one, case)
    case.close(ben, "unfounded")
    at.in_days(400)
    row = at.agrees(ben, at.asks(lead, case))
    [found] = whole(at, cleo)
    assert found == certificates.shown(row)
    shred_due(at.now + timedelta(days=MAILBOX_AFTER_DAYS + 2))
    assert [one.keys() >= {"count"} for one in whole(at, cleo)] == [True]
    assert not DeletionReader.objects.exists()


@pytest.mark.parametrize("role", ["auditor", "oversight"])
def test_who_checks_the_office_reads_every_certificate_whole(at: Deleters, people: list[Insider], role: str) -> None:
    lead, ben, cleo = people
    case = a_closed_case(at)
    at.in_days(400)
    at.agrees(ben, at.asks(lead, case))
    checks = replace(at.office.facts(cleo), id=secrets.token_bytes(16), roles=(role,))
    [found] = whole(at, checks)
    assert [one["outcome"] for one in found["threads"]] == ["unsubstantiated"]


def test_a_request_is_told_to_nobody_who_may_read_only_a_part_of_it(at: Deleters, people: list[Insider]) -> None:
    lead, ben, cleo = people
    other = at.office.report()
    report = set_aside(at, other)
    other.declare(ben, kind="aside")
    request = at.in_days(60).asks(lead, report, other)
    living = lambda by: [bytes(one.id) for one in deleting.living(at.office.facts(by), at.day)]  # noqa: E731
    assert living(cleo) == [request]
    assert living(lead) == [request]
    assert living(ben) == []
    assert refusal(lambda: at.agrees(ben, request)) == "no-thread"

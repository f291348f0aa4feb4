"""What a member took down for somebody comes in through the office door, to any open desk of their own office."""

from __future__ import annotations

import secrets

import pytest

from cases.desk import Someone, handler, second_desk
from fairline.line.models import Thread
from fairline.offices.models import Desk
from fairline.seal.primitives import b64
from support.line import Line, Sender, parcel

pytestmark = pytest.mark.django_db


def test_it_is_promised_without_arithmetic(door, at):
    answer = door.post(handler(at), "intake", sent(at))
    assert answer.status_code == 200
    assert answer.json()["promise"]["day"]
    assert Thread.objects.get().desk == at.desk


def test_the_same_again_is_one_report(door, at):
    body = sent(at)
    first, again = (door.post(handler(at), "intake", body).json() for _ in range(2))
    assert first == again
    assert Thread.objects.count() == 1


def test_it_goes_to_another_desk_as_the_person_wished(door, at):
    other = second_desk(at)
    assert door.post(handler(at), "intake", sent(other)).status_code == 200
    assert Thread.objects.get().desk == other.desk


def test_a_closed_desk_takes_none(door, at):
    Desk.objects.update(open=False)
    assert door.post(handler(at), "intake", sent(at)).json()["error"] == "closed"
    assert not Thread.objects.exists()


def test_no_ticket_opens_a_closed_desk_here(door, at):
    Desk.objects.update(open=False)
    assert door.post(handler(at), "intake", sent(at, ticket=b64(secrets.token_bytes(32)))).status_code == 400


@pytest.mark.parametrize("role", ["administrator", "custodian", "auditor", "oversight"])
def test_only_handlers_and_leads_take_reports_down(door, at, role):
    answer = door.post(Someone(at.office, (role,)), "intake", sent(at))
    assert answer.status_code == 403
    assert not Thread.objects.exists()


def test_members_of_other_offices_find_nothing(door, at):
    stranger = handler(Line().found())
    assert door.post(stranger, "intake", sent(at)).status_code in {403, 404}
    assert not Thread.objects.exists()


def sent(at, **more):
    """A drop as the workbench sends it: without arithmetic."""
    sender = Sender(at)
    head = {name: value for name, value in sender.head().items() if name != "work"}
    return parcel(head | more, sender.files)

"""Messages to the reporting person and notes for the desk."""

from __future__ import annotations

import pytest

from cases.desk import NOW, handler, report, second_desk
from fairline.cases import queries, services
from fairline.cases.models import Doing
from fairline.core.problems import Problem
from fairline.ledger.services import prepare_keys
from fairline.line.models import Post
from support.line import TODAY, new_post

pytestmark = pytest.mark.django_db


def ready(at):
    sender, member = report(at), handler(at)
    services.declare(member, sender.id, "none", NOW)
    return sender, member


def refusal(act) -> str:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.code


def test_a_message_to_the_reporting_person_is_promised(at):
    sender, member = ready(at)
    promise = services.post(member, new_post(sender, "o", 0, {"r": 0}), TODAY, NOW)
    assert promise is not None
    promise.check(prepare_keys(at.office).promise)


def test_a_note_is_kept_and_promised_nothing(at):
    sender, member = ready(at)
    assert services.post(member, new_post(sender, "i", 0, {"r": 0}), TODAY, NOW) is None
    assert Post.objects.filter(thread=sender.id, chain="i").count() == 1


def test_who_writes_has_read_what_was_there(at):
    sender, member = ready(at)
    services.post(member, new_post(sender, "o", 0, {"r": 0}), TODAY, NOW)
    assert [row.unread for row in queries.arrivals(member).rows] == [0]
    colleague = handler(at)
    assert [row.unread for row in queries.arrivals(colleague).rows] == [2]


def test_who_wrote_when_is_kept_once_however_often_it_is_sent(at):
    sender, member = ready(at)
    post = new_post(sender, "o", 0, {"r": 0})
    first = services.post(member, post, TODAY, NOW)
    assert services.post(member, post, TODAY, NOW) == first
    assert Doing.objects.filter(what="wrote", chain="o", n=0, member=member.id).count() == 1


def test_two_who_answer_at_once_do_not_overwrite_each_other(at):
    sender, member = ready(at)
    colleague = handler(at)
    services.declare(colleague, sender.id, "none", NOW)
    services.post(member, new_post(sender, "o", 0, {"r": 0}), TODAY, NOW)
    assert refusal(lambda: services.post(colleague, new_post(sender, "o", 0, {"r": 0}), TODAY, NOW)) == "taken"
    assert refusal(lambda: services.post(colleague, new_post(sender, "o", 1, {"r": 0}), TODAY, NOW)) == "heads"


def test_the_office_never_writes_in_the_reporting_persons_place(at):
    sender, member = ready(at)
    assert refusal(lambda: services.post(member, new_post(sender, "r", 1, {"r": 0}), TODAY, NOW)) == "chain"


def test_nobody_writes_before_the_declaration(at):
    sender = report(at)
    assert refusal(lambda: services.post(handler(at), new_post(sender, "i", 0, {"r": 0}), TODAY, NOW)) == "declare"
    assert not Post.objects.filter(chain="i").exists()


def test_nobody_writes_into_another_desks_report(at):
    sender, _member = ready(at)
    stranger = handler(second_desk(at))
    assert refusal(lambda: services.post(stranger, new_post(sender, "o", 0, {"r": 0}), TODAY, NOW)) == "no-thread"

"""Read marks, and what counts as unread."""

from __future__ import annotations

import pytest

from cases.desk import NOW, handler, report
from fairline.cases import queries, services
from fairline.cases.models import Doing
from fairline.core.problems import Problem
from fairline.line import services as line
from support.line import TODAY, new_post

pytestmark = pytest.mark.django_db


def unread(member) -> list[int]:
    return [row.unread for row in queries.arrivals(member).rows]


def test_a_new_report_is_unread_until_it_was_on_the_screen(at):
    sender, member = report(at), handler(at)
    assert unread(member) == [1]
    services.declare(member, sender.id, "none", NOW)
    assert unread(member) == [1]
    services.mark_read(member, sender.id, "r", 0, NOW)
    assert unread(member) == [0]


def test_what_a_colleague_has_read_stays_unread_for_others(at):
    sender, member, colleague = report(at), handler(at), handler(at)
    services.declare(member, sender.id, "none", NOW)
    services.mark_read(member, sender.id, "r", 0, NOW)
    assert unread(colleague) == [1]


def test_a_mark_never_goes_back(at):
    sender, member = report(at), handler(at)
    line.post(at.office, new_post(sender, "r", 1, {"r": 0}), TODAY)
    services.declare(member, sender.id, "none", NOW)
    services.mark_read(member, sender.id, "r", 1, NOW)
    services.mark_read(member, sender.id, "r", 0, NOW)
    assert unread(member) == [0]


def test_the_first_reading_is_kept_with_who_and_when(at):
    sender, member = report(at), handler(at)
    services.declare(member, sender.id, "none", NOW)
    services.mark_read(member, sender.id, "r", 0, NOW)
    services.mark_read(member, sender.id, "r", 0, NOW)
    assert Doing.objects.filter(what="read", member=member.id, at=NOW).count() == 1


@pytest.mark.parametrize(("chain", "n"), [("r", 1), ("o", 0), ("k", 0), ("r", -1)])
def test_a_mark_on_a_message_that_is_not_there_is_refused(at, chain, n):
    sender, member = report(at), handler(at)
    services.declare(member, sender.id, "none", NOW)
    with pytest.raises(Problem) as refused:
        services.mark_read(member, sender.id, chain, n, NOW)
    assert refused.value.code == "mark"


def test_a_mark_before_the_declaration_is_refused(at):
    sender = report(at)
    with pytest.raises(Problem) as refused:
        services.mark_read(handler(at), sender.id, "r", 0, NOW)
    assert refused.value.code == "declare"


def test_reports_of_one_day_stand_in_an_order_that_tells_nothing(at):
    later, earlier = report(at), report(at)
    member = handler(at)
    from_line = {row.line.id for row in queries.arrivals(member).rows}
    assert from_line == {later.id, earlier.id}
    assert [row.line.id for row in queries.arrivals(member).rows] == sorted(from_line, reverse=True)

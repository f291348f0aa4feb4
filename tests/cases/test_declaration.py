"""Nobody reads a first word before saying whether they know somebody in it."""

from __future__ import annotations

import pytest

from cases.desk import NOW, handler, report, second_desk
from fairline.cases import queries, services
from fairline.cases.models import Declaration, Doing
from fairline.core.problems import Problem
from support.line import Line

pytestmark = pytest.mark.django_db


def problem_of(act) -> tuple[int, str]:
    with pytest.raises(Problem) as refused:
        act()
    return refused.value.status, refused.value.code


def test_no_file_is_given_before_the_declaration(at):
    sender, member = report(at), handler(at)
    assert problem_of(lambda: queries.thread(member, sender.id)) == (409, "declare")
    services.declare(member, sender.id, "none", NOW)
    opened = queries.thread(member, sender.id)
    assert next(file.kind for file in opened.whole.files["r", 0]) == "office"


def test_a_declaration_counts_for_who_made_it_only(at):
    sender, member, colleague = report(at), handler(at), handler(at)
    services.declare(member, sender.id, "none", NOW)
    assert problem_of(lambda: queries.thread(colleague, sender.id)) == (409, "declare")


def test_who_steps_aside_finds_nothing_of_it_any_more(at):
    sender, member = report(at), handler(at)
    services.declare(member, sender.id, "none", NOW)
    services.declare(member, sender.id, "aside", NOW)
    assert problem_of(lambda: queries.thread(member, sender.id)) == (404, "no-thread")
    assert queries.arrivals(member).rows == []


def test_who_has_stepped_aside_cannot_declare_themselves_back(at):
    sender, member = report(at), handler(at)
    services.declare(member, sender.id, "aside", NOW)
    assert problem_of(lambda: services.declare(member, sender.id, "none", NOW)) == (404, "no-thread")
    assert Declaration.objects.get().kind == "aside"


def test_stepping_aside_leaves_colleagues_their_report(at):
    sender, member, colleague = report(at), handler(at), handler(at)
    services.declare(member, sender.id, "aside", NOW)
    assert [row.line.id for row in queries.arrivals(colleague).rows] == [sender.id]


def test_who_said_what_when_is_kept_and_colleagues_see_it(at):
    sender, member, colleague = report(at), handler(at), handler(at)
    services.declare(member, sender.id, "aside", NOW)
    services.declare(colleague, sender.id, "none", NOW)
    services.declare(colleague, sender.id, "none", NOW)
    seen = queries.thread(colleague, sender.id).doings
    assert {(row.member, row.what, row.at) for row in seen} == {
        (member.id, "aside", NOW), (colleague.id, "declared", NOW)
    }  # fmt: skip
    assert Doing.objects.count() == 2


def test_another_kind_of_declaration_is_refused(at):
    sender = report(at)
    assert problem_of(lambda: services.declare(handler(at), sender.id, "perhaps", NOW)) == (400, "declaration")


def test_a_declaration_on_another_desks_report_is_not_found(at):
    sender = report(second_desk(at))
    assert problem_of(lambda: services.declare(handler(at), sender.id, "none", NOW)) == (404, "no-thread")
    assert not Declaration.objects.exists()


def test_a_declaration_on_another_offices_report_is_not_found(at):
    sender = report(Line().found())
    assert problem_of(lambda: services.declare(handler(at), sender.id, "none", NOW)) == (404, "no-thread")

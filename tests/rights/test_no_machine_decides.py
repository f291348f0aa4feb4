"""Right 7: no machine decides. What runs by night or hands things over reaches no function by which a member acts."""

from __future__ import annotations

import ast
from collections import Counter
from datetime import timedelta
from functools import cache

import pytest

from cases.casework import NOW, Casework
from cases.deleters import Deleters, a_closed_case
from fairline.cases.models import Case, CaseKeys, CopyAnswer, Deletion, Hold, Slip
from fairline.core import nights
from fairline.core.jobs import in_order
from fairline.deciding.models import Panel
from fairline.ledger import batches
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.line.models import Thread
from fairline.protection.models import ProtectionFile
from fairline.referral.models import Referral
from rights import surface

Place = tuple[str, str]
"""A module of ours, and one of its functions or classes."""

COMMANDS = ("night", "deliver", "relay")
"""What the supervisor starts by itself; the first runs every room's nightly jobs and shredders."""
BY_A_MEMBER = {
    ("fairline.cases.assigning", "triage"), ("fairline.cases.assigning", "confirm"),
    ("fairline.cases.assigning", "refuse"), ("fairline.cases.assigning", "rekey"),
    ("fairline.cases.closing", "close"), ("fairline.cases.closing", "reopen"), ("fairline.cases.closing", "take_up"),
    ("fairline.cases.many", "set_aside"), ("fairline.cases.deleting", "ask"), ("fairline.cases.deleting", "agree"),
    ("fairline.cases.holding", "ask"), ("fairline.cases.holding", "agree"), ("fairline.cases.hearing_steps", "take"),
    ("fairline.cases.timekeeping", "move"), ("fairline.deciding.services", "vote"),
    ("fairline.deciding.services", "end"), ("fairline.protection.services", "protect"),
    ("fairline.referral.services", "refer"), ("fairline.requests.services", "approve"),
}  # fmt: skip
"""Some of those that are found below by what they ask for: a member, and what this member signed."""


@cache
def modules() -> dict[str, ast.Module]:
    found = {}
    for path in sorted(surface.SOURCE.rglob("*.py")):
        parts = ["fairline", *path.relative_to(surface.SOURCE).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = ast.parse(path.read_text("utf-8"))
    return found


@cache
def names_in(module: str) -> dict[str, tuple[str, str | None]]:
    """What each imported name of a module stands for: a module of ours, or something in one."""
    names: dict[str, tuple[str, str | None]] = {}
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.ImportFrom) and node.module in modules():
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                names[alias.asname or alias.name] = (whole, None) if whole in modules() else (node.module, alias.name)
    return names


@cache
def defined(module: str) -> dict[str, ast.AST]:
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name: node for node in modules()[module].body if isinstance(node, kinds)}


def named_in(module: str, node: ast.AST) -> set[Place]:
    """Each function or class of ours that a piece of a module names, called or handed on."""
    found: set[Place] = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            place = names_in(module).get(one.id, (module, one.id))
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            place = (names_in(module).get(one.value.id, ("", None))[0], one.attr)
        else:
            continue
        if place[1] is not None and place[0] in modules():
            found.add(_at_home(place[0], place[1]))
    return {place for place in found if place[1] in defined(place[0])}


def _at_home(module: str, name: str) -> Place:
    """Where something is defined that this module only hands on."""
    while name not in defined(module) and name in names_in(module):
        home, there = names_in(module)[name]
        if there is None or (home, there) == (module, name):
            break
        module, name = home, there
    return module, name


def reached(start: set[Place]) -> set[Place]:
    seen, waiting = set(), set(start)
    while waiting:
        place = waiting.pop()
        seen.add(place)
        waiting |= named_in(place[0], defined(place[0])[place[1]]) - seen
    return seen


def of_the_machine() -> set[Place]:
    """Where the machine begins: its commands, and all that a room registers for the night."""
    start = {(f"fairline.cli.{name}", "run") for name in COMMANDS}
    for name, module in modules().items():
        if name.rpartition(".")[2] in {"nightly", "erasure"}:
            start |= named_in(name, module) | {(name, one) for one in defined(name)}
    return start


def by_a_member() -> set[Place]:
    """The functions that take what a member signed, themselves or within what is handed to them."""
    carrying: set[Place] = {("fairline.offices.services.acts", "SignedAct"), ("fairline.offices.services.acts", "Deed")}
    classes = {
        (module, node.name): named_in(module, node)
        for module in modules()
        for node in defined(module).values()
        if isinstance(node, ast.ClassDef)
    }
    while more := {place for place, uses in classes.items() if uses & carrying} - carrying:
        carrying |= more
    return {
        (module, name)
        for module in modules()
        for name, node in defined(module).items()
        if isinstance(node, ast.FunctionDef) and _takes(module, node) & carrying
    }


def _takes(module: str, node: ast.FunctionDef) -> set[Place]:
    asked = [one.annotation for one in (*node.args.args, *node.args.kwonlyargs) if one.annotation]
    return {place for wanted in asked for place in named_in(module, wanted)}


def test_what_a_member_decides_is_found_by_what_they_sign():
    assert by_a_member() >= BY_A_MEMBER
    # The same search finds each of them from the pages of members: so it would find a machine's way to one.
    views = {(name, one) for name in modules() if ".views" in name or name.endswith(".views") for one in defined(name)}
    assert reached(views) >= BY_A_MEMBER


def test_nothing_that_runs_by_itself_reaches_what_a_member_decides():
    machine = reached(of_the_machine())
    assert machine >= {
        ("fairline.cases.assigning", "lapse"), ("fairline.oversight.figures", "publish_due"),
        ("fairline.referral.relaying", "deliver"), ("fairline.notify.delivery", "deliver"),
        ("fairline.core.erasure", "shred_due"),
    }  # fmt: skip
    assert sorted(machine & by_a_member()) == []


def acts() -> Counter[tuple[str, bool]]:
    """What stands in the record of acts: which act, and whether a member's."""
    read = (parse_row(bytes(row)).act() for row in Row.objects.filter(kind="act").values_list("row", flat=True))
    return Counter((one.act, one.member is not None) for one in read)


def office_in_every_state(monkeypatch: pytest.MonkeyPatch) -> tuple[Deleters, dict[str, Casework]]:
    """An office of three people, with a report or a case in each state, and with things asked for and not agreed to."""
    at = Deleters.founded(monkeypatch)
    lead, ben, cleo = at.office.people
    there = {"unread": at.office.report(), "read": at.office.report()}
    there["read"].declare(lead)
    at.reads(lead, there["read"])
    there["aside"], there["aside, due"] = at.office.report(), at.office.report()
    there["aside"].declare(lead)
    there["aside, due"].declare(lead)
    there["aside"].set_aside(lead, there["aside, due"])
    there["triaged"] = at.office.report()
    there["triaged"].declare(lead)
    there["triaged"].triage(lead, [lead, ben])
    there["case"] = at.office.report()
    there["case"].declare(lead, ben)
    there["case"].triage(lead, [lead, ben])
    there["case"].confirm(ben)
    there["case"].hears(lead, "nobody")
    there["case"].give(ben, cleo)
    there["closed"] = a_closed_case(at)
    there["closed, to be held"] = a_closed_case(at)
    there["closed, to be deleted"] = a_closed_case(at)
    there["reopened"] = a_closed_case(at)
    there["reopened"].reopen(lead)
    return at, there


def states(there: dict[str, Casework]) -> dict[str, str]:
    return {name: one.row.status for name, one in there.items()}


def kept(there: dict[str, Casework]) -> dict[str, tuple[object, ...]]:
    """What a decision would change: keys and people of each case, how it ended, and how many entries stand in it."""
    return {
        name: (
            sorted(bytes(one) for one in CaseKeys.objects.filter(thread=case.id).values_list("sealed", flat=True)),
            sorted(Slip.objects.filter(id=case.id).values_list("outcome", "concern", "closed")),
            case.row.r_posts, case.row.o_posts, case.row.i_posts,
        )
        for name, case in there.items()
        if name != "triaged"
    }  # fmt: skip


@pytest.mark.django_db
def test_four_hundred_nights_decide_nothing(monkeypatch):
    """The one thing that a night changes by itself: a triage that nobody confirmed goes back to its desk."""
    # Most of a night's work is to fill up both logs with entries that stand for nothing: they decide nothing either.
    monkeypatch.setattr(batches, "LEAST", 4)
    at, there = office_in_every_state(monkeypatch)
    lead, ben, _cleo = at.office.people
    before, content = states(there), kept(there)
    assert set(before.values()) == {"arrived", "held", "case", "closed", "aside"}
    assert len(in_order()) >= 5
    # Asked for by one person, and agreed to by none.
    at.in_days(200).holds(lead, there["closed, to be held"], at.day + timedelta(days=60))
    at.in_days(398).asks(ben, there["closed, to be deleted"])
    assert Deletion.objects.exists()
    assert Hold.objects.exists()
    said = acts()
    for days in (1, 2, 8, 31, 92, 100, 208, 260, 366, 399, 400, 440):
        monkeypatch.setattr(nights.log, "exception", pytest.fail)
        assert nights.run_all(NOW + timedelta(days=days)) == []
        want = before | ({"triaged": "arrived"} if days >= 8 else {})
        assert states(there) == want
        assert kept(there) == content
    new = acts() - said
    assert {act for act, of_member in new if of_member} == set()
    assert {act for act, _of_member in new} == {"triage lapsed", "freeze figures", "publish figures"}
    assert new["triage lapsed", False] == 1
    assert acts() >= said
    back = Case.objects.get(id=there["triaged"].id)
    assert (back.alarm, bytes(back.confirmed_by)) == ("lapsed", b"")
    assert Thread.objects.count() == len(there)
    # What one asked for alone has fallen; nobody was referred, protected, judged, answered or given a decision.
    assert not Deletion.objects.exists()
    assert not Hold.objects.exists()
    for made in (Referral, ProtectionFile, Panel, CopyAnswer):
        assert not made.objects.exists()

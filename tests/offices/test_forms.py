"""A lead changes the desk's form: a sheet names it, the record knows of it; what rights forbid is refused in words."""

from __future__ import annotations

import copy
import json

import pytest

from factories.offices import founded
from fairline.core.problems import Problem
from fairline.ledger.acts import parse_row
from fairline.ledger.models import Row
from fairline.offices import queries
from fairline.offices.models import Document
from fairline.profiles import queries as profiles
from fairline.seal.primitives import H, b64
from fairline.seal.sheet import read_sheet

pytestmark = pytest.mark.django_db

BUS = {"id": "bus", "kind": "text", "label": {"en": "Which bus?", "zh-Hans": "哪路公共汽车？", "ar": "أي حافلة؟"},
       "if": {"known": "own-eyes"}}  # fmt: skip


@pytest.fixture
def maker():
    return founded()


def form_with(*questions):
    form = json.loads(profiles.default_form())
    form["sections"][1]["questions"] += copy.deepcopy(list(questions))
    return json.dumps(form, ensure_ascii=False).encode()


def refused(maker, form):
    before = maker.desk_row.sheet
    with pytest.raises(Problem) as refusal:
        maker.sheet(maker.first, is_open=False, form=form)
    assert maker.desk_row.sheet == before
    return refusal.value


def test_the_next_sheet_names_the_form_and_everybody_can_fetch_it(maker):
    form = form_with(BUS)
    maker.sheet(maker.first, is_open=False, form=form)
    assert queries.desk_in_force(maker.id, maker.desk).form == H(form)
    assert profiles.document(H(form)) == form


def test_the_change_is_an_act_of_the_lead(maker):
    form = form_with(BUS)
    maker.sheet(maker.first, is_open=False, form=form)
    row = Row.objects.filter(office=maker.id, kind=Row.ACT).order_by("-number").first()
    act = parse_row(row.row).act()
    assert (act.act, act.member) == ("sheet", maker.first.id)
    # What was signed is the hash of the sheet, and the sheet names the form.
    assert read_sheet(queries.sheet_doc(maker.id, act.after)).form == H(form)


def test_a_sheet_is_found_by_its_hash_so_that_old_reports_keep_their_form(maker):
    old = Document.objects.get(kind=Document.SHEET, desk=maker.desk, number=0)
    maker.sheet(maker.first, is_open=False, form=form_with(BUS))
    assert read_sheet(queries.sheet_doc(maker.id, old.hash)).form == H(profiles.default_form())
    assert queries.sheet_doc(bytes(16), old.hash) is None


@pytest.mark.django_db
def test_both_doors_give_a_sheet_by_its_hash(maker, report_client):
    old = Document.objects.get(kind=Document.SHEET, desk=maker.desk, number=0)
    answer = report_client.get(f"/at/{b64(maker.id)}/by-hash/{b64(old.hash)}")
    assert H(answer.content) == old.hash


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "What is their nationality?"), ("zh-Hans", "此人信仰什么宗教？"), ("ar", "ما جنسية هذا الشخص؟")],
)
def test_a_question_for_a_protected_ground_is_refused_and_its_place_named(maker, language, label):
    asking = {"id": "more-about-them", "kind": "text", "label": {"en": "More", language: label}}
    problem = refused(maker, form_with(BUS, asking))
    assert problem.code == "form-ground"
    assert problem.more == {"part": "more-about-them", "language": language}
    assert label not in problem.message


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("form-first", lambda form: form["sections"].reverse()),
        ("form-if", lambda form: form["sections"][1]["questions"][0].update({"if": {"known": "told"}})),
        ("form-options", lambda form: form["sections"][1]["questions"][2].update(options=[])),
        ("json-long", lambda form: form["sections"][0]["title"].update(en="x" * 70_000)),
    ],
)
def test_each_slip_of_an_editor_has_a_sentence(maker, code, change):
    form = json.loads(profiles.default_form())
    change(form)
    problem = refused(maker, json.dumps(form, ensure_ascii=False).encode())
    assert (problem.status, problem.code) == (422, code)
    assert problem.message.endswith("Nothing was changed.")

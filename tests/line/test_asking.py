"""Three questions at the end: counted of a closed case alone, by desk and month, and tied to no report."""

from __future__ import annotations

import importlib
import json

import pytest

from fairline.core.figures import populations
from fairline.line import services as line
from fairline.line.models import Answers, Thread
from fairline.seal.primitives import b64

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(report_client):
    """An office, a mailbox of which three cases are closed, and how an answer is sent."""
    support = importlib.import_module("support.line")
    at = support.Line().found()
    senders = [support.Sender(at) for _ in range(3)]
    for one in senders:
        line.drop(at.office, one.drop(), support.TODAY)

    def answer(sender, question="safe", said="yes", **more):
        body = {"v": 1, "id": b64(sender.id), "auth": b64(sender.auth), "question": question, "answer": said} | more
        return report_client.post(
            f"/at/{b64(at.office)}/mailbox/answer", json.dumps(body), content_type="application/json"
        )

    return at, senders, answer


def test_a_closed_cases_answer_is_counted_and_no_row_knows_whose(told):
    at, senders, answer = told
    assert answer(senders[0]).json() == {"v": 1}
    assert not Answers.objects.filter(count__gt=0).exists(), "its case goes on"
    Thread.objects.update(status="closed")
    assert answer(senders[0]).json() == answer(senders[1], said="no").json() == {"v": 1}
    rows = {(row.question, row.answer, row.count, row.month.day) for row in Answers.objects.all()}
    assert rows == {("safe", "yes", 1, 1), ("safe", "no", 1, 1)}
    names = {field.name for field in Answers._meta.fields}
    assert names == {"id", "office", "desk", "month", "question", "answer", "count"}
    population = next(one for one in populations() if one.name == "asked-safe")
    month = Answers.objects.first().month
    assert population.count(at.office, month, month) == {
        "": {"desk": {b64(at.desk): 2}, "answer": {"yes": 1, "no": 1}}
    }  # fmt: skip


def test_nobody_fills_the_figures_alone(told):
    _at, senders, answer = told
    Thread.objects.update(status="closed")
    for _ in range(5):
        assert answer(senders[0]).status_code == 200
    assert sum(Answers.objects.values_list("count", flat=True)) == 3, "no more answers than closed cases"


@pytest.mark.parametrize("more", [{"question": "who"}, {"answer": "perhaps"}, {"text": "my name is"}])
def test_nothing_but_the_closed_lists_is_taken(told, more):
    _at, senders, answer = told
    assert answer(senders[0], **more).status_code == 400


def test_without_the_words_nothing_is_counted(told):
    _at, senders, answer = told
    Thread.objects.update(status="closed")
    assert answer(senders[0], auth=b64(bytes(32))).status_code == 404
    assert not Answers.objects.exists()

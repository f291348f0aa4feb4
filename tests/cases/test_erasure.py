"""Nothing of this room outlives the thread that it speaks of."""

from __future__ import annotations

import pytest

from cases import sealed
from cases.desk import NOW, handler, report
from fairline.cases import services
from fairline.cases.models import Declaration, Doing, Index, IndexDelta, IndexPage, ReadMark
from fairline.core.erasure import shred_due
from fairline.line.models import Thread
from fairline.offices import queries as offices
from fairline.seal.primitives import b64

pytestmark = pytest.mark.django_db


def test_declarations_marks_and_doings_go_with_their_thread(at):
    gone, kept, member = report(at), report(at), handler(at)
    for sender in (gone, kept):
        services.declare(member, sender.id, "none", NOW)
        services.mark_read(member, sender.id, "r", 0, NOW)
    Thread.objects.filter(id=gone.id).delete()
    shred_due(NOW)
    for model in (Declaration, ReadMark, Doing):
        assert set(model.objects.values_list("thread", flat=True)) == {kept.id}


@pytest.fixture
def member(at, monkeypatch):
    """A handler whom the charter in force names."""
    found = handler(at)
    monkeypatch.setattr(offices, "members", lambda _office: [found])
    return found


def test_a_page_and_a_delta_go_with_the_first_of_their_reports(door, at, member):
    gone, kept, other = (report(at) for _ in range(3))
    for sender in (gone, kept, other):
        services.declare(member, sender.id, "none", NOW)
    where = f"index/{b64(member.id)}"
    door.put(member, f"{where}/pages/0", sealed.page(0, [gone.id, kept.id]))
    door.put(member, f"{where}/pages/1", sealed.page(0, [kept.id, other.id]))
    door.post(member, f"{where}/deltas", sealed.deltas([gone.id], [other.id]))
    Thread.objects.filter(id=gone.id).delete()
    shred_due(NOW)
    assert list(IndexPage.objects.values_list("page", flat=True)) == [1]
    assert list(IndexDelta.objects.values_list("threads", flat=True)) == [other.id]


def test_the_index_of_who_has_left_goes_and_the_desks_stays(door, at, member, monkeypatch):
    sender = report(at)
    services.declare(member, sender.id, "none", NOW)
    for owner in (member.id, at.desk):
        door.put(member, f"index/{b64(owner)}/pages/0", sealed.page(0, [sender.id]))
    shred_due(NOW)
    assert Index.objects.count() == 2
    monkeypatch.setattr(offices, "members", lambda _office: [])
    shred_due(NOW)
    assert list(Index.objects.values_list("id", flat=True)) == [at.desk]
    assert list(IndexPage.objects.values_list("index_id", flat=True)) == [at.desk]

"""Nothing of this room outlives the thread that it speaks of."""

from __future__ import annotations

import pytest

from cases.desk import NOW, handler, report
from fairline.cases import services
from fairline.cases.models import Declaration, Doing, ReadMark
from fairline.core.erasure import shred_due
from fairline.line.models import Thread

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

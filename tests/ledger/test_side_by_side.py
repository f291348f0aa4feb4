"""Promises and the night at the same time: whatever was promised for a day stands in that day's batch."""

import secrets
import threading
from datetime import UTC, datetime

import pytest
from django.db import connections

from fairline.core.transactions import writing
from fairline.ledger import queries, services
from fairline.ledger.batches import split
from fairline.ledger.checkpoints import ARRIVALS
from fairline.ledger.errors import DayClosedError
from fairline.ledger.models import Log, Waiting
from support.records import FOUNDED

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_no_promise_slips_past_its_night(record):
    kept, refused, begun = [], [], threading.Barrier(5)

    def promise_many():
        begun.wait()
        for _ in range(40):
            try:
                with writing():
                    made = services.promise(record.office, secrets.token_bytes(96), FOUNDED)
                kept.append(made.leaf)
            except DayClosedError:
                refused.append(1)
        connections.close_all()

    def publish():
        begun.wait()
        while len(kept) < 40:
            pass
        services.publish_day(record.office, FOUNDED)
        connections.close_all()

    threads = [threading.Thread(target=promise_many) for _ in range(4)] + [threading.Thread(target=publish)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) + len(refused) == 160
    assert len(kept) >= 40
    entries = set(split(queries.batch(record.office, ARRIVALS, FOUNDED).file, ARRIVALS))
    assert entries.issuperset(kept)
    assert not Waiting.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_acts_of_many_are_numbered_without_a_gap(record):
    def act_many():
        for _ in range(10):
            with writing():
                services.record_act(record.office, b'{"act":"clock stopped"}', None, NOON)
        connections.close_all()

    threads = [threading.Thread(target=act_many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row.number for row in queries.rows(record.office, FOUNDED)] == list(range(1, 41))
    assert Log.objects.get(office=record.office, name="acts").numbered == 40

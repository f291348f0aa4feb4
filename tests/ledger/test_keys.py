"""The record keys: made once, readable by their owner only, never made anew silently; missed by `fairline check`."""

import secrets
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from fairline.core.transactions import writing
from fairline.ledger import keys, services
from fairline.ledger.checkup import published_days, record_keys
from fairline.ledger.errors import UnknownRecordError
from fairline.seal.primitives import b64
from support.records import FOUNDED


def path(office, use):
    return Path(settings.FAIRLINE.data) / "secrets" / "record" / b64(office) / use


def test_they_are_made_once_and_for_their_owner_only():
    office = secrets.token_bytes(16)
    first = keys.prepared(office)
    assert keys.prepared(office) == first
    assert first.promise != first.checkpoint
    for use in ("promise", "checkpoint"):
        assert path(office, use).stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_a_lost_key_stops_promises_and_nights_and_is_not_replaced(record):
    for use in ("promise", "checkpoint"):
        path(record.office, use).unlink()
    keys._read.cache_clear()
    with writing(), pytest.raises(UnknownRecordError, match="record-key"):
        services.promise(record.office, secrets.token_bytes(96), FOUNDED)
    with pytest.raises(UnknownRecordError, match="record-key"):
        services.publish_day(record.office, FOUNDED)
    assert not path(record.office, "promise").exists()
    said = [finding.sentence for finding in record_keys(datetime(2026, 3, 3, tzinfo=UTC))]
    assert len([sentence for sentence in said if b64(record.office) in sentence]) >= 2


@pytest.mark.django_db
@pytest.mark.parametrize(("now", "late"), [("2026-03-02T12:00", 0), ("2026-03-03T00:30", 0), ("2026-03-03T02:00", 2)])
def test_check_misses_a_night(record, now, late):
    assert len(list(published_days(datetime.fromisoformat(f"{now}+00:00")))) == late

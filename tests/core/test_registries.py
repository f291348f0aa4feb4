"""What is kept, what is due at night, what can be wrong: each room says so, or the start is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from fairline.core import checkups, erasure, jobs, nights
from fairline.core.models import NightRun

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


def test_a_model_that_nobody_declared_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    rest = {model: kept for model, kept in erasure.declared().items() if model is not NightRun}
    monkeypatch.setattr(erasure, "declared", lambda: rest)
    with pytest.raises(SystemCheckError, match=r"core\.NightRun is in no erasure\.py"):
        call_command("check")


def test_every_model_of_ours_says_how_long_it_is_kept() -> None:
    declared = erasure.declared()
    assert [model._meta.label for model in apps.get_models() if model not in declared] == []
    assert all(kept.until for kept in declared.values())


@pytest.fixture
def own_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """No jobs but those that the test registers."""
    monkeypatch.setattr(jobs, "_jobs", {})
    monkeypatch.setattr(jobs, "_zones", [])
    monkeypatch.setattr(jobs, "autodiscover_modules", lambda _name: None)


@pytest.mark.usefixtures("own_jobs")
@pytest.mark.django_db
def test_jobs_run_in_order_and_one_that_fails_stops_no_other() -> None:
    ran = []

    @jobs.nightly("last", after=("first", "broken"))
    def last(night: jobs.Night) -> None:
        ran.append(("last", night.now))

    @jobs.nightly("broken")
    def broken(_night: jobs.Night) -> None:
        raise LookupError("with a value that no log may have")

    @jobs.nightly("first")
    def first(night: jobs.Night) -> None:
        ran.append(("first", night.now))

    assert nights.run_all(NOW) == ["broken"]
    assert ran == [("first", NOW), ("last", NOW)]
    assert NightRun.objects.get(job="first").done == NOW
    failed = NightRun.objects.get(job="broken")
    assert failed.done is None
    assert failed.fault == "LookupError"

    jobs.nightly("mended")(first)
    nights.run_all(NOW + timedelta(days=1))
    assert NightRun.objects.get(job="first").done == NOW + timedelta(days=1)


@pytest.mark.usefixtures("own_jobs")
def test_two_jobs_of_one_name_are_refused() -> None:
    jobs.nightly("shred")(lambda _night: None)
    with pytest.raises(ValueError, match="Two nightly jobs"):
        jobs.nightly("shred")(lambda _night: None)


@pytest.mark.usefixtures("own_jobs")
def test_the_next_night_is_the_earliest_midnight_of_an_office() -> None:
    assert jobs.next_due(NOW) == NOW + timedelta(hours=1)
    jobs.zones_of_offices(lambda: ["Europe/Dublin", "Asia/Shanghai"])
    assert jobs.next_due(NOW) == datetime(2026, 11, 23, 16, 1, tzinfo=UTC)


def test_a_checkup_that_breaks_is_a_finding_and_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkups, "_checkups", [])
    monkeypatch.setattr(checkups, "autodiscover_modules", lambda _name: None)

    @checkups.checkup
    def the_roof(_now: datetime) -> checkups.Iterator[checkups.Finding]:
        raise OSError("no ladder")
        yield

    @checkups.checkup
    def the_floor(_now: datetime) -> checkups.Iterator[checkups.Finding]:
        yield checkups.remark("The floor is wet.")

    assert [(finding.sentence, finding.grave) for finding in checkups.findings(NOW)] == [
        ("The check of the roof failed itself: no ladder.", True),
        ("The floor is wet.", False),
    ]

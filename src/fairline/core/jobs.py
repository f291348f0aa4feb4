"""What is due after midnight: a registry of the rooms' nightly functions, run by ``fairline night``.

A room's ``nightly.py`` declares::

    @nightly("batches", after=("clocks",))
    def seal_batches(night: Night) -> None: ...

Each function is idempotent: it finds by itself which days of which office are not done yet as of ``night.now``, and
running it twice changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from graphlib import TopologicalSorter
from typing import TypeVar

from django.utils.module_loading import autodiscover_modules

from fairline.core.clock import next_midnight


@dataclass(frozen=True)
class Night:
    """The instant as of which the jobs run, in UTC."""

    now: datetime


Job = Callable[[Night], None]
One = TypeVar("One")
_jobs: dict[str, tuple[Job, tuple[str, ...]]] = {}
_zones: list[Callable[[], Iterable[str]]] = []


def nightly(name: str, *, after: Sequence[str] = ()) -> Callable[[Job], Job]:
    """Register a nightly function under ``name``, to run after those named in ``after``.

    Raises:
        ValueError: another function has this name.
    """

    def register(job: Job) -> Job:
        if name in _jobs and _jobs[name][0] is not job:
            raise ValueError(f"Two nightly jobs are called {name!r}.")
        _jobs[name] = (job, tuple(after))
        return job

    return register


def zones_of_offices(source: Callable[[], Iterable[str]]) -> Callable[[], Iterable[str]]:
    """Register the function that returns the time zones of the offices, whose midnights count."""
    _zones.append(source)
    return source


def for_each(those: Iterable[One], act: Callable[[One], object]) -> None:
    """Do ``act`` for each of ``those``; where it fails for one it is done for the others all the same.

    A night's job for all offices goes through this, so that nobody's damaged row keeps another office's promises from
    its record.

    Raises:
        ExceptionGroup: what went wrong, so that the night says that it did not end well.
    """
    failures: list[Exception] = []
    for one in those:
        try:
            act(one)
        except Exception as error:  # noqa: BLE001 - raised below, with all the others
            failures.append(error)
    if failures:
        raise ExceptionGroup("not everything of this night was done", failures)


def in_order() -> list[tuple[str, Job]]:
    """Return the nightly functions of all rooms by name, each after those it names.

    Raises:
        KeyError: a job names one that nobody registered.
    """
    autodiscover_modules("nightly")
    sorter = TopologicalSorter({name: after for name, (_job, after) in _jobs.items()})
    return [(name, _jobs[name][0]) for name in sorter.static_order()]


def next_due(now: datetime) -> datetime:
    """Return when the jobs are due next: a minute after an office's earliest midnight, or in an hour."""
    zones = {zone for source in _zones for zone in source()}
    if not zones:
        return now + timedelta(hours=1)
    return min(next_midnight(now, zone) for zone in zones) + timedelta(minutes=1)

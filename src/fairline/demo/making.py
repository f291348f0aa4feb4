"""Making the demonstration: the office as it would be after two weeks of work."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

from django.conf import settings

from fairline.core import clock, demonstration
from fairline.core.nights import run_all
from fairline.demo import credentials, filing, founding
from fairline.demo.stories import STORIES
from fairline.offices.services import setting_up

FOUNDED_DAYS_AGO = 16
UNFINISHED = "demonstration-unfinished"


def make() -> int:
    """Make the office unless there is one; return the exit status.

    The days are played through in order, nights included, so that the record looks as it would.
    """
    if not settings.FAIRLINE.demo:
        sys.stderr.write("fairline: the demonstration is made only where demo is set.\n")
        return 2
    unfinished = settings.FAIRLINE.data / UNFINISHED
    if unfinished.exists():
        sys.stderr.write(f"fairline: making the demonstration was interrupted. Remove {unfinished.parent} and retry.\n")
        return 1
    if not setting_up.code_needed():
        return _greet()
    unfinished.touch(mode=0o600)
    now = clock.now()
    begun = now - timedelta(days=FOUNDED_DAYS_AGO)
    office = founding.found(begun)
    founding.grow(office, begun)
    founding.share_keys(office, begun)
    for desk in office.desks:
        filing.file_test(office, desk, begun)
        founding.open_desk(office, desk, begun)
    talks = []
    for story in STORIES:
        then = now - timedelta(days=story.days_ago)
        _sleep(then)
        talks.append(filing.file(office, story, then))
    _sleep(now)
    demonstration.keep(credentials.written(office, [talk for talk in talks if talk.commitments["o"]]))
    unfinished.unlink()
    return _greet()


def _greet() -> int:
    """Tell the operator where to look; nothing where the office is somebody's own."""
    if demonstration.shown() is not None:
        sys.stdout.write("How to sign in stands on the first page of the office door.\n")
    return 0


def _sleep(until: datetime) -> None:
    """Do what every night up to ``until`` would have done.

    Raises:
        RuntimeError: a nightly job failed; the demonstration would not look as an office does.
    """
    if failed := run_all(until):
        raise RuntimeError(f"nightly jobs failed: {', '.join(failed)}")

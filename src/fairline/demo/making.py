"""Making the demonstration: the office as it would be after two weeks of work."""

from __future__ import annotations

import sys
from datetime import timedelta

from django.conf import settings

from fairline.core import clock, demonstration
from fairline.demo import credentials, filing, founding
from fairline.demo.stories import STORIES
from fairline.ledger import services as ledger
from fairline.offices.services import setting_up

FOUNDED_DAYS_AGO = 16


def make() -> int:
    """Make the office unless there is one; return the exit status.

    The days are played through in order, nights included, so that the record looks as it would.
    """
    if not settings.FAIRLINE.demo:
        sys.stderr.write("fairline: the demonstration is made only where demo is set.\n")
        return 2
    if not setting_up.code_needed():
        return 0
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
        ledger.publish_due(office.id, then)
        talks.append(filing.file(office, story, then))
    ledger.publish_due(office.id, now)
    demonstration.keep(credentials.written(office, [talk for talk in talks if talk.commitments["o"]]))
    return 0

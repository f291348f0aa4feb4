"""What this room does after midnight: a triage that nobody confirmed in a week goes back to its desk."""

from __future__ import annotations

from datetime import timedelta

from fairline.cases import assigning
from fairline.cases.models import Case
from fairline.core.jobs import Night, for_each, nightly
from fairline.core.limits import HELD_DAYS


# Before the day's record is sealed, so that what the machine did stands in it.
@nightly("triages")
def give_back(night: Night) -> None:
    """Give back what has waited too long: a report must never lie where one person alone decides who reads it.

    Raises:
        ExceptionGroup: what went wrong at each case for which it did.
    """
    late = Case.objects.filter(confirmed_by=b"", alarm="", triaged__lte=night.now - timedelta(days=HELD_DAYS))
    for_each(late, lambda case: assigning.lapse(case, night.now))

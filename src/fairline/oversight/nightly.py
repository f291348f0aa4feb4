"""What this room does after midnight."""

from __future__ import annotations

from fairline.core import clock
from fairline.core.jobs import Night, for_each, nightly
from fairline.offices import queries as offices
from fairline.oversight import figures


# After the day's record is sealed: a closing of its last minute has been stored by then, or counts for the next day.
@nightly("figures", after=("record",))
def publish_figures(night: Night) -> None:
    """Publish the figures of every month, quarter and year that is over, once: what was published stays as it is.

    Raises:
        ExceptionGroup: what went wrong at each office for which it did.
    """
    for_each(
        offices.offices(),
        lambda office: figures.publish_due(office, clock.day(night.now, office.zone), night.now),
    )

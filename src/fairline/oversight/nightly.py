"""What this room does after midnight."""

from __future__ import annotations

from fairline.core import clock
from fairline.core.jobs import Night, nightly
from fairline.offices import queries as offices
from fairline.oversight import figures


@nightly("figures")
def publish_figures(night: Night) -> None:
    """Publish the figures of every month, quarter and year that is over, once: what was published stays as it is."""
    for office in offices.offices():
        figures.publish_due(office, clock.day(night.now, office.zone), night.now)

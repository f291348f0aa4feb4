"""What this room does after midnight."""

from __future__ import annotations

from fairline.core import clock, publication
from fairline.core.jobs import Night, nightly
from fairline.offices import queries as offices
from fairline.oversight import figures
from fairline.seal import jsontext


@nightly("figures")
def publish_figures(night: Night) -> None:
    """Publish the figures of every month that is over, once: what was published stays as it is."""
    for office in offices.offices():
        today = clock.day(night.now, office.zone)
        there = {path for path, _day in publication.listing(office.id, figures.PREFIX)}
        for month in figures.months(office.founded, today):
            path = figures.path_of(month)
            if path not in there:
                body = jsontext.write(figures.arrivals(office.id, month))
                publication.publish(office.id, path, "application/json", body, today)

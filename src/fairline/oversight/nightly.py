"""What this room does after midnight."""

from __future__ import annotations

from fairline.core import clock
from fairline.core.jobs import Night, nightly
from fairline.offices import queries as offices
from fairline.oversight import figures


# After the day's record is sealed: a closing of its last minute has been stored by then, or counts for the next day.
@nightly("figures", after=("record",))
def publish_figures(night: Night) -> None:
    """Publish the figures of every month, quarter and year that is over, once: what was published stays as it is.

    Where one office's fail the others' are published all the same, and then the night says so.

    Raises:
        ExceptionGroup: what went wrong at each office.
    """
    failures: list[Exception] = []
    for office in offices.offices():
        try:
            figures.publish_due(office, clock.day(night.now, office.zone), night.now)
        except Exception as error:  # noqa: BLE001 - raised below, with all the others
            failures.append(error)
    if failures:
        raise ExceptionGroup("not every office's figures were published", failures)

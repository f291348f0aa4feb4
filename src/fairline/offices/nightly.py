"""What this room does after midnight."""

from __future__ import annotations

from collections.abc import Iterable

from fairline.core.jobs import Night, for_each, nightly, zones_of_offices
from fairline.offices.models import Office
from fairline.offices.services import documents


@zones_of_offices
def zones() -> Iterable[str]:
    """Return the time zones of all offices, whose midnights count."""
    return Office.objects.values_list("zone", flat=True)


@nightly("manifests", after=("record",))
def show_manifests(night: Night) -> None:
    """Show each office's manifest again: since this night the record itself proves its newest root documents.

    Raises:
        ExceptionGroup: what went wrong at each office for which it did.
    """
    for_each(Office.objects.order_by("fingerprint"), lambda office: documents.publish(office, night.now))

"""Earlier charters: what members wrote under them is proven by them."""

from __future__ import annotations

from fairline.offices.models import Document


def charter_file(office: bytes, number: int) -> bytes | None:
    """Return the charter of this number as signed, or None. Whoever asks proves it by the ones that follow it."""
    found = Document.objects.filter(office=office, kind=Document.CHARTER, number=number)
    return found.values_list("file", flat=True).first()

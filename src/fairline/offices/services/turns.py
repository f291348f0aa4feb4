"""One after another: what compares what is there and then adds to it, where there may be no row yet to lock."""

from __future__ import annotations

from fairline.offices.models import Office


def take_turn(office: bytes) -> None:
    """Let everybody else who takes a turn at this office wait until the caller's transaction ends.

    Rows that only name the office are written meanwhile: the lock leaves its key alone.
    """
    Office.objects.select_for_update(no_key=True).only("id").get(id=office)

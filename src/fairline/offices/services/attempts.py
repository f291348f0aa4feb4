"""How long a name has to wait after failed attempts. Known and unknown names are treated alike."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import ngettext

from fairline.core.problems import Problem
from fairline.offices.limits import FREE_FAILURES, LONGEST_WAIT
from fairline.offices.models import Attempts
from fairline.offices.services.door_secret import keyed


def key_of(office: bytes, name: str) -> bytes:
    """Return the row key for ``name`` (in normal form): 32 bytes that do not show the name."""
    return keyed("attempts", office, name.encode())


def require_turn(key: bytes, now: datetime) -> Attempts | None:
    """Return the name's failures so far, locked until the transaction ends, or None.

    Raises:
        Problem: 429 ``wait``, with ``seconds``.
    """
    row = Attempts.objects.select_for_update().filter(key=key).first()
    if row is not None and now < row.not_before:
        seconds = int((row.not_before - now).total_seconds()) + 1
        message = ngettext(
            "Too many attempts with this name. Please wait {seconds} second and try again.",
            "Too many attempts with this name. Please wait {seconds} seconds and try again.",
            seconds,
        ).format(seconds=seconds)
        raise Problem(429, "wait", message, {"seconds": seconds})
    return row


def failed(key: bytes, now: datetime, row: Attempts | None) -> None:
    """Count one more failure: the first three are free, then 2, 4, 8 … seconds, at most a minute."""
    failures = (row.failures if row else 0) + 1
    wait = min(timedelta(seconds=2 ** min(failures - FREE_FAILURES, 10)), LONGEST_WAIT)
    until = now + wait if failures > FREE_FAILURES else now
    Attempts.objects.update_or_create(key=key, defaults={"failures": failures, "not_before": until})


def succeeded(key: bytes) -> None:
    """Forget the failures of a name."""
    Attempts.objects.filter(key=key).delete()

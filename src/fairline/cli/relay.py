"""`fairline relay`: hands referrals to other offices, and says when it wants to be woken next."""

from __future__ import annotations

import argparse
import fcntl
import time
from datetime import timedelta
from typing import Final

from django.conf import settings

from fairline.core import clock
from fairline.referral.relaying import deliver, next_due

STAYS: Final = timedelta(seconds=20)
"""Whoever is due again so soon is waited for: to begin anew costs more."""
BREATH: Final = 0.2


def describe(_parser: argparse.ArgumentParser) -> None:
    """Declare no arguments."""


def run(_arguments: argparse.Namespace) -> int:
    """Hand over what waits, as long as something is due soon; the last line is ``next`` and an instant."""
    with (settings.FAIRLINE.data / "relay.lock").open("wb") as lock:
        # Two at once would do no harm, only work. The lock goes with its process, however that ends.
        fcntl.flock(lock, fcntl.LOCK_EX)
        deliver(clock.now)
        while (due := next_due(clock.now())) <= clock.now() + STAYS:
            time.sleep(min(BREATH + max(0.0, (due - clock.now()).total_seconds()), STAYS.total_seconds()))
            deliver(clock.now)
    print(f"next {due.isoformat()}")
    return 0

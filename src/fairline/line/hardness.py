"""How hard the work is that the door asks for: usual on every usual day, harder only far above one.

The hardness is public. So that nobody can read from it how many people write, it moves in coarse steps, not before
hundreds of things came within a minute (more than a day of arrivals hides, ``ledger``), and the number at which it
moves is drawn anew each time: who sends two hundred of their own learns nothing of forty others.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from typing import Final

from fairline.core.limits import WORK_BITS, WORK_STEPS

WINDOW: Final = 60.0
"""Seconds within which arrivals are counted together."""
LEAST: Final = 300
"""So many arrivals in a window leave the hardness alone, whatever was drawn."""
DRAWN: Final = 300
"""Up to so many more do too."""
KEPT: Final = 600.0
"""Seconds for which a step stays after the last window that would have taken it."""


class Hardness:
    """One process's count of what came, in memory: several processes bear several times as much."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin at the usual hardness. ``clock`` gives seconds."""
        self._clock = clock
        self._turn = threading.Lock()
        self._step = 0
        self._until = 0.0
        self._begin(clock())

    def came(self) -> None:
        """Count one thing whose work was done."""
        with self._turn:
            now = self._clock()
            self._settle(now)
            self._count += 1
            if self._count > self._enough:
                self._step = min(self._step + 1, WORK_STEPS)
                self._until = now + KEPT
                self._begin(now)

    def bits(self) -> int:
        """Return how many bits are asked for now."""
        with self._turn:
            self._settle(self._clock())
            return WORK_BITS + self._step

    def _settle(self, now: float) -> None:
        while self._step and now > self._until:
            self._step -= 1
            self._until += KEPT
        if now > self._window + WINDOW:
            self._begin(now)

    def _begin(self, now: float) -> None:
        self._window, self._count = now, 0
        self._enough = LEAST + secrets.randbelow(DRAWN)

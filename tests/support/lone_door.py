"""The process of one door, started by itself: quick to kill and to start again, and open to a tracer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

from support.installation import Installation


class LoneDoor:
    """One door of an installation whose databases are prepared and whose supervisor does not run."""

    def __init__(self, installation: Installation, name: str = "report", before: Sequence[str] = ()) -> None:
        """Serve the door ``name``; ``before`` is put in front of its command (a tracer)."""
        self.installation = installation
        self.name = name
        self.before = tuple(before)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, within: float = 60) -> None:
        """Start the process and wait until it answers."""
        with self.installation.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.before, sys.executable, "-m", "fairline.cli.door", self.name],
                env=self.installation.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        end = time.monotonic() + within
        while not self.installation.answers(self.name):
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"The {self.name} door does not answer.\n{self.installation.logs()}")
            time.sleep(0.01)

    def kill(self) -> None:
        """End it as a power failure of the process would: nothing is finished, nothing flushed."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it as its supervisor does."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            self.process.wait(20)
            self.process = None

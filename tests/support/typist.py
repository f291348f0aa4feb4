"""A person at a real terminal: reads what stands there, types answers, sees nothing that is typed unseen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time

from support.installation import Installation


class Typist:
    """`fairline …` on a pseudo-terminal of its own; `machine` is the language that the machine is set to."""

    def __init__(self, installation: Installation, *arguments: str, machine: str = "C.UTF-8") -> None:
        self.master, line = pty.openpty()
        self.screen = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "fairline.cli.main", *arguments],
            env={**installation.environment, "TERM": "dumb", "LC_ALL": machine}, stdin=line, stdout=line, stderr=line,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )  # fmt: skip
        os.close(line)

    def reads(self, wanted: str, within: float = 60) -> str:
        """Wait until `wanted` (a pattern) stands on the screen after what was read before; return all up to it."""
        end = time.monotonic() + within
        while (found := re.search(wanted, self.screen)) is None:
            if time.monotonic() > end:
                raise AssertionError(f"{wanted!r} does not come; the screen says: {self.screen!r}")
            if not self._more():
                raise AssertionError(f"{wanted!r} did not come; the program ended with: {self.screen!r}")
        read, self.screen = self.screen[: found.end()], self.screen[found.end() :]
        return read

    def types(self, text: str) -> None:
        """Type a line."""
        os.write(self.master, f"{text}\n".encode())

    def ends_input(self) -> None:
        """Say that no further line comes (Ctrl-D)."""
        os.write(self.master, b"\x04")

    def ends(self) -> int:
        """Wait for the end; return the exit status."""
        while self._more():
            pass
        os.close(self.master)
        return self.process.wait(30)

    def _more(self) -> bool:
        if not select.select([self.master], [], [], 0.2)[0]:
            return True
        try:
            part = os.read(self.master, 65536)
        except OSError:
            return False
        self.screen += part.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(part)

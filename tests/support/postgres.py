"""A PostgreSQL cluster of the test run's own, in a temporary folder, gone when the run ends."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


GIVEN: set[int] = set()
"""Ports that this process has given out: who got one may not listen yet."""


def free_port() -> int:
    """Return a loopback port that nobody listens on at this moment, and that was not returned before.

    It lies below those that the system hands to outgoing connections: one of them might take it meanwhile.
    """
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split()[0])
    while True:
        port = 10_000 + secrets.randbelow(lowest - 10_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in GIVEN:
                GIVEN.add(port)
                return port


class Cluster:
    """One server, its superuser `fairline`, and as many databases as tests make."""

    def __init__(
        self, settings: str = "shared_buffers=32MB", folder: Path | None = None, made: Sequence[str] = ()
    ) -> None:
        """Start it with one setting that is not the default; `folder` is where its own lies, `made` is for initdb."""
        if not BINARIES:
            raise RuntimeError("PostgreSQL's programs are missing: apt-get install postgresql.")
        self.binaries = BINARIES[-1]
        self.folder = Path(tempfile.mkdtemp(prefix="fairline-pg-", dir=folder))
        self.port = free_port()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", f"{self.folder}/data", "-U", "fairline", "-A", "trust", "-E", "UTF8", "--no-sync",
                  "--locale=C.UTF-8", *made)  # fmt: skip
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c {settings}"
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-w", "-o", options, "start")

    def _run(self, program: str, *arguments: str) -> None:
        # PostgreSQL refuses to run as root.
        other: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []}
        subprocess.run(
            [str(self.binaries / program), *arguments],
            check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            **(other if os.geteuid() == 0 else {}),
        )  # fmt: skip

    def url(self, name: str) -> str:
        """Return the URL of the database `name`."""
        return f"postgresql://fairline@127.0.0.1:{self.port}/{name}"

    def create(self, name: str) -> str:
        """Make the database `name` and return its URL."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "fairline", name)
        return self.url(name)

    def stop(self) -> None:
        """End the server and remove its folder."""
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

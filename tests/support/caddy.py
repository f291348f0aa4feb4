"""A real Caddy in front of doors on loopback, and a client that comes from an address of its own."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

from support.postgres import free_port

CADDY = Path(sys.executable).with_name("caddy")
VISITOR = "127.0.0.77"
"""The address that a visitor of these tests comes from: it must be found nowhere."""


@dataclass
class Answered:
    """What came back."""

    status: int
    headers: Message
    body: bytes


class Caddy:
    """One running Caddy; its certificates are of its own making."""

    def __init__(self, folder: Path, config: str) -> None:
        """Run ``config``, on a port for plain HTTP of its own."""
        self.folder = folder
        self.http_port = free_port()
        self.onion_port = free_port()
        config = config.replace("\tadmin off\n", f"\tadmin off\n\thttp_port {self.http_port}\n", 1)
        config = config.replace(":8081 {", f":{self.onion_port} {{").replace("read_header 10s", "read_header 1s")
        self.config = folder / "Caddyfile"
        self.config.write_text(config, encoding="utf-8")
        self.log = folder / "caddy.log"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FAIRLINE_")}
        homes = {name: str(folder / "home") for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(CADDY), "run", "--config", str(self.config), "--adapter", "caddyfile"],
                env={**kept, **homes}, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self.authority = folder / "home" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        self._wait()

    def _wait(self) -> None:
        """Wait until each site has its certificate and listens."""
        sites = re.findall(r"^https://([a-z.]+):(\d+) {$", self.config.read_text("utf-8"), re.MULTILINE)
        end = time.monotonic() + 30
        while not all(self._stands(host, int(port)) for host, port in sites):
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(self.log.read_text(encoding="utf-8"))
            time.sleep(0.05)

    def _stands(self, host: str, port: int) -> bool:
        try:
            self.line(host, port).close()
        except OSError:
            return False
        return True

    def line(self, host: str, port: int) -> ssl.SSLSocket:
        """Return a connection over TLS to the site ``host``, whose certificate is checked."""
        context = ssl.create_default_context(cafile=str(self.authority))
        plain = socket.create_connection(("127.0.0.1", port), 20, source_address=(VISITOR, 0))
        return context.wrap_socket(plain, server_hostname=host)

    def ask(self, origin: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answered:
        """Ask over TLS as a browser would, with all that a browser tells."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(origin + path, body, named, method=method)
        try:
            with self.opened(request) as answer:
                return Answered(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answered(error.code, error.headers, error.read())

    def opened(self, request: urllib.request.Request, timeout: float = 20) -> Any:
        """Open ``request``; every name is this Caddy."""
        caddy = self

        class Connection(http.client.HTTPSConnection):
            def connect(self) -> None:
                self.sock = caddy.line(self.host, self.port)

        class Handler(urllib.request.HTTPSHandler):
            def https_open(self, asked: urllib.request.Request) -> Any:
                return self.do_open(Connection, asked)

        return urllib.request.build_opener(Handler).open(request, timeout=timeout)

    def written(self) -> bytes:
        """All that it has written anywhere."""
        kept = [path.read_bytes() for path in (self.folder / "home").rglob("*") if path.is_file()]
        return b"".join([self.log.read_bytes(), *kept])

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.folder / "home", ignore_errors=True)

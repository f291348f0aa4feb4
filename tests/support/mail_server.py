"""A real mail server (aiosmtpd) on a port of its own, which keeps what it takes and can be told to misbehave."""

from __future__ import annotations

import asyncio
import ssl
import threading
from dataclasses import dataclass
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from fairline.core.notice_settings import Mail
from support.postgres import free_port

SENDER = "line@quay.example.org"


@dataclass(frozen=True)
class Taken:
    """One message as it came over the wire."""

    to: str
    content: bytes


class MailServer:
    """As a context manager it runs; `taken` grows."""

    def __init__(self, tls: ssl.SSLContext | None = None, password: str = "") -> None:
        self.taken: list[Taken] = []
        self.refuse = ""
        """What it answers instead of taking a message, such as `451 later`."""
        self.let_go = threading.Event()
        self.let_go.set()
        """While this is cleared, a message that has come is neither taken nor refused."""
        self.came = threading.Event()
        """A message has come whole."""
        self.port = free_port()
        options: dict[str, Any] = {"tls_context": tls, "require_starttls": True} if tls else {}
        if password:
            options |= {"authenticator": self._asked(password), "auth_required": True}
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)

    def __enter__(self) -> Self:
        self.controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.let_go.set()
        self.controller.stop()

    def settings(self, **values: Any) -> Mail:
        """How the line is told of this server."""
        usual = {"host": "localhost", "port": self.port, "tls": "none", "user": "", "password_file": None}
        return Mail(**{**usual, "sender": SENDER, **values})

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a message, or do what it was told."""
        self.came.set()
        await asyncio.get_running_loop().run_in_executor(None, self.let_go.wait)
        if self.refuse:
            return self.refuse
        self.taken.append(Taken(envelope.rcpt_tos[0], envelope.original_content))
        return "250 taken"

    @staticmethod
    def _asked(password: str) -> Any:
        def judge(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
            right = isinstance(data, LoginPassword) and data.password == password.encode()
            return AuthResult(success=right, handled=False)

        return judge

"""Members of a fictional office, and the office door as one of them sees it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from fairline.line import services as line
from fairline.offices.models import Desk
from fairline.profiles.queries import default_form
from fairline.seal.primitives import H, b64
from support.line import TODAY, Line, Sender

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
CURRENT: list[Someone] = []


@dataclass(frozen=True)
class Someone:
    """What the sign-in knows of a member."""

    office: bytes
    roles: tuple[str, ...]
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))


def handler(at: Line, role: str = "handler") -> Someone:
    return Someone(at.office, (f"{role}@{b64(at.desk)}",))


def second_desk(at: Line) -> Line:
    """Another desk of the same office."""
    other = Line(office=at.office)
    Desk.objects.create(
        id=other.desk, office_id=at.office, names={"en": "Second desk"}, sheet=0, open=True, epoch=0,
        recipient="age1pq1" + "q" * 1952, form=H(default_form()), profile=bytes(32),
    )  # fmt: skip
    return other


def report(at: Line) -> Sender:
    """A report that has come to the desk."""
    sender = Sender(at)
    line.drop(at.office, sender.drop(), TODAY)
    return sender


def signed_in(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: whoever stands in `CURRENT` asks."""

    def respond(request: HttpRequest) -> HttpResponse:
        request.member = CURRENT[-1] if CURRENT else None  # type: ignore[attr-defined]
        return get_response(request)

    return respond


class Door:
    """The office door's addresses for one office, asked as one member."""

    def __init__(self, client: Any, office: bytes) -> None:
        self.client = client
        self.at = f"/api/at/{b64(office)}"

    def get(self, member: Someone | None, path: str) -> Any:
        return self._as(member, lambda: self.client.get(f"{self.at}/{path}"))

    def post(self, member: Someone | None, path: str, body: dict[str, Any] | bytes) -> Any:
        return self._sent("POST", member, path, body)

    def put(self, member: Someone | None, path: str, body: dict[str, Any] | bytes) -> Any:
        return self._sent("PUT", member, path, body)

    def _sent(self, method: str, member: Someone | None, path: str, body: dict[str, Any] | bytes) -> Any:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        return self._as(member, lambda: self.client.generic(method, f"{self.at}/{path}", sent, kind))

    def _as(self, member: Someone | None, ask: Callable[[], Any]) -> Any:
        CURRENT[:] = [] if member is None else [member]
        try:
            return ask()
        finally:
            CURRENT.clear()

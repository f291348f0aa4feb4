"""URLs as a table: each row is a method, an address, who may use it and in which states of a case.

A room's ``urls.py`` reads as a table of contents::

    urlpatterns = table(
        route("GET", "mailbox/", views.mailbox, access=Access.ANYONE),
        route("POST", "cases/<id16:case>/triage", views.triage, access=Access.DESK, states=("arrived",)),
    )

An address outside such a table stops the start (``require_rows``).
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, path, register_converter
from django.utils.translation import gettext as _

from fairline.core import disk
from fairline.core.permissions import Access, may
from fairline.core.problems import Problem, answer

View = Callable[..., HttpResponseBase]
METHODS: Final = frozenset({"GET", "POST", "PUT", "DELETE"})


class Id16:
    """An id in an address: 16 bytes as 22 characters of base64url without padding."""

    regex = "[A-Za-z0-9_-]{21}[AQgw]"

    def to_python(self, value: str) -> bytes:
        """Return the bytes that ``value`` spells."""
        return base64.urlsafe_b64decode(f"{value}==")

    def to_url(self, value: bytes) -> str:
        """Spell ``value``."""
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


class Hash32(Id16):
    """A SHA-256 in an address: 32 bytes as 43 characters of base64url without padding."""

    regex = "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]"

    def to_python(self, value: str) -> bytes:
        """Return the bytes that ``value`` spells."""
        return base64.urlsafe_b64decode(f"{value}=")


register_converter(Id16, "id16")
register_converter(Hash32, "hash32")


@dataclass(frozen=True)
class Route:
    """One row of the table."""

    method: str
    path: str
    view: View
    access: Access
    states: frozenset[str]
    """The states of a case in which the act is possible; empty where no case is touched."""
    name: str


def route(method: str, path: str, view: View, *, access: Access, states: Sequence[str] = (), name: str = "") -> Route:
    """Return the row for one method at one address. ``name`` (default: the view's own) is for ``reverse``.

    Raises:
        ImproperlyConfigured: the method is none that we serve, or ``access`` is not an ``Access``.
    """
    if method not in METHODS:
        raise ImproperlyConfigured(f"{path}: {method} is not one of {', '.join(sorted(METHODS))}.")
    if not isinstance(access, Access):
        raise ImproperlyConfigured(f"{path}: access must be one of Access, not {access!r}.")
    return Route(method, path, view, access, frozenset(states), name or getattr(view, "__name__", ""))


class Gate:
    """What stands at one address: it asks for the method, then for the right, then lets the view answer."""

    csrf_exempt = True  # origins.py checks where a request comes from, on every door

    def __init__(self, rows: Sequence[Route]) -> None:
        """Take the rows of one address.

        Raises:
            ImproperlyConfigured: two of them have the same method.
        """
        self.rows = {row.method: row for row in rows}
        if len(self.rows) < len(rows):
            raise ImproperlyConfigured(f"{rows[0].path}: two rows have the same method.")

    def __call__(self, request: HttpRequest, **values: Any) -> HttpResponseBase:
        """Answer ``request``, or say with 405, 401 or 403 why not."""
        method = "GET" if request.method == "HEAD" else request.method or ""
        row = self.rows.get(method)
        if row is None:
            refusal = self._said(request, 405, "method", _("This address does not do that."))
            refusal["Allow"] = ", ".join(sorted(self.rows))
            return refusal
        member = getattr(request, "member", None)
        if not may(row.access, member):
            if member is None:
                return self._said(request, 401, "sign-in", _("Please sign in first. Nothing was lost."))
            return self._said(request, 403, "role", _("Your roles in this office do not include this."))
        request.route = row  # type: ignore[attr-defined]
        try:
            return row.view(request, **values)
        except Problem as problem:
            return answer(problem, request)
        except (OSError, Error) as error:
            if not disk.is_full(error):
                raise
            return answer(disk.full(), request)

    def _said(self, request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
        return answer(Problem(status, code, message), request)


def require_state(request: HttpRequest, state: str) -> None:
    """Refuse with 409 an act that the table does not allow in ``state``.

    Raises:
        Problem: 409 ``state``.
    """
    row: Route = request.route  # type: ignore[attr-defined]
    if row.states and state not in row.states:
        message = _("The case is not in a state for that any more. Please look at it again; nothing was lost.")
        raise Problem(409, "state", message, {"state": state})


def table(*rows: Route) -> list[URLPattern]:
    """Return the URL patterns of ``rows``, one gate an address."""
    by_path: dict[str, list[Route]] = {}
    for row in rows:
        by_path.setdefault(row.path, []).append(row)
    return [path(where, Gate(group), name=group[0].name) for where, group in by_path.items()]


def gates(urlconf: str) -> Iterator[tuple[str, Gate]]:
    """Yield address pattern and gate of everything that ``urlconf`` serves.

    Raises:
        ImproperlyConfigured: something in it has no row.
    """
    yield from _walk("", get_resolver(urlconf).url_patterns)


def _walk(prefix: str, patterns: Sequence[URLPattern | URLResolver]) -> Iterator[tuple[str, Gate]]:
    for pattern in patterns:
        where = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from _walk(where, pattern.url_patterns)
        elif isinstance(pattern.callback, Gate):
            yield where, pattern.callback
        else:
            raise ImproperlyConfigured(
                f"The address {where!r} has no row that says who may use it: use table(route(…))."
            )


def require_rows(urlconf: str) -> int:
    """Return how many rows ``urlconf`` has; called by each door before it serves.

    Raises:
        ImproperlyConfigured: an address has no row.
    """
    return sum(len(gate.rows) for _where, gate in gates(urlconf))

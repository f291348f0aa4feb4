"""The store of public files: office acts and the nightly job write it, the report and the public door serve it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from fairline.core.published.models import PublicFile
from fairline.core.transactions import writing

_PATH: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
IMMUTABLE: Final = re.compile(r"(^|/)[a-z-]+/(\d+|\d{4}-\d{2}-\d{2}|[0-9a-f]{64}|[A-Za-z0-9_-]{43})(\.[a-z]+)?$")
"""Paths that end in a number, a day or a hash name one content for ever: ``charter/3``, ``batches/2026-11-23``."""


class Rewritten(Exception):  # noqa: N818 - it names what would have happened
    """A path that names one content for ever was to get another one."""


@dataclass(frozen=True)
class Published:
    """One public file."""

    path: str
    content_type: str
    body: bytes
    day: date


def publish(office: bytes, path: str, content_type: str, body: bytes, day: date, *, only_forward: bool = False) -> None:
    """Make ``body`` public under ``path`` of ``office``, replacing what is there unless the path names it for ever.

    With ``only_forward`` what is there of a later day stays.

    Raises:
        ValueError: the path is not made of names joined by slashes.
        Rewritten: the path ends in a number, a day or a hash and already has another content.
    """
    if not _PATH.fullmatch(path):
        raise ValueError(f"{path!r} is no path of a public file.")
    with writing("public"):
        # Two nights may run at once, where somebody runs one by hand: the second finds what the first has made.
        there, made = PublicFile.objects.select_for_update().get_or_create(
            office=office, path=path, defaults={"content_type": content_type, "body": body, "day": day}
        )
        if made or there.body == body or (only_forward and there.day > day):
            return
        if IMMUTABLE.search(path):
            raise Rewritten(path)
        there.content_type, there.body, there.day = content_type, body, day
        there.save()


@contextmanager
def turn(office: bytes, path: str) -> Iterator[None]:
    """Let everybody else who takes a turn at this file wait: what is read within and published is not overtaken."""
    with writing("public"):
        list(PublicFile.objects.select_for_update().filter(office=office, path=path))
        yield


def published(office: bytes, path: str) -> Published | None:
    """Return the public file at ``path`` of ``office``, or None."""
    if not _PATH.fullmatch(path):
        return None
    row = PublicFile.objects.filter(office=office, path=path).first()
    return None if row is None else Published(row.path, row.content_type, row.body, row.day)


def of_paths(office: bytes, paths: Sequence[str]) -> Mapping[str, Published]:
    """Return those of the public files of ``office`` at these paths that are there, by their paths."""
    rows = PublicFile.objects.filter(office=office, path__in=paths)
    return {row.path: Published(row.path, row.content_type, row.body, row.day) for row in rows}


def listing(office: bytes, prefix: str = "") -> Sequence[tuple[str, date]]:
    """Return path and day of the public files of ``office`` whose path begins with ``prefix``, sorted by path."""
    rows = PublicFile.objects.filter(office=office, path__startswith=prefix).order_by("path")
    return list(rows.values_list("path", "day"))


def offices() -> Sequence[bytes]:
    """Return the ids of the offices that have published something, sorted."""
    return sorted(PublicFile.objects.values_list("office", flat=True).distinct())


def response(request: HttpRequest, file: Published) -> HttpResponse:
    """Return the answer that serves ``file``: for ever where its path names one content, asked again otherwise."""
    etag = f'"{hashlib.sha256(file.body).hexdigest()[:32]}"'
    answer: HttpResponse
    if request.headers.get("If-None-Match") == etag:
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(file.body, content_type=file.content_type)
    answer["ETag"] = etag
    forever = IMMUTABLE.search(file.path)
    answer["Cache-Control"] = "public, max-age=31536000, immutable" if forever else "public, no-cache"
    return answer

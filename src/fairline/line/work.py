"""The work that the report door asks for before it takes something new (docs/formats.md §12).

The nonce is the same for everybody of ten minutes and is made anew from the installation's key whenever it is needed;
each solution is tied to one mailbox, message or file, which is taken once. So nothing is kept about who asked or sent,
no statement goes to the database, and all processes agree.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from fairline.core.limits import WORK_COST, WORK_SPAN, WORK_SPANS
from fairline.core.problems import Problem
from fairline.core.secret_files import read_or_make
from fairline.line.hardness import Hardness
from fairline.seal import work
from fairline.seal.primitives import ID_SIZE, PREFIX, mac

KEY: Final = 32
AHEAD: Final = 1
"""Spans that another machine's clock may be ahead."""

_hardness: Final = Hardness()


def challenge(office: bytes, now: datetime) -> work.Challenge:
    """Return what is asked for at ``now``."""
    span = _span(now)
    return work.Challenge(span, _nonce(office, span), WORK_COST, _bits())


def require(office: bytes, purpose: str, subject: bytes, done: work.Work | None, now: datetime) -> None:
    """Refuse what was sent without the work that ``purpose`` and ``subject`` ask for; count what was sent with it.

    Raises:
        Problem: 409 ``work`` with the challenge to solve: none was done, for another span or with too few zeros.
    """
    if done is None or not _solved(office, purpose, subject, done, now):
        message = _(
            "So that machines cannot flood this office, your device has to do some arithmetic first. What you wrote is "
            "still in your page; it is done now and sent again by itself."
        )
        raise Problem(409, "work", message, {"work": challenge(office, now).fields()})
    _hardness.came()


def _solved(office: bytes, purpose: str, subject: bytes, done: work.Work, now: datetime) -> bool:
    if not -AHEAD <= _span(now) - done.span <= WORK_SPANS:
        return False
    tried = work.key(_nonce(office, done.span), done.counter, work.salt(purpose, subject), WORK_COST)
    return work.zeros(tried) >= _bits()


def _bits() -> int:
    # In tests hundreds of reports are sent by a machine that should be doing something else.
    return max(0, _hardness.bits() - settings.FAIRLINE.test_easier)


def _span(now: datetime) -> int:
    return int(now.timestamp()) // WORK_SPAN


@lru_cache(maxsize=64)
def _nonce(office: bytes, span: int) -> bytes:
    return mac(_key(), PREFIX + b"work\x00" + office + span.to_bytes(8, "big"))[:ID_SIZE]


@lru_cache(maxsize=1)
def _key() -> bytes:
    return read_or_make(settings.FAIRLINE.data / "secrets" / "work.key", KEY)

"""Telling one other program by a signed POST: to one address that was looked at first, and never on to another."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from fairline.core.outbound import Bounds, OutboundError, exchange
from fairline.notify.faults import DeliveryError

SECONDS: Final = 60.0
"""For the whole call."""


def post(url: str, body: bytes, signature: str, *, private: bool) -> None:
    """Send ``body``; when this returns, the other side has said that it took it.

    Raises:
        DeliveryError, OSError: it has not, or nobody can say.
    """
    headers = {"Content-Type": "application/json", "Fairline-Signature": signature}
    try:
        status = exchange(url, Bounds(SECONDS, None, private), body, headers).status
    except OutboundError as error:
        raise DeliveryError({"private": "private", "silence": "silence"}.get(error.word, "status")) from error
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise DeliveryError("redirect")
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise DeliveryError("status")

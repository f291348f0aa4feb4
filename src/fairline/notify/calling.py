"""Telling one other program by a signed POST: to one address that was looked at first, and never on to another."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from fairline.notify.faults import DeliveryError

SILENCE: Final = 15.0
"""Seconds that each step may take."""


def post(url: str, body: bytes, signature: str, *, private: bool) -> None:
    """Send ``body``; when this returns, the other side has said that it took it.

    The name is looked up once and the connection goes to the very address that was judged, so that a name which
    changes in between leads nowhere else.

    Raises:
        DeliveryError, OSError: it has not, or nobody can say.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _address(host, port, private=private)
    line = socket.create_connection((address, port), SILENCE)
    try:
        if parts.scheme == "https":
            line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=SILENCE)
        connection.sock = line
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            "Content-Type": "application/json", "Fairline-Signature": signature, "Connection": "close",
            "User-Agent": "fairline",
        }  # fmt: skip
        connection.request("POST", path, body, headers)
        status = connection.getresponse().status
    except http.client.HTTPException as error:
        raise DeliveryError("status") from error
    finally:
        line.close()
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise DeliveryError("redirect")
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise DeliveryError("status")


def _address(host: str, port: int, *, private: bool) -> str:
    """Return the number that ``host`` has; refused if any of its numbers is no public one."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not private and not all(_is_public(one) for one in found):
        raise DeliveryError("private")
    return found[0]


def _is_public(number: str) -> bool:
    one = ipaddress.ip_address(number.partition("%")[0])
    mapped = getattr(one, "ipv4_mapped", None) or getattr(one, "sixtofour", None)
    return one.is_global and not one.is_multicast and (mapped is None or mapped.is_global)

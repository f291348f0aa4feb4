"""Which numbers may be asked from here: those that the world routes, in whatever dress they come."""

from __future__ import annotations

import socket

import pytest

from fairline.core import outbound
from fairline.core.outbound import Bounds, OutboundError, exchange

INSIDE = {
    "ten": "10.0.0.1", "carrier": "100.64.0.1", "cloud": "169.254.169.254", "protocol": "192.0.0.8",
    "old-relay": "192.88.99.1", "bench": "198.18.0.1", "reserved": "240.0.0.1", "nothing": "0.0.0.0",  # noqa: S104
    "mapped": "::ffff:10.0.0.1", "translated": "64:ff9b::a00:1", "translated-here": "64:ff9b::7f00:1",
    "own-translation": "64:ff9b:1::1", "compatible": "::7f00:1", "siit": "::ffff:0:a00:1", "6to4": "2002:a00:1::",
    "teredo": "2001:0:a00:1::", "site": "fec0::1", "link": "fe80::1%eth0", "unique": "fd00::1", "book": "3fff::1",
    "segments": "5f00::1", "group": "ff0e::1",
}  # fmt: skip
OUTSIDE = ["9.9.9.9", "2620:fe::fe", "64:ff9b::909:909", "2002:909:909::", "::ffff:9.9.9.9"]


@pytest.fixture
def named(monkeypatch):
    """A function that gives every name these numbers; what was connected to is listed."""
    asked: list[str] = []

    def connect(address: tuple[str, int], _seconds: float) -> socket.socket:
        asked.append(address[0])
        raise ConnectionRefusedError

    def give(*numbers: str) -> list[str]:
        found = [(socket.AF_UNSPEC, socket.SOCK_STREAM, 0, "", (one, 443)) for one in numbers]
        monkeypatch.setattr(outbound.socket, "getaddrinfo", lambda *_asked, **_how: found)
        return asked

    monkeypatch.setattr(outbound.socket, "create_connection", connect)
    return give


@pytest.mark.parametrize("number", INSIDE.values(), ids=INSIDE.keys())
def test_a_name_that_leads_inside_is_not_asked_also_beside_one_that_leads_outside(named, number):
    asked = named(OUTSIDE[0], number)
    with pytest.raises(OutboundError) as refused:
        exchange("https://harbour.example/", Bounds(1.0, 10, private=False))
    assert (refused.value.word, asked) == ("private", [])


@pytest.mark.parametrize("number", OUTSIDE)
def test_what_the_world_routes_is_asked(named, number):
    asked = named(number)
    with pytest.raises(ConnectionRefusedError):
        exchange("https://harbour.example/", Bounds(1.0, 10, private=False))
    assert asked == [number]

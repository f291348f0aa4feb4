"""The loop of a door: it looks at the time of those who are connected each second, and rests while nobody is."""

from __future__ import annotations

import dataclasses
import socket
from collections.abc import Iterator

import pytest

from fairline.core import loop
from fairline.core.serving import opened
from fairline.core.settings_file import Door, load
from support.postgres import free_port


@pytest.fixture
def door() -> Iterator[tuple[Door, loop.Descriptors]]:
    ours = load().doors["report"]
    there = dataclasses.replace(ours, port=free_port())
    descriptors = loop.Descriptors()
    server = opened(lambda _environ, _start: [], there, descriptors)
    yield there, descriptors
    server.close()


def test_it_rests_until_somebody_comes_and_again_when_they_are_gone(door: tuple[Door, loop.Descriptors]) -> None:
    there, descriptors = door
    descriptors.turn(0)
    assert descriptors.patience() == loop.REST
    with socket.create_connection((there.host, there.port)):
        # Whoever comes ends the wait, however long it would have been.
        descriptors.turn(60)
        assert descriptors.patience() == loop.TURN
    descriptors.turn(60)
    assert descriptors.patience() == loop.REST

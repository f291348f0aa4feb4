from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from e2e.workbench import Demonstration


@pytest.fixture(scope="session")
def office_at_work(make_demonstration):
    """A demonstration whose clock nobody moves: its members stay signed in while reports go on coming.

    It may ask other offices on this machine.
    """
    running = make_demonstration(FAIRLINE_PEERS_PRIVATE="yes")
    return Demonstration(running)


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Browsers of people who stay for a whole module: signing in and unlocking is the dear part."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made.append(browser.new_context(**options))
        return made[-1]

    yield make
    for context in made:
        context.close()

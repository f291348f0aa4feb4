from __future__ import annotations

import pytest

from e2e.workbench import Demonstration


@pytest.fixture(scope="session")
def office_at_work(make_installation):
    """A demonstration whose clock nobody moves: its members stay signed in while reports go on coming."""
    running = make_installation("sqlite", start=False, FAIRLINE_DEMO="yes")
    running.start("--demo", within=120)
    return Demonstration(running)

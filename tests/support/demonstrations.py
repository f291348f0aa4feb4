"""The run's demonstrations: real processes, one on each kind of database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from support.installation import Installation


@pytest.fixture(scope="session")
def demonstrations(make_installation: Callable[..., Installation]) -> Callable[[str], Installation]:
    """A function that returns the run's demonstration on a kind of database, started when first asked for."""
    made: dict[str, Installation] = {}

    def get(kind: str) -> Installation:
        if kind not in made:
            made[kind] = make_installation(kind, start=False, FAIRLINE_DEMO="yes")
            made[kind].start("--demo", within=120)
        made[kind].set_clock("")
        return made[kind]

    return get


@pytest.fixture
def demonstration(demonstrations: Callable[[str], Installation]) -> Installation:
    """The run's demonstration on SQLite, its clock as it is."""
    return demonstrations("sqlite")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder for what the person keeps."""
    folder = tmp_path / "kept"
    folder.mkdir()
    return folder

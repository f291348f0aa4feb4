"""The run's demonstrations: real processes, one on each kind of database, and copies for who needs one alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from support.installation import Installation, made_once


def _made(make_installation: Callable[..., Installation], folders: pytest.TempPathFactory, name: str) -> Path:
    with made_once(folders, name) as folder:
        if not folder.exists():
            installation = make_installation("sqlite", start=False, FAIRLINE_DEMO="yes")
            installation.prepare_demonstration()
            shutil.copytree(installation.folder / "var", folder)
    return folder


def _served(make_installation: Callable[..., Installation], data: Path, settings: dict[str, str]) -> Installation:
    running = make_installation("sqlite", start=False, FAIRLINE_DEMO="yes", **settings)
    shutil.copytree(data, running.folder / "var")
    running.start("--demo")
    return running


@pytest.fixture(scope="session")
def demonstration_data(
    make_installation: Callable[..., Installation], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The data folder of a demonstration on SQLite that nobody has served yet, made once for all processes of the run.

    To play two weeks through takes longer than all else that a demonstration's start does.
    """
    return _made(make_installation, tmp_path_factory, "demonstration")


@pytest.fixture(scope="session")
def make_demonstration(
    make_installation: Callable[..., Installation], demonstration_data: Path
) -> Callable[..., Installation]:
    """A function that serves a copy of the run's demonstration on SQLite: `make_demonstration(FAIRLINE_MAIL_HOST=…)`.

    All copies are one office, as if each had been restored: who needs two offices takes `make_other_demonstration`.
    """

    return lambda **settings: _served(make_installation, demonstration_data, settings)


@pytest.fixture(scope="session")
def make_other_demonstration(
    make_installation: Callable[..., Installation], tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Installation]:
    """A function that serves a copy of a second office, for who needs two: it refers to others on this machine, too."""
    data = _made(make_installation, tmp_path_factory, "other-demonstration")
    return lambda **settings: _served(make_installation, data, {"FAIRLINE_PEERS_PRIVATE": "yes", **settings})


@pytest.fixture(scope="session")
def demonstrations(
    make_installation: Callable[..., Installation], make_demonstration: Callable[..., Installation]
) -> Callable[[str], Installation]:
    """A function that returns the run's demonstration on a kind of database, started when first asked for."""
    made: dict[str, Installation] = {}

    def get(kind: str) -> Installation:
        if kind not in made and kind == "sqlite":
            made[kind] = make_demonstration()
        elif kind not in made:
            made[kind] = make_installation(kind, start=False, FAIRLINE_DEMO="yes")
            made[kind].start("--demo")
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

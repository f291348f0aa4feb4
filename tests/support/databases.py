"""Every test marked `django_db` runs twice, on SQLite and on PostgreSQL: `test_x[sqlite]`, `test_x[postgresql]`.

`pytest --database sqlite` runs the first half only, for quick turns at the desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test.utils import setup_databases, teardown_databases

from fairline.core.database_urls import configuration
from support.postgres import Cluster

ALIASES = ("default", "public")
KINDS = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=KINDS, help="run tests that need a database on this one only")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("django_db") is None:
        return
    chosen = metafunc.config.getoption("--database")
    if "database" not in metafunc.fixturenames:
        metafunc.fixturenames.insert(0, "database")
    metafunc.parametrize("database", [chosen] if chosen else KINDS, indirect=True, scope="session")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is not None and isinstance(item, pytest.Function) and "database" not in item.fixturenames:
            # pytest works out a test's fixtures once more after they were named above; first, or Django comes before.
            item.fixturenames.insert(0, "database")
        if marker is not None and "databases" not in marker.kwargs:
            wider = {**marker.kwargs, "databases": list(ALIASES)}
            item.add_marker(pytest.mark.django_db(*marker.args, **wider), append=False)


class Databases:
    """Both kinds of databases, each made when first asked for and kept to the end of the run."""

    def __init__(self, folder: Path, cluster: Any) -> None:
        self.folder = folder
        self.cluster = cluster
        self.made: dict[str, tuple[dict[str, Any], Any]] = {}
        self.current = ""

    def use(self, kind: str) -> None:
        """Point both aliases to the databases of `kind`, in this thread and in those that begin later."""
        if kind == self.current:
            return
        if kind in self.made:
            self._point(self.made[kind][0])
        else:
            self._point({alias: self._configured(kind, alias) for alias in ALIASES})
            old = setup_databases(verbosity=0, interactive=False, aliases=dict.fromkeys(ALIASES, False))
            self.made[kind] = ({alias: connections.settings[alias] for alias in ALIASES}, old)
        self.current = kind

    def _configured(self, kind: str, alias: str) -> dict[str, Any]:
        if kind == "sqlite":
            path = self.folder / f"{alias}.sqlite3"
            settings = {**configuration(f"sqlite:///{path}"), "TEST": {"NAME": str(path)}}
        else:
            settings = {**configuration(self.cluster().url("postgres")), "TEST": {"NAME": f"test_{alias}"}}
        configured: dict[str, Any] = connections.configure_settings({"default": settings})["default"]
        configured["TEST"].setdefault("DEPENDENCIES", [])
        return configured

    def _point(self, settings: dict[str, dict[str, Any]]) -> None:
        for alias in ALIASES:
            connections[alias].close()
            connections.settings[alias] = settings[alias]
            del connections[alias]

    def close(self) -> None:
        """Remove what was made."""
        for kind, (settings, old) in self.made.items():
            self._point(settings)
            for alias in ALIASES:
                old_alias = next(row for row in old if row[0].alias == alias)
                connections[alias] = old_alias[0]
            if kind == "sqlite":
                teardown_databases(old, verbosity=0)
            # PostgreSQL's cluster is the run's own and goes as a whole: a connection that a test's thread left open
            # would only make the dropping of its database fail.
            self.current = kind


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A function that returns the run's PostgreSQL cluster, started when first called."""
    running: list[Cluster] = []

    def cluster() -> Cluster:
        if not running:
            running.append(Cluster())
        return running[0]

    yield cluster
    for server in running:
        server.stop()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory, django_test_environment: None,
              django_db_blocker: Any, postgres: Any) -> Iterator[Databases]:  # fmt: skip
    """Both kinds of databases of this run."""
    both = Databases(tmp_path_factory.mktemp("databases"), postgres)
    yield both
    with django_db_blocker.unblock():
        both.close()


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest, databases: Databases, django_db_blocker: Any) -> str:
    """The kind of database this test runs on: `sqlite` or `postgresql`."""
    kind: str = request.param
    with django_db_blocker.unblock():
        databases.use(kind)
    return kind


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Nothing: `database` has done it."""

"""On PostgreSQL each door has a role of its own, which can do what its rooms declared and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest

from fairline.core.grants import grant
from fairline.core.models import NightRun
from support.installation import Installation
from support.postgres import Cluster

ROLES = ("fairline_report", "fairline_office", "fairline_public")


@pytest.fixture(scope="module")
def granted(make_installation: Callable[..., Installation], postgres: Callable[[], Cluster]) -> Installation:
    installation = make_installation("postgresql", start=False, prepared=True)
    with psycopg.connect(postgres().url("postgres"), autocommit=True) as owner:
        for role in ROLES:
            owner.execute(f"CREATE ROLE {role} LOGIN")  # type: ignore[arg-type]
    installation.command("roles", "--apply")
    return installation


def may(url: str, role: str, statement: str) -> bool:
    """Whether ``role`` may run ``statement`` (rolled back)."""
    with psycopg.connect(url.replace("fairline@", f"{role}@")) as connection:
        try:
            connection.execute(statement)  # type: ignore[arg-type]
        except psycopg.errors.InsufficientPrivilege:
            return False
        finally:
            connection.rollback()
        return True


@pytest.mark.parametrize("role", ROLES)
def test_public_files_are_read_by_all_and_deleted_by_none(granted: Installation, role: str) -> None:
    url = granted.environment["FAIRLINE_PUBLIC_DATABASE"]
    assert may(url, role, "SELECT * FROM published_publicfile")
    assert not may(url, role, "DELETE FROM published_publicfile")
    assert not may(url, role, "DROP TABLE published_publicfile")


def test_the_public_door_reaches_no_table_of_the_sealed_store(granted: Installation) -> None:
    url = granted.environment["FAIRLINE_DATABASE"]
    with psycopg.connect(url) as owner:
        tables = [name for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    assert len(tables) > 5
    assert [table for table in tables if may(url, "fairline_public", f"SELECT * FROM {table}")] == []


def test_the_report_door_reads_no_member_and_no_session(granted: Installation) -> None:
    url = granted.environment["FAIRLINE_DATABASE"]
    for table in ("offices_session", "offices_vault", "offices_setupcode", "core_nightrun"):
        assert may(url, "fairline_report", f"SELECT * FROM {table}") is False


def test_the_doors_serve_under_their_own_roles(
    granted: Installation, make_installation: Callable[..., Installation]
) -> None:
    settings = dict(granted.environment)
    own = {
        f"FAIRLINE_{door}_{name}": settings[url].replace("fairline@", f"fairline_{door.lower()}@")
        for door in ("REPORT", "OFFICE", "PUBLIC")
        for name, url in (("DATABASE", "FAIRLINE_DATABASE"), ("CONTENT", "FAIRLINE_PUBLIC_DATABASE"))
        if (door, name) != ("PUBLIC", "DATABASE")
    }
    chosen = {name: settings[name] for name in ("FAIRLINE_DATABASE", "FAIRLINE_PUBLIC_DATABASE")}
    installation = make_installation("postgresql", **chosen, **own)
    for door in ("report", "office", "public"):
        assert installation.answers(door)
    assert "InsufficientPrivilege" not in installation.logs()


def test_the_public_door_cannot_even_ask_for_more() -> None:
    with pytest.raises(ValueError, match="may not touch"):
        grant("public", NightRun, "select")


def test_sqlite_knows_no_roles(installation: Installation) -> None:
    done = installation.command("roles", check=False)
    assert done.returncode == 2
    assert "SQLite" in done.stderr

"""Many who write at once: nothing is lost, nothing is half there, nobody is told that the database is locked."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections

from fairline.core.models import NightRun
from fairline.core.transactions import one_moment, writing

NOW = datetime(2026, 11, 23, tzinfo=UTC)
THREADS, TURNS = 8, 20


@pytest.mark.django_db(transaction=True)
def test_concurrent_read_then_write_loses_nothing(database: str) -> None:
    """Each turn reads a number and writes it plus one, in one transaction, as the ledger does with its head."""
    NightRun.objects.create(job="counter", as_of=NOW, fault="0")
    errors: list[BaseException] = []

    def count(number: int) -> None:
        try:
            for turn in range(TURNS):
                with writing():
                    head = NightRun.objects.select_for_update().get(job="counter")
                    head.fault = str(int(head.fault) + 1)
                    head.save()
                    NightRun.objects.create(job=f"{number}-{turn}", as_of=NOW)
        except BaseException as error:  # noqa: BLE001 - reported below, in the test's own thread
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=count, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert NightRun.objects.get(job="counter").fault == str(THREADS * TURNS)
    assert NightRun.objects.count() == THREADS * TURNS + 1
    assert database in {"sqlite", "postgresql"}


@pytest.mark.django_db(transaction=True)
def test_a_block_that_fails_leaves_nothing() -> None:
    class Failed(Exception):
        pass

    def act() -> None:
        with writing():
            NightRun.objects.create(job="outer", as_of=NOW)
            with writing():
                NightRun.objects.create(job="inner", as_of=NOW)
            raise Failed

    with pytest.raises(Failed):
        act()
    assert not NightRun.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_sqlite_keeps_what_it_acknowledges_and_overwrites_what_it_deletes(database: str) -> None:
    if database == "postgresql":
        with connections["default"].cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
        return
    for alias in ("default", "public"):
        with connections[alias].cursor() as cursor:
            found = {}
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout"):
                cursor.execute(f"PRAGMA {pragma}")
                found[pragma] = cursor.fetchone()[0]
        assert found == {
            "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 20000,
        }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_write_begins_by_taking_the_turn(database: str) -> None:
    """Two that read before they write would otherwise both be told to try again (SQLite's deferred transactions)."""
    if database == "sqlite":
        assert connections["default"].settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    with writing():
        assert connections["default"].in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_one_moment_can_be_the_first_thing_that_a_process_asks_for() -> None:
    seen: list[bool] = []

    def first() -> None:
        with one_moment():
            seen.append(connections["default"].in_atomic_block)
        connections["default"].close()

    # A thread has a connection of its own, which nobody has opened yet, as that of a command has not been.
    thread = threading.Thread(target=first)
    thread.start()
    thread.join()
    assert seen == [True]

"""Core's own looks at an installation: settings, databases, disk, secrets, nights, blobs, clock."""

from __future__ import annotations

import secrets
import stat
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connections
from django.db.migrations.executor import MigrationExecutor

from fairline.core import blobs, disk
from fairline.core.assets import assets
from fairline.core.checkups import Finding, checkup, remark, wrong
from fairline.core.damage import damage
from fairline.core.jobs import in_order
from fairline.core.limits import DISK_FILES
from fairline.core.models import NightRun
from fairline.core.without_rowid import numbered

ALIASES: Final = ("default", "public")
LEAST_FREE: Final = 1 << 30
SLOW_SYNC: Final = 0.25
NIGHT_LATE: Final = timedelta(hours=26)
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


@checkup
def databases(_now: datetime) -> Iterator[Finding]:
    """Each database answers, has this version's tables, and keeps what it acknowledges."""
    for alias in ALIASES:
        try:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
        except Error as error:
            yield wrong(
                f"The {alias} database cannot be reached: {type(error).__name__}. Look at its URL and its server."
            )
            continue
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield wrong(
                f"The {alias} database has the tables of another version; `fairline prepare` brings it up to date."
            )
        elif connections[alias].vendor == "sqlite":
            yield from _sqlite(alias)
        else:
            yield from _postgresql(alias)


def _sqlite(alias: str) -> Iterator[Finding]:
    with connections[alias].cursor() as cursor:
        for pragma, value, meaning in (
            ("journal_mode", "wal", "readers would wait for writers"),
            ("synchronous", 2, "a power failure could take what was promised"),
            ("foreign_keys", 1, "rows could point to nothing"),
            ("secure_delete", 1, "deleted rows would stay readable on the disk"),
        ):
            cursor.execute(f"PRAGMA {pragma}")
            if cursor.fetchone()[0] != value:
                yield wrong(f"The {alias} database has {pragma} set otherwise than we set it: {meaning}.")
        try:
            said = damage(cursor)
        except Error as error:
            said = str(error)
    if said is not None:
        yield wrong(f"The {alias} database file is damaged ({said}); restore it from a backup.")
    for name in numbered(alias):
        yield wrong(f"The table {name} numbers its rows, so a stolen disk would tell their order of arrival.")


def _postgresql(alias: str) -> Iterator[Finding]:
    with connections[alias].cursor() as cursor:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone()[0] == "off":
                yield wrong(f"The {alias} database has {name} off: a power failure could take what was promised.")


@checkup
def disk_space(_now: datetime) -> Iterator[Finding]:
    """There is room for what comes."""
    for folder in disk.folders():
        here = disk.space_at(folder)
        told = f"The disk of {folder} is {here.used:.0f} % full, {here.free >> 20} MB are free"
        if not here.takes_text:
            yield wrong(f"{told}: reports are refused, and what is left is kept for the office. Make room now.")
        elif not here.takes_drafts:
            yield wrong(f"{told}: only the text of reports and messages is taken. Make room.")
        elif not here.takes_files:
            yield wrong(f"{told}: attachments are refused, texts are taken. Make room.")
        elif here.free < LEAST_FREE:
            yield remark(f"{told}; from {DISK_FILES} % on attachments are refused.")


@checkup
def private_files(_now: datetime) -> Iterator[Finding]:
    """Nobody else on this machine reads what the server keeps to itself."""
    data = Path(settings.FAIRLINE.data)
    kept = list(data.glob("*.sqlite3*")) + [
        path for path in (data / "secrets").rglob("*") if path.is_file()
    ]
    for path in sorted(kept):
        if path.stat().st_mode & OTHERS:
            yield wrong(f"Others on this machine can read {path}; say `chmod 600 {path}`.")
    for folder in (data, data / "secrets"):
        if not folder.is_dir():
            yield wrong(f"The folder {folder} is missing; `fairline run` makes it.")
        elif folder.stat().st_mode & OTHERS:
            yield wrong(f"Others on this machine can look into {folder}; say `chmod 700 {folder}`.")


@checkup
def nights(now: datetime) -> Iterator[Finding]:
    """The nightly jobs ran and ended well."""
    runs = {run.job: run for run in NightRun.objects.all()}
    for name, _job in in_order():
        run = runs.get(name)
        if run is None or run.done is None:
            yield wrong(f"The nightly job {name} has never ended well; `fairline night` runs it now.")
        elif now - run.done > NIGHT_LATE:
            hours = int((now - run.done) / timedelta(hours=1))
            yield wrong(f"The nightly job {name} last ended well {hours} hours ago; is `fairline run` running?")
        elif run.fault:
            yield wrong(f"The nightly job {name} failed the last time ({run.fault}); the log says where.")


@checkup
def stored_files(now: datetime) -> Iterator[Finding]:
    """A file that is stored can be read back and deleted, and the disk really takes it."""
    store, office, key = blobs.opened(settings.FAIRLINE.blobs), bytes(16), secrets.token_bytes(16)
    content = secrets.token_bytes(4096)
    begun = time.monotonic()
    store.put(office, key, content, now.date())
    took = time.monotonic() - begun
    if store.get(office, key) != content:
        yield wrong("The store of files gives back other bytes than it was given.")
    store.delete(office, key)
    if took > SLOW_SYNC:
        yield remark(f"Storing 4 kB until the disk has it took {took:.2f} s; reporters will wait for that disk.")


@checkup
def the_clock(now: datetime) -> Iterator[Finding]:
    """The machine's clock has not been set back."""
    newest = NightRun.objects.order_by("-as_of").first()
    if newest is not None and newest.as_of - now > timedelta(minutes=5):
        yield wrong(
            "The clock of this machine is behind what it was at the last night; days and promises would be wrong."
        )
    if settings.FAIRLINE.test_clock is not None:
        yield remark("This installation follows a test clock, so its days are not the real ones.")


@checkup
def addresses(_now: datetime) -> Iterator[Finding]:
    """Browsers can seal where the doors are."""
    for door in settings.FAIRLINE.doors.values():
        if not door.sealing:
            yield wrong(f"The {door.name} door is at {door.origin}: without https no browser seals a report.")
    if settings.FAIRLINE.demo:
        yield remark("This is a demonstration: its keys are known to everyone who opens its first page.")


@checkup
def pages(_now: datetime) -> Iterator[Finding]:
    """The pages' scripts are built."""
    try:
        assets()
    except ImproperlyConfigured as error:
        yield wrong(str(error))

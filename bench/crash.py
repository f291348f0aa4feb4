"""Kill -9 of the report door at random moments while reports come in: none promised is lost, none is there twice.

    python bench/crash.py [--kills 1000] [--database sqlite|postgresql] [--clients 4]

Clients file reports of real size over HTTP and repeat the same bytes until they hold a promise, as a browser does whose
connection broke. The door's process is killed again and again, with nothing finished. Afterwards the database is read
without any of our code: every promised report is there once, its files have the hashes that the promise names, and
nothing else is there. Then `fairline verify` must find nothing, before and after the night that publishes the record.
Bounds: 0 lost, 0 half stored, 0 doubled, 0 refused, 0 findings; at least one kill in ten must have broken a request.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import psycopg

from fairline.ledger.leaves import received
from fairline.ledger.promises import Promise
from fairline.seal.primitives import H, b64, unb64
from support import made_office
from support.installation import Installation
from support.lone_door import LoneDoor
from support.noise import Answered, Line, NoiseReport
from support.postgres import Cluster

LONGEST = 0.2
"""Seconds that a door lives at most, under load, before it is killed."""
AGAIN = 4
"""One report in so many is sent once more after its promise, and must get the same one."""


@dataclass
class Filed:
    """What all clients together have been promised, and what went wrong."""

    promises: dict[bytes, Promise] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    changed: int = 0


class Client(threading.Thread):
    """Files one report after another until told to stop, and gives none up before it holds the promise."""

    def __init__(self, line: Line, desk: bytes, key: bytes, filed: Filed, stop: threading.Event) -> None:
        """Put down what happened in ``filed``, sign promises off against ``key``."""
        super().__init__(daemon=True)
        self.line, self.desk, self.key, self.filed, self.stop = line, desk, key, filed, stop
        self.number = 0

    def run(self) -> None:
        """File until told to stop."""
        while not self.stop.is_set():
            report = NoiseReport(self.line.office, self.desk)
            promise = self._until_promised(report)
            if promise is None:
                return
            self.filed.promises[report.id] = promise
            self.number += 1
            if self.number % AGAIN == 0 and self._until_promised(report) != promise:
                self.filed.changed += 1

    def _until_promised(self, report: NoiseReport) -> Promise | None:
        while True:
            try:
                answer: Answered = self.line.drop(report)
            except (OSError, HTTPException):
                time.sleep(0.01)
                continue
            if answer.status != 200:
                self.filed.refused.append(f"{answer.status} {answer.body[:200]!r}")
                return None
            promise = answer.promise()
            promise.check(self.key)
            if promise.leaf != report.leaf:
                self.filed.refused.append("the promise names another entry")
            return promise


def prepared(folder: Path, cluster: Cluster | None) -> Installation:
    """Return an installation with its databases made, none of its processes running."""
    settings = {}
    if cluster is not None:
        settings = {"FAIRLINE_DATABASE": cluster.create("crash"), "FAIRLINE_PUBLIC_DATABASE": cluster.create("public")}
    installation = Installation(folder, settings)
    installation.command("prepare")
    return installation


def promise_key(line: Line) -> bytes:
    """Return the key that promises are checked with, as the charter names it."""
    manifest = json.loads(line.send("GET", f"/at/{b64(line.office)}/manifest").body)
    charter = json.loads(unb64(manifest["charter"]["doc"]))
    return unb64(charter["record"]["promise"])


def rows_of(installation: Installation, query: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows that ``query`` finds in the installation's database, read with its own driver alone."""
    url = installation.environment.get("FAIRLINE_DATABASE")
    if url is None:
        with closing(sqlite3.connect(installation.folder / "var" / "fairline.sqlite3")) as database:
            yield from database.execute(query)
    else:
        with psycopg.connect(url) as connection, connection.cursor("reading") as cursor:
            cursor.itersize = 50
            for row in cursor.execute(query):
                yield tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


def compare(installation: Installation, filed: Filed) -> dict[str, int]:
    """Return how many promised reports are lost, half stored or doubled, and how many rows nobody was promised."""
    files: dict[tuple[bytes, str, int], list[tuple[bytes, bytes]]] = {}
    query = "SELECT thread_id, chain, n, hash, sealed FROM line_sealedfile ORDER BY thread_id, chain, n, place"
    for thread, chain, n, name, sealed in rows_of(installation, query):
        files.setdefault((thread, chain, n), []).append((name, H(sealed)))
    posts: dict[bytes, list[bytes]] = {}
    half = 0
    for thread, chain, n, tag, content, f in rows_of(
        installation, "SELECT thread_id, chain, n, tag, content, received FROM line_post"
    ):
        there = files.pop((thread, chain, n), [])
        whole = f == received([name for name, _is in there]) and all(name == is_now for name, is_now in there)
        half += not whole
        posts.setdefault(thread, []).append(tag + content + f)
    threads = [row[0] for row in rows_of(installation, "SELECT id FROM line_thread")]
    return {
        "lost": sum(posts.get(thread, []) != [promise.leaf] for thread, promise in filed.promises.items()),
        "half_stored": half + len(files) + sum(thread not in posts for thread in threads),
        "doubled": sum(len(there) - 1 for there in posts.values()),
        "not_promised": len(threads) - len(filed.promises),
    }


def findings(installation: Installation) -> int:
    """Return how many findings `fairline verify` has, before and after the night."""
    found = 0
    for day in ("", "+1d"):
        installation.set_clock(day)
        if day:
            installation.command("night")
        verified = installation.command("verify", check=False, within=3600)
        if verified.returncode != 0:
            print(verified.stdout + verified.stderr, file=sys.stderr)
            found += max(1, len(verified.stdout.splitlines()))
    return found


def crash(installation: Installation, kills: int, clients: int) -> dict[str, Any]:
    """Found an office, kill its report door ``kills`` times while clients file, and compare."""
    secrets = installation.folder / "made-office.json"
    office = unb64(json.loads(made_office.run(installation, "found", str(secrets)))["id"])
    desk = made_office.MadeOffice.read(secrets).desks[0]
    origin = installation.urls["report"]
    door = LoneDoor(installation)
    door.start()
    filed, stop = Filed(), threading.Event()
    key = promise_key(Line(origin, office))
    filing = [Client(Line(origin, office), desk, key, filed, stop) for _ in range(clients)]
    try:
        for client in filing:
            client.start()
        for _ in range(kills):
            # When a process dies needs no secrecy, only variety.
            time.sleep(random.uniform(0, LONGEST))  # noqa: S311
            door.kill()
            door.start()
        stop.set()
        for client in filing:
            client.join(60)
    finally:
        stop.set()
        door.stop()
    interrupted = sum(client.line.asked_and_unanswered for client in filing)
    return {
        "kills": kills, "promised": len(filed.promises), "interrupted": interrupted,
        **compare(installation, filed), "refused": len(filed.refused), "changed_promises": filed.changed,
        "findings": findings(installation), "first_refusal": next(iter(filed.refused), ""),
    }  # fmt: skip


def main() -> int:
    """Measure, print the result, return 1 outside a bound."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--clients", type=int, default=4)
    asked = parser.parse_args()
    cluster = Cluster() if asked.database == "postgresql" else None
    try:
        with tempfile.TemporaryDirectory(prefix="fairline-bench-") as folder:
            installation = prepared(Path(folder), cluster)
            result = crash(installation, asked.kills, asked.clients)
    finally:
        if cluster is not None:
            cluster.stop()
    nothing = ("lost", "half_stored", "doubled", "not_promised", "refused", "changed_promises", "findings")
    bounds = {f"{name}_bound": 0 for name in nothing} | {"interrupted_least": asked.kills // 10}
    good = all(result[name] == 0 for name in nothing) and result["interrupted"] >= bounds["interrupted_least"]
    print(json.dumps({"bench": "crash", "database": asked.database, **result, **bounds}))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

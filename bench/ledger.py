"""Appending to the record and proving from it stay logarithmic at ten million entries; a proof takes under 1 ms.

    python bench/ledger.py [--leaves 10000000]

The log lies in a SQLite file of its own, in the tables and with the settings of an installation. It is filled with
random leaf hashes; then a night's batch of 256 is appended and paths are made, at ten thousand entries and at the full
number, each many times in turn. Costs are medians; the bounds on growth are ratios, so a slow machine passes too. The
logarithms of the two sizes have the ratio 1.75, and the bound allows twice that; a cost that grew with the size would
have 1000.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date

SMALL = 10_000 // 256 * 256
PROOF_BOUND_MS = 1.0
RATIO_BOUND = 3.5
ROUNDS = 200
BATCH = 256
CHUNK = 256 * 256


def main() -> int:
    """Measure and print; 1 outside the bounds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--leaves", type=int, default=10_000_000)
    large = parser.parse_args().leaves // BATCH * BATCH
    with tempfile.TemporaryDirectory(prefix="fairline-bench-") as folder:
        os.environ["FAIRLINE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "fairline.cli.settings"
        return measured(large)


def measured(large: int) -> int:
    """Fill two logs and compare them."""
    import django  # noqa: PLC0415 - needs the environment set above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    for alias in ("default", "public"):
        call_command("migrate", database=alias, verbosity=0)
    from fairline.ledger.models import Log  # noqa: PLC0415

    sizes = (SMALL, large)
    logs = []
    begun = time.monotonic()
    for place, size in enumerate(sizes):
        log = Log.objects.create(
            office=bytes([place]) * 16, name="arrivals", origin="bench", zone="UTC", closed=date(2026, 3, 2), size=0
        )
        filled(log, size)
        logs.append(log)
    print(f"filled in {time.monotonic() - begun:.0f} s")
    append, path, growth = (compared(logs, act) for act in (appended, proven, grown))
    result = {
        "leaves": list(sizes),
        "append_ms": append,
        "inclusion_ms": path,
        "consistency_ms": growth,
        "append_ratio": round(append[1] / append[0], 2),
        "inclusion_ratio": round(path[1] / path[0], 2),
        "consistency_ratio": round(growth[1] / growth[0], 2),
        "bounds": {"inclusion_ms": PROOF_BOUND_MS, "consistency_ms": PROOF_BOUND_MS, "ratio": RATIO_BOUND},
    }
    ratios = [value for name, value in result.items() if name.endswith("_ratio")]
    result["ok"] = max(path[1], growth[1]) < PROOF_BOUND_MS and max(ratios) <= RATIO_BOUND
    print(json.dumps(result))
    return 0 if result["ok"] else 1


def filled(log: object, size: int) -> None:
    """Append random leaf hashes until the log has `size`, in large pieces."""
    from django.db import transaction  # noqa: PLC0415

    from fairline.ledger import queries, tiles  # noqa: PLC0415
    from fairline.ledger.models import Tile  # noqa: PLC0415

    source = random.Random(1)  # noqa: S311 - a load, not a secret
    while log.size < size:
        count = min(CHUNK, size - log.size)
        raw = source.randbytes(32 * count)
        hashes = [raw[at : at + 32] for at in range(0, len(raw), 32)]
        with transaction.atomic():
            store(log, tiles.grown(log.size, queries.tile_reader(log), hashes), Tile)
            log.size += count
            log.save()


def store(log: object, grown_tiles: dict, model: type) -> None:
    """Write tiles as the nightly job does."""
    rows = [model(log=log, level=level, index=index, hashes=hashes) for (level, index), hashes in grown_tiles.items()]
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=("log", "level", "index"), update_fields=("hashes",)
    )


def compared(logs: list, act: Callable[[object, int], None]) -> list[float]:
    """Median milliseconds of an act in each log, taken in turn so that a busy moment meets both."""
    taken: list[list[float]] = [[] for _ in logs]
    for turn in range(ROUNDS):
        for place, log in enumerate(logs):
            begun = time.perf_counter()
            act(log, turn)
            taken[place].append((time.perf_counter() - begun) * 1000)
    return [round(statistics.median(times), 3) for times in taken]


def appended(log: object, turn: int) -> None:
    """What a night adds to the tree: 256 leaves, the new root, the tiles; without the commit, which is the disk's."""
    from django.db import transaction  # noqa: PLC0415

    from fairline.ledger import queries, tiles  # noqa: PLC0415
    from fairline.ledger.models import Tile  # noqa: PLC0415

    hashes = [hashlib.sha256(f"{turn} {place}".encode()).digest() for place in range(BATCH)]
    with transaction.atomic():
        queries.tree(log).frontier().grown(hashes).root()
        store(log, tiles.grown(log.size, queries.tile_reader(log), hashes), Tile)
        transaction.set_rollback(True)


def proven(log: object, turn: int) -> None:
    """The path of one entry somewhere in the log."""
    from fairline.ledger import queries  # noqa: PLC0415

    queries.tree(log).inclusion(turn * 7919 * 257 % log.size)


def grown(log: object, turn: int) -> None:
    """The proof that the log begins with one of its earlier states."""
    from fairline.ledger import queries  # noqa: PLC0415

    queries.tree(log).consistency(1 + turn * 7919 * 257 % log.size)


if __name__ == "__main__":
    sys.exit(main())

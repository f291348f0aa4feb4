"""File sealed reports whose texts come as JSON lines, for `bench/heap.py`: what the report door would have stored.

    python bench/fill_heap.py REPORT_DOOR OFFICE DESK < TEXTS     (ids in hexadecimal; the environment names it)

Each is sealed to the desk as a reporting person's own program seals it and taken in by the line's own service; only the
way over the network is left out. The threads are printed, one a line, in the order of the texts.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import django

django.setup(set_prefix=False)

from django.db import connection

from factories.reporter import manifest_at
from fairline.line import parcels, services
from fairline.line.heads import read_drop
from fairline.seal.filing import Filing, compose_report
from fairline.seal.primitives import b64
from fairline.seal.receipt import derive, new_receipt


def main() -> None:
    """File each."""
    office, desk = bytes.fromhex(sys.argv[2]), bytes.fromhex(sys.argv[3])
    manifest = manifest_at(sys.argv[1], office)
    today = datetime.now(UTC).date()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    for row in sys.stdin:
        receipt = new_receipt()
        drop = compose_report(manifest, desk, receipt, Filing({"what": json.loads(row)}, "en"))
        services.drop(office, read_drop(*parcels.read(drop.parcel())), today)
        print(b64(derive(receipt, office).id), flush=True)


main()

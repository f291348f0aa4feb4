"""The record is never erased: that is what it is for. What it holds is hashes, and what the office itself did."""

from __future__ import annotations

from datetime import datetime

from fairline.core.erasure import keep, keep_for_ever
from fairline.ledger import models


def shred_waiting(_now: datetime) -> int:
    """Nothing of its own: the night that publishes an entry deletes its waiting row."""
    return 0


keep(models.Waiting, until="the night after its day, which publishes it", shred=shred_waiting)
keep_for_ever(models.Log, why="it says how far the record has come")
keep_for_ever(models.Row, why="who of the office did what must stay provable; an erased row leaves its hash")
keep_for_ever(models.Batch, why="whoever kept a promise must be able to check it; entries tell outsiders nothing")
keep_for_ever(models.Tile, why="hashes of hashes, without which nothing could be proven")

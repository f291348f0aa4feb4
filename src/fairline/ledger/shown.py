"""What the public sees, held against what lies here.

It lies in another database, and is later: a night stores its day and shows it then, file by file with the checkpoint
last, and a witness's line comes later still. What differs is therefore read anew, on both sides, until it agrees or has
differed for so long that no night is at it any more. Nothing is locked: a check holds up no night, and needs no disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from fairline.core import publication
from fairline.ledger import merkle, publishing, queries, tiles
from fairline.ledger.models import Batch, Log

INTERVAL: Final = 0.5
"""Seconds between two looks."""
LOOKS: Final = 20
"""A night shows a day in a fifth of a second; ten seconds are for a slow disk, and for a database far away."""

Said = Callable[[], bytes | None]
"""What a public file must hold, as it lies here at this moment."""


@dataclass
class Computed:
    """What a check has computed anew from a log's entries, as far as they were those that its checkpoints count."""

    edges: dict[date, merkle.Frontier] = field(default_factory=dict)
    """The right edge of the log before each day."""
    tiles: Mapping[tuple[int, int], bytes] = field(default_factory=dict)


def faults(log: Log, computed: Computed, wait: Callable[[float], None]) -> Iterator[str]:
    """Every public file of a log that is missing or says something else, as sentences for people.

    Args:
        log: the log.
        computed: what stands in the files that are made of its entries.
        wait: passes some seconds while a night may be showing its day.
    """
    left = [(path, said) for path, said in _files(log, computed) if _differs(log, path, said)]
    for _look in range(LOOKS):
        if not left:
            return
        wait(INTERVAL)
        left = [(path, said) for path, said in left if _differs(log, path, said)]
    for path, _said in left:
        yield _sentence(log, path)


def _files(log: Log, computed: Computed) -> Iterator[tuple[str, Said]]:
    days = list(Batch.objects.filter(log=log).order_by("day").values_list("day", flat=True))
    for day in days:
        yield f"{log.name}/{day}", Batch.objects.filter(log=log, day=day).values_list("file", flat=True).first
        if day in computed.edges:
            yield f"{log.name}/{day}/head", partial(_head, log, day, computed.edges[day])
    for (level, index), hashes in computed.tiles.items():
        path = tiles.path(level, index, len(hashes) // merkle.HASH_SIZE)
        yield f"{log.name}/{path}", partial(bytes, hashes)
    if days:
        yield f"{log.name}/checkpoint", partial(queries.checkpoint, log.office, log.name)


def _head(log: Log, day: date, edge: merkle.Frontier) -> bytes | None:
    checkpoint = Batch.objects.filter(log=log, day=day).values_list("checkpoint", flat=True).first()
    return None if checkpoint is None else publishing.head(checkpoint, edge)


def _differs(log: Log, path: str, said: Said) -> bool:
    expected, public = said(), publication.published(log.office, path)
    return expected is not None and (public is None or public.body != expected)


def _sentence(log: Log, path: str) -> str:
    public = publication.published(log.office, path)
    if public is None:
        return f"The public file {path} is missing."
    if path.endswith("/checkpoint") and Batch.objects.filter(log=log, checkpoint=public.body).exists():
        return (
            f"The public file {path} is that of an earlier day, and stayed so: a night broke off before it had shown "
            "its day, or it was put back. `fairline night` shows the newest one."
        )
    return f"The public file {path} is not what the record says."

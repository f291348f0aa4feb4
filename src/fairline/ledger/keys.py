"""The record keys of an office: two Ed25519 seeds, each in a file of its own that only its process opens.

The promise key is read by the doors that answer reporters and members; the checkpoint key by the nightly job alone.
A lost key is never made anew silently: the charter names the old one, and only its administrators can change that.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from fairline.core.secret_files import make
from fairline.ledger.errors import UnknownRecordError
from fairline.seal.primitives import KEY_SIZE, b64, public_key

PROMISE: Final = "promise"
CHECKPOINT: Final = "checkpoint"


@dataclass(frozen=True, slots=True)
class RecordKeys:
    """The public halves, for the charter."""

    promise: bytes
    checkpoint: bytes


def prepared(office: bytes) -> RecordKeys:
    """Make both keys of an office unless they are there, and return the public halves for its charter."""
    for use in (PROMISE, CHECKPOINT):
        make(_path(settings.FAIRLINE.data, office, use), secrets.token_bytes(KEY_SIZE))
    return RecordKeys(public_key(promise_seed(office)), public_key(checkpoint_seed(office)))


def promise_seed(office: bytes) -> bytes:
    """The seed that signs promises and notices; raises `UnknownRecordError("record-key")` if it is not there."""
    return _read(settings.FAIRLINE.data, office, PROMISE)


def checkpoint_seed(office: bytes) -> bytes:
    """The seed that signs checkpoints; raises `UnknownRecordError("record-key")` if it is not there."""
    return _read(settings.FAIRLINE.data, office, CHECKPOINT)


def _path(data: Path, office: bytes, use: str) -> Path:
    return data / "secrets" / "record" / b64(office) / use


@lru_cache(maxsize=1024)
def _read(data: Path, office: bytes, use: str) -> bytes:
    path = _path(data, office, use)
    try:
        seed = path.read_bytes()
    except OSError as error:
        raise UnknownRecordError("record-key", f"The record key {path} cannot be read.") from error
    if len(seed) != KEY_SIZE:
        raise UnknownRecordError("record-key", f"The record key {path} is not a key.")
    return seed

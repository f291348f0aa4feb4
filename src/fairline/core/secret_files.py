"""Secrets that the server itself makes: one file each in the data folder, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from fairline.core.folders import make_folder, sync_folder


def read_or_make(path: Path, size: int) -> bytes:
    """Return the ``size`` secret bytes stored at ``path``, making them first if there are none.

    Two processes that start together agree: the name appears only with its whole content, and the first one stays.

    Raises:
        ValueError: the file has another length, so it is not what we wrote.
    """
    if not path.exists():
        make(path, secrets.token_bytes(size))
    value = path.read_bytes()
    if len(value) != size:
        raise ValueError(f"{path} should hold {size} bytes and holds {len(value)}.")
    return value


def make(path: Path, value: bytes) -> bool:
    """Store ``value`` at ``path``, synced to the disk, unless a file is there already; return whether it was stored."""
    make_folder(path.parent)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, value)
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
        # Who lost the race promises with the other's key, so that one's name must be on the disk for both.
        sync_folder(path.parent)
    return True

"""Pages and deltas of an index as a browser would send them; what is sealed in them, no server looks at."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from fairline.line import parcels
from fairline.seal.primitives import b64


def page(before: int, threads: Sequence[bytes], folds: Sequence[str] = (), sealed: bytes = b"p" * 70_000) -> bytes:
    head = {"v": 1, "key": 0, "before": before, "folds": list(folds), "threads": [b64(one) for one in threads]}
    return parcel(head, "page", [sealed])


def deltas(*threads: Sequence[bytes], ids: Sequence[str] = (), sealed: bytes = b"d" * 4124) -> bytes:
    names = list(ids) or [b64(secrets.token_bytes(16)) for _ in threads]
    told = [{"id": name, "threads": [b64(one) for one in some]} for name, some in zip(names, threads, strict=True)]
    return parcel({"v": 1, "key": 0, "deltas": told}, "delta", [sealed] * len(told))


def parcel(head: dict[str, Any], kind: str, files: Sequence[bytes]) -> bytes:
    return parcels.write(head | {"files": [{"as": kind, "size": len(one)} for one in files]}, files)

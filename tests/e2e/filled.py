"""A demonstration in which a member has read more than a thousand reports, and indexes as Python seals them."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fairline.line import parcels
from fairline.seal.indexpages import IndexEntry, delta_aad, index_key, page_aad, seal_index, write_delta, write_page
from fairline.seal.primitives import b64, unb64
from support.colleague import Colleague
from support.installation import Installation

FILL = Path(__file__).resolve().parents[2] / "bench" / "fill_workbench.py"
STEP = 30
"""Seconds for which a telephone shows the same digits."""


def colleague(running: Installation, sign_in: str) -> Colleague:
    """A member who works by HTTP, with digits that a browser of theirs can still use the next of."""
    found = Colleague(running, sign_in)
    running.put_on(STEP)
    return found


def fill(running: Installation, member: Colleague, stored: int) -> None:
    """Write reports of noise that the member has read, and the index that their browser would have."""
    [desk] = [role.partition("@")[2] for role in member.roles() if role.startswith(("handler@", "lead@"))]
    subprocess.run(
        [sys.executable, FILL, member.office.hex(), unb64(desk).hex(), member.id.hex(), str(stored)],
        env={**running.environment, "DJANGO_SETTINGS_MODULE": "fairline.cli.settings"},
        input=member.vault.index.hex().encode(), check=True,
    )  # fmt: skip


def entry(thread: str, text: str, posts: int = 1) -> IndexEntry:
    return IndexEntry(unb64(thread), (posts, 0, 0), title=len(text.encode()), text=text)


@dataclass
class SealedIndex:
    """One index, written to as a member's browser would."""

    member: Colleague
    owner: bytes
    secret: bytes
    number: int = 0
    """Of the epoch whose seed the secret is; 0 for a member's own."""

    def page(self, version: int, entries: Sequence[IndexEntry]) -> bytes:
        key = index_key(self.secret, self.owner)
        return seal_index(key, page_aad(self.owner, 0, version), write_page(entries), secrets.token_bytes(12))

    def put(self, version: int, entries: Sequence[IndexEntry]) -> bytes:
        """Write page 0 in this version; return it as it is sealed."""
        sealed = self.page(version, entries)
        head = {"v": 1, "key": self.number, "before": version - 1, "folds": [],
                "threads": [b64(one.thread) for one in entries]}  # fmt: skip
        body = parcels.write(head | {"files": [{"as": "page", "size": len(sealed)}]}, [sealed])
        self.member.ask("PUT", f"index/{b64(self.owner)}/pages/0", body)
        return sealed

    def add(self, entries: Sequence[IndexEntry]) -> None:
        """Write one delta."""
        key, name = index_key(self.secret, self.owner), secrets.token_bytes(16)
        sealed = seal_index(key, delta_aad(self.owner, name), write_delta(entries), secrets.token_bytes(12))
        told = [{"id": b64(name), "threads": [b64(one.thread) for one in entries]}]
        head = {"v": 1, "key": self.number, "deltas": told, "files": [{"as": "delta", "size": len(sealed)}]}
        self.member.ask("POST", f"index/{b64(self.owner)}/deltas", parcels.write(head, [sealed]))


def parcel_of(page: int, version: int, key: int, sealed: bytes) -> bytes:
    """What a server answers that gives this page in this place."""
    head = {"v": 1, "page": page, "version": version, "key": key, "files": [{"as": "page", "size": len(sealed)}]}
    return parcels.write(head, [sealed])

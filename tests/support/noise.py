"""Reports of noise, in the sizes that real ones have, filed over plain HTTP at a running report door.

The line never opens a sealed file, so what it stores and promises is tested with files that nobody could open; the
head, the entry for the record and the promise are real. Nothing here needs Django.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from fairline.core.limits import WORK_STEPS
from fairline.ledger.leaves import received
from fairline.ledger.promises import Promise, from_fields
from fairline.seal.parcel import ParcelFile, write_parcel
from fairline.seal.primitives import H, b64
from fairline.seal.work import asked_of, read_challenge, salt, solve, with_work

SIZES = (("office", 9000), ("own", 9000), ("identity", 3700), *[("share", 2700)] * 5)
BYTES = "application/octet-stream"


@dataclass
class NoiseReport:
    """One report as its browser sends it, again and again the same bytes."""

    office: bytes
    desk: bytes
    epoch: int = 0
    sizes: Sequence[tuple[str, int]] = SIZES
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    tag: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    content: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    worked: bool = False
    """Whether the body carries the arithmetic that the door asks for."""
    blobs: Sequence[tuple[bytes, bytes]] = ()
    """Attachments that the door holds whole: id and hash of each."""

    def __post_init__(self) -> None:
        """Make the files once, and the bytes that travel."""
        files = [ParcelFile(kind, secrets.token_bytes(size)) for kind, size in self.sizes]
        self.hashes = [H(file.content) for file in files]
        self.body = write_parcel(self.head(), files)

    def head(self) -> dict[str, Any]:
        """Return the head of the drop but for its files."""
        named = {"blobs": [b64(blob) for blob, _hash in self.blobs]} if self.blobs else {}
        return {
            "v": 1, "id": b64(self.id), "auth": b64(H(self.auth)), "desk": b64(self.desk), "epoch": self.epoch,
            "T": b64(self.tag), "c": b64(self.content), **named,
        }  # fmt: skip

    @property
    def leaf(self) -> bytes:
        """The entry that the promise must name."""
        return self.tag + self.content + received([*self.hashes, *(key for _blob, key in self.blobs)])

    def asked(self) -> bytes:
        """Return the question for the first page of this report's mailbox."""
        return json.dumps({"v": 1, "id": b64(self.id), "auth": b64(self.auth), "page": 0}).encode()


@dataclass
class NoisePart:
    """The one part of a small attachment, as its browser sends it."""

    office: bytes
    desk: bytes
    size: int = 3000
    blob: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def __post_init__(self) -> None:
        """Make the bytes once."""
        self.sealed = secrets.token_bytes(self.size)
        self.hash = H(self.sealed)
        head = {
            "v": 1, "blob": b64(self.blob), "auth": b64(self.auth), "desk": b64(self.desk), "part": 0, "parts": 1,
        }  # fmt: skip
        self.body = write_parcel(head, [ParcelFile("part", self.sealed)])


@dataclass
class Answered:
    """What a door answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    def promise(self) -> Promise:
        """Return the promise in it."""
        return from_fields(json.loads(self.body)["promise"])


class Line:
    """A program at the report door of ``origin``; each request has a connection of its own."""

    def __init__(self, origin: str, office: bytes, timeout: float = 30) -> None:
        """Speak to the office ``office``."""
        self.origin = origin
        self.netloc = urlsplit(origin).netloc
        self.office = office
        self.timeout = timeout
        self.asked_and_unanswered = 0
        """How many requests went out whole and were never answered."""

    def drop(self, report: NoiseReport) -> Answered:
        """Send a report. Raises OSError or HTTPException if the door falls meanwhile."""
        return self.send("POST", f"/at/{b64(self.office)}/drop", self.ready(report).body)

    def part(self, part: NoisePart) -> Answered:
        """Send a part; raises as ``drop``."""
        return self.send("POST", f"/at/{b64(self.office)}/blobs/part", self.worked(part.body))

    def ready(self, report: NoiseReport) -> NoiseReport:
        """Do the report's arithmetic, unless that was done."""
        if not report.worked:
            report.body, report.worked = self.worked(report.body), True
        return report

    def worked(self, parcel: bytes) -> bytes:
        """Return the parcel with the arithmetic that the door asks for, also after it has become harder."""
        asked = read_challenge(json.loads(self.send("GET", f"/at/{b64(self.office)}/work").body))
        asked = replace(asked, bits=asked.bits + WORK_STEPS)
        return with_work(parcel, solve(asked, salt(*asked_of(parcel))))

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answered:
        """Send one request and read the answer."""
        connection = HTTPConnection(self.netloc, timeout=self.timeout)
        sent = False
        try:
            connection.request(method, path, body, {"Content-Type": BYTES, **headers})
            sent = True
            answer = connection.getresponse()
            found = Answered(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
            sent = False
            return found
        finally:
            self.asked_and_unanswered += sent
            connection.close()

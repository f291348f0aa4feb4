"""Another office's report door as a server of the test's own: honest until the test says otherwise."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from fairline.ledger import promises
from fairline.line import parcels
from fairline.line.blob_heads import read_part
from fairline.line.heads import read_drop, with_attachments
from fairline.seal.attachment import attachment_hash
from fairline.seal.primitives import H, public_key
from fairline.seal.work import BLOB, REPORT, Challenge, Work, key, salt, zeros

CHALLENGE = Challenge(7, bytes(16), 10, 4)


@dataclass
class Said:
    """One answer: a status, headers, and the body in pieces, each sent when it is asked for."""

    status: int
    body: Iterable[bytes]
    headers: dict[str, str] = field(default_factory=dict)


def said(status: int, fields: object, **headers: str) -> Said:
    body = json.dumps(fields).encode()
    return Said(status, [body], {"Content-Length": str(len(body)), **headers})


@dataclass
class OtherOffice:
    """An office behind a door on this machine."""

    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    seed: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    host: str = ""
    came: list[tuple[str, bytes]] = field(default_factory=list)
    """Everything that was asked: path and body."""
    taken: dict[bytes, bytes] = field(default_factory=dict)
    """The promise of each report that was taken, by its id."""
    parts: dict[bytes, dict[int, bytes]] = field(default_factory=dict)
    """Parts of files, by their file and number."""
    named: set[bytes] = field(default_factory=set)
    """Files that a report names which was taken."""
    answer: Callable[[OtherOffice, str, bytes], Said] | None = None

    @property
    def promise_key(self) -> bytes:
        return public_key(self.seed)

    def honest(self, path: str, body: bytes) -> Said:
        """Ask for the arithmetic, then take the report; the same once more gets the same promise."""
        if path.endswith("/blobs/part"):
            return self.part(body)
        if not path.endswith("/drop"):
            return said(404, {"error": "not-found"})
        report = read_drop(*parcels.read(body))
        if not is_done(report.work, salt(REPORT, report.id)):
            return said(409, {"error": "work", "message": "", "work": CHALLENGE.fields()})
        if any(blob not in self.parts for blob in report.blobs):
            return said(409, {"error": "blob", "message": ""})
        if report.blobs:
            report = with_attachments(report, [attachment_hash(self.hashes(blob)) for blob in report.blobs])
            self.named |= set(report.blobs)
        leaf = report.tag + report.content + report.received
        made = self.taken.setdefault(report.id, promises.make(self.id, leaf, "2026-05-04", self.seed).document())
        return said(200, {"promise": json.loads(made)})

    def part(self, body: bytes) -> Said:
        """Take a part of a file that nothing names yet; the same once more is taken silently."""
        new = read_part(*parcels.read(body))
        if new.blob in self.named:
            return said(409, {"error": "blob-named", "message": ""})
        if new.blob not in self.parts and not is_done(new.work, salt(BLOB, new.blob)):
            return said(409, {"error": "work", "message": "", "work": CHALLENGE.fields()})
        held = self.parts.setdefault(new.blob, {})
        if held.setdefault(new.number, new.sealed) != new.sealed:
            return said(409, {"error": "taken", "message": ""})
        return said(200, {"v": 1, "held": len(held)})

    def hashes(self, blob: bytes) -> list[bytes]:
        """H of each part of a file, in order."""
        return [H(sealed) for _number, sealed in sorted(self.parts[blob].items())]

    def respond(self, path: str, body: bytes) -> Said:
        self.came.append((path, body))
        return (self.answer or OtherOffice.honest)(self, path, body)


def is_done(work: Work | None, of: bytes) -> bool:
    return work is not None and zeros(key(CHALLENGE.nonce, work.counter, of, CHALLENGE.cost)) >= CHALLENGE.bits


@contextmanager
def standing(office: OtherOffice) -> Iterator[OtherOffice]:
    """The door stands open as long as this lasts; it keeps its port when it is opened again."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(office.respond(self.path, b""))

        def do_POST(self) -> None:
            self._say(office.respond(self.path, self.rfile.read(int(self.headers["Content-Length"]))))

        def _say(self, one: Said) -> None:
            self.send_response(one.status)
            for name, value in one.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for piece in one.body:
                    self.wfile.write(piece)
                    self.wfile.flush()
            except OSError:
                self.close_connection = True

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    port = int(office.host.partition(":")[2] or 0)
    server = ThreadingHTTPServer(("127.0.0.1", port), Door)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    office.host = f"localhost:{server.server_address[1]}"
    try:
        yield office
    finally:
        server.shutdown()
        server.server_close()



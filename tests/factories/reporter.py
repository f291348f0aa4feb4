"""A reporting person with a program of their own: seals in Python, talks to a running report door, loads no page."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from factories.attachments import Attached
from fairline.core import instants
from fairline.ledger.promises import Promise, from_fields
from fairline.line import parcels
from fairline.seal import age
from fairline.seal.author import Where
from fairline.seal.bodies import Message
from fairline.seal.charter import read_charter
from fairline.seal.envelope import FileName
from fairline.seal.filing import Filing, compose_message, compose_report
from fairline.seal.manifest import VerifiedManifest, parse_manifest, prove_manifest
from fairline.seal.parcel import ParcelFile, write_parcel
from fairline.seal.post import Readers
from fairline.seal.primitives import b64
from fairline.seal.receipt import Mailbox, derive, new_receipt
from fairline.seal.recipients import recipient_hash
from fairline.seal.thread import Found, Reader, Thread, read_thread
from fairline.seal.work import asked_of, read_challenge, salt, solve, with_work

BYTES = "application/octet-stream"


def proven(raw: bytes) -> VerifiedManifest:
    """The office's documents as they were served, held against the day that it is where the office is."""
    files = parse_manifest(raw)
    today = instants.day(datetime.now(UTC), read_charter(files.charter.doc).zone)
    # That a root document stands in the record is tested where the record is.
    return prove_manifest(files, today, lambda _claim: True)


@dataclass
class Reporter:
    """One report at one desk, and the mailbox that belongs to it."""

    door: str
    """Origin of the report door."""
    office: bytes
    desk: bytes
    receipt: bytes = field(default_factory=new_receipt)

    @property
    def mailbox(self) -> Mailbox:
        return derive(self.receipt, self.office)

    @property
    def thread_id(self) -> str:
        return b64(self.mailbox.id)

    def manifest(self) -> VerifiedManifest:
        return manifest_at(self.door, self.office)

    def file(self, answers: dict[str, str], language: str = "en", **more: Any) -> Promise:
        """File the report and return the promise, checked by the office's key."""
        manifest = self.manifest()
        drop = compose_report(manifest, self.desk, self.receipt, Filing(answers, language, **more))
        promise = from_fields(self._post("drop", drop.parcel())["promise"])
        promise.check(manifest.charter.record.promise)
        assert promise.leaf == drop.post.leaf
        return promise

    def sends(self, file: Attached) -> FileName:
        """Bring an attachment to the door, part by part; its name goes into the report that comes after."""
        for number, part in enumerate(file.parts):
            head = {"v": 1, "blob": file.blob, "auth": b64(file.auth), "desk": b64(self.desk), "part": number,
                    "parts": len(file.parts)}  # fmt: skip
            self._post("blobs/part", write_parcel(head, [ParcelFile("part", part)]))
        return file.file

    def read(self) -> Thread:
        """Open the mailbox and prove what lies there."""
        head, files = self._load()
        found = []
        rest = list(files)
        for post in head["posts"]:
            for row in post["files"]:
                body = rest.pop(0)
                assert len(body) == row["size"]
                found.append(Found(post["chain"], post["n"], age.unseal(body, [self.mailbox.box])))
        manifest = self.manifest()
        sheet = manifest.sheet(self.desk)
        assert sheet is not None
        own = frozenset({recipient_hash(self.mailbox.box.recipient)})
        reader = Reader(
            self.office, self.desk, self.mailbox.id, "reporter", own, frozenset({recipient_hash(sheet.recipient)}),
            lambda number: manifest.charter if number == manifest.charter.number else None, self.mailbox.sign_public,
        )  # fmt: skip
        return read_thread(found, reader)

    def promise(self) -> Promise:
        """The office's acknowledgement of the report, as it lies in the mailbox."""
        head, _files = self._load()
        return from_fields(head["posts"][0]["promise"])

    def texts(self) -> list[tuple[str, str]]:
        """Who said what in the mailbox, in order: chain and text of each message."""
        return [(post.chain, post.body.text) for post in self.read().posts if isinstance(post.body, Message)]

    def withdraw_contact(self) -> None:
        """Take back the way to be reached."""
        self.say("", withdraws="contact")

    def look_again(self) -> None:
        """Ask for a second look at what the desk has set aside."""
        asked = {"v": 1, "id": b64(self.mailbox.id), "auth": b64(self.mailbox.auth), "page": 0}
        self._ask("mailbox/look-again", json.dumps(asked).encode(), "application/json")

    def say(self, text: str, language: str = "en", **more: Any) -> None:
        """Answer in the mailbox: to the desk, or to whom the newest handover names."""
        sheet = self.manifest().sheet(self.desk)
        assert sheet is not None
        where = Where(self.office, self.desk, self.mailbox.id)
        thread = self.read()
        readers = Readers("epoch", sheet.epoch, sheet.recipient)
        if thread.handover is not None:
            readers = Readers("generation", thread.handover.generation, thread.handover.recipient)
        _post, parcel = compose_message(thread, self.mailbox, Message(text, language, **more), readers, where)
        self._post("post", parcel)

    def _load(self) -> tuple[dict[str, Any], list[bytes]]:
        asked = {"v": 1, "id": b64(self.mailbox.id), "auth": b64(self.mailbox.auth), "page": 0}
        answer = self._ask("mailbox", json.dumps(asked).encode(), "application/json")
        return parcels.read(answer)

    def _post(self, path: str, body: bytes) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.door}/at/{b64(self.office)}/work", timeout=20) as answer:
            asked = read_challenge(json.loads(answer.read()))
        body = with_work(body, solve(asked, salt(*asked_of(body))))
        answered: dict[str, Any] = json.loads(self._ask(path, body, BYTES))
        return answered

    def _ask(self, path: str, body: bytes, kind: str) -> bytes:
        request = urllib.request.Request(
            f"{self.door}/at/{b64(self.office)}/{path}", data=body, headers={"Content-Type": kind}
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return bytes(answer.read())


def manifest_at(door: str, office: bytes) -> VerifiedManifest:
    """Load and prove the office's documents from a running report door."""
    with urllib.request.urlopen(f"{door}/at/{b64(office)}/manifest", timeout=20) as answer:
        return proven(answer.read())

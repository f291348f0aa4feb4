"""Honest people of an hour in which much comes in: each with one real report, sealed, worked for and sent as it is.

They load the proven documents, seal, do the whole arithmetic, do it again where it has become harder, wait as long as
the door says where too much comes in, and send the same again where nobody answers: as our page and our programs do.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from typing import Protocol

from factories.reporter import Reporter, proven
from fairline.ledger.errors import LedgerError
from fairline.seal.errors import FairlineError
from fairline.seal.filing import Filing, compose_report
from fairline.seal.manifest import VerifiedManifest
from fairline.seal.primitives import b64
from fairline.seal.work import Challenge, asked_of, read_challenge, salt, solve, with_work
from support.noise import Answered

PAUSES = (1.0, 4.0, 15.0, 40.0)
"""Seconds after which who got no answer at all sends again, as the programs do."""
TEXT = "The harbour's weighbridge has shown two tonnes too few since May. " * 12


class Sends(Protocol):
    """A way to the door."""

    def send(self, method: str, path: str, body: bytes | None = None) -> Answered:
        """Send one request and read the answer. Raises OSError or HTTPException."""


class RefusedError(Exception):
    """The door said no, for a reason that sending again does not mend."""


@dataclass
class Honest:
    """One person with one report, from opening the page to the promise."""

    person: Reporter
    line: Sends
    easier: int = 0
    """Bits of the arithmetic that this installation does not ask for, and that are done here all the same."""
    slower: int = 1
    """How many times slower than here the arithmetic is on this person's device: the rest of it is waited."""
    harder: int = 0
    """How often the door asked for more arithmetic than had been done."""
    busy: int = 0
    """How often it said that too much comes in."""
    took: float | None = None
    """Seconds until the promise; None if there was none."""
    failed: str = ""

    def reports(self) -> None:
        """Do all of it; nothing is raised."""
        begun = time.monotonic()
        try:
            self._report()
            self.took = time.monotonic() - begun
        except (OSError, HTTPException, RefusedError, FairlineError, LedgerError) as error:
            self.failed = f"{type(error).__name__}: {error}"

    def _report(self) -> None:
        person = self.person
        asked = read_challenge(json.loads(self._get("work")))
        manifest = self._manifest()
        drop = compose_report(manifest, person.desk, person.receipt, Filing({"what": TEXT}, "en"))
        answer = self._handed_in(drop.parcel(), self._worked(drop.parcel(), asked))
        promise = answer.promise()
        promise.check(manifest.charter.record.promise)
        if promise.leaf != drop.post.leaf:
            raise RefusedError("something else was promised than what was sent")

    def _handed_in(self, parcel: bytes, ready: bytes) -> Answered:
        while True:
            answer = self._ask("POST", "drop", ready)
            if answer.status == 200:
                return answer
            said = json.loads(answer.body)
            if said["error"] == "work":
                self.harder += 1
                ready = self._worked(parcel, read_challenge(said["work"]))
            elif said["error"] == "busy":
                self.busy += 1
                time.sleep(int(answer.headers["retry-after"]))
            else:
                raise RefusedError(f"{answer.status} {said['error']}")

    def _worked(self, parcel: bytes, asked: Challenge) -> bytes:
        begun = time.thread_time()
        done = with_work(parcel, solve(replace(asked, bits=asked.bits + self.easier), salt(*asked_of(parcel))))
        time.sleep((time.thread_time() - begun) * (self.slower - 1))
        return done

    def _manifest(self) -> VerifiedManifest:
        return proven(self._get("manifest"))

    def _get(self, what: str) -> bytes:
        answer = self._ask("GET", what)
        if answer.status != 200:
            raise RefusedError(f"{answer.status} for {what}")
        return answer.body

    def _ask(self, method: str, what: str, body: bytes | None = None) -> Answered:
        """Ask, and ask again where nobody answers."""
        for pause in (*PAUSES, None):
            try:
                return self.line.send(method, f"/at/{b64(self.person.office)}/{what}", body)
            except (OSError, HTTPException):
                if pause is None:
                    raise
                time.sleep(pause)
        raise AssertionError("the last attempt either answers or raises")


@dataclass
class Coming:
    """Many of them, one after another or all at once."""

    make: Callable[[int], Honest]
    """Gives the person of this number."""
    people: list[Honest] = field(default_factory=list)

    def come(self, number: int, every: float = 0.0) -> None:
        """Let so many come, one `every` so many seconds whatever became of those before, and wait for the last."""
        begun = time.monotonic()
        running = []
        for at in range(number):
            time.sleep(max(0.0, begun + at * every - time.monotonic()))
            one = self.make(at)
            self.people.append(one)
            running.append(threading.Thread(target=one.reports))
            running[-1].start()
        for thread in running:
            thread.join()

    def lost(self) -> int:
        """Return how many of those who were promised find their report no more."""
        return sum(not one.person.read().posts for one in self.people if one.took is not None)

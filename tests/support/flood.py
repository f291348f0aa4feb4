"""A flood: junk reports at a steady rate, attachments without end, and uploads that stall; all of it costs its sender.

`python -m support.flood ORIGIN OFFICE DESK HOW` is a process of its own, so that it shares nothing but processors with
the honest. Reports are noise in real sizes, each under an id of its own with the arithmetic that the door asks for, at
the top of its hardness, so that none is lost when it becomes harder. `HOW` is JSON, see `How`. It says `there` when it
begins, goes on until its standard input is closed, and prints what it was answered.
"""

from __future__ import annotations

import itertools
import json
import secrets
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Final

from fairline.core.limits import PART_MAX, WORK_STEPS
from fairline.seal.parcel import ParcelFile, write_parcel
from fairline.seal.primitives import b64
from fairline.seal.work import Challenge, asked_of, read_challenge, salt, solve, with_work
from support.noise import BYTES, Answered, Line, NoiseReport

STALE: Final = 20.0
"""Seconds after which the challenge is asked for again: it changes every ten minutes."""
AT_ONCE: Final = 64
PART: Final = 2 << 20
PARTS: Final = 8
REFUSED_PAUSE: Final = 0.2


@dataclass(frozen=True)
class How:
    """What a flood is made of."""

    reports: float = 50
    """Junk reports a second, whatever the door answers."""
    parts: float = 10
    """Parts of attachments a second at most, 2 MiB each, one attachment after another."""
    senders: int = 8
    """Connections that send parts."""
    stalled: int = 0
    """Connections that announce a part, send nearly all of it, and fall silent; whoever is sent away comes again."""


@dataclass
class Flood:
    """One flood against one door."""

    line: Line
    desk: bytes
    how: How
    told: dict[str, Counter[str]] = field(default_factory=lambda: {"reports": Counter(), "parts": Counter()})
    late: float = 0.0
    """Seconds by which the latest report went out after its time: the flood's own weakness, not the door's."""
    ended: threading.Event = field(default_factory=threading.Event)
    _asked: Challenge | None = None
    _asked_at: float = 0.0
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def hold(self) -> dict[str, Any]:
        """Flood until `ended` is set, and return what was answered."""
        noise = secrets.token_bytes(PART)
        workers = [threading.Thread(target=self._attach, args=(noise,)) for _ in range(self.how.senders)]
        workers += [threading.Thread(target=self._stall, args=(noise,)) for _ in range(self.how.stalled)]
        for worker in workers:
            worker.start()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            begun = time.monotonic()
            for number in itertools.count():
                due = begun + number / self.how.reports
                if self.ended.wait(max(0.0, due - time.monotonic())):
                    break
                pool.submit(self._report, due)
        seconds = time.monotonic() - begun
        for worker in workers:
            worker.join(60)
        return {
            "seconds": round(seconds), "latest_s": round(self.late, 2),
            **{name: dict(answers) for name, answers in self.told.items()},
        }  # fmt: skip

    def worked(self, parcel: bytes) -> bytes:
        """Return the parcel with arithmetic that is enough however hard the door makes it."""
        with self._turn:
            if self._asked is None or time.monotonic() > self._asked_at + STALE:
                path = f"/at/{b64(self.line.office)}/work"
                asked = read_challenge(json.loads(self.line.send("GET", path).body))
                # One that asks from within a flood is told the hardness of that moment; the top is never far above.
                self._asked, self._asked_at = replace(asked, bits=asked.bits + WORK_STEPS), time.monotonic()
            asked = self._asked
        return with_work(parcel, solve(asked, salt(*asked_of(parcel))))

    def _report(self, due: float) -> None:
        if self.ended.is_set():
            return
        self.late = max(self.late, time.monotonic() - due)
        try:
            report = NoiseReport(self.line.office, self.desk)
            report.body, report.worked = self.worked(report.body), True
            self._count("reports", _said(self.line.drop(report)))
        except (OSError, HTTPException) as error:
            self._count("reports", type(error).__name__)

    def _attach(self, noise: bytes) -> None:
        pause = self.how.senders / self.how.parts
        connection = HTTPConnection(self.line.netloc, timeout=self.line.timeout)
        while not self.ended.is_set():
            blob, auth = secrets.token_bytes(16), secrets.token_bytes(32)
            for number in range(PARTS):
                begun = time.monotonic()
                try:
                    said = self._part(connection, blob, auth, number, secrets.token_bytes(16) + noise[16:])
                except (OSError, HTTPException) as error:
                    said = type(error).__name__
                    connection.close()
                self._count("parts", said)
                if self.ended.wait(max(0.0 if said == "200" else REFUSED_PAUSE, begun + pause - time.monotonic())):
                    break
                if said != "200":
                    break
        connection.close()

    def _part(self, line: HTTPConnection, blob: bytes, auth: bytes, number: int, sealed: bytes) -> str:
        head = {
            "v": 1, "blob": b64(blob), "auth": b64(auth), "desk": b64(self.desk), "part": number, "parts": PARTS,
        }  # fmt: skip
        body = write_parcel(head, [ParcelFile("part", sealed)])
        if number == 0:
            body = self.worked(body)
        line.request("POST", f"/at/{b64(self.line.office)}/blobs/part", body, {"Content-Type": BYTES})
        answer = line.getresponse()
        said = _said(Answered(answer.status, {}, answer.read()))
        if said != "200":
            # The door hangs up after a refusal: what was not read of the body would be taken for a request.
            line.close()
        return said

    def _stall(self, noise: bytes) -> None:
        while not self.ended.wait(REFUSED_PAUSE):
            line = HTTPConnection(self.line.netloc, timeout=1)
            with suppress(OSError, HTTPException):
                line.putrequest("POST", f"/at/{b64(self.line.office)}/blobs/part")
                line.putheader("Content-Type", BYTES)
                line.putheader("Content-Length", str(min(PART, PART_MAX)))
                line.endheaders(noise[:-1000])
                while not self.ended.is_set():
                    try:
                        if not line.sock.recv(4096):
                            break
                    except TimeoutError:
                        continue
            line.close()

    def _count(self, what: str, said: str) -> None:
        with self._turn:
            self.told[what][said] += 1


def _said(answer: Answered) -> str:
    """What the door said in one word or two: its status, and the code of a refusal."""
    if answer.status == 200:
        return "200"
    try:
        return f"{answer.status} {json.loads(answer.body)['error']}"
    except (ValueError, KeyError, TypeError):
        return str(answer.status)


@contextmanager
def flood(origin: str, office: bytes, desk: bytes, how: How) -> Iterator[dict[str, Any]]:
    """Flood the door of `origin`; at the end the dictionary holds what the flood was answered."""
    command = [
        sys.executable, "-m", "support.flood", origin, office.hex(), desk.hex(), json.dumps(asdict(how)),
    ]  # fmt: skip
    folder = Path(__file__).resolve().parents[1]
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    found: dict[str, Any] = {}
    try:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == b"there\n"
        yield found
        process.stdin.close()
        found.update(json.loads(process.stdout.read()))
    finally:
        process.kill()
        process.wait(20)


def main() -> None:
    """Flood until standard input ends."""
    origin, office, desk, how = sys.argv[1:]
    flooding = Flood(Line(origin, bytes.fromhex(office)), bytes.fromhex(desk), How(**json.loads(how)))

    def watch() -> None:
        sys.stdin.read()
        flooding.ended.set()

    threading.Thread(target=watch, daemon=True).start()
    sys.stdout.write("there\n")
    sys.stdout.flush()
    sys.stdout.write(json.dumps(flooding.hold()))


if __name__ == "__main__":
    main()

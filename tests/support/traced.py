"""System calls of running programs, as strace saw them, in the order in which they began and ended."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STRACE = shutil.which("strace")
# -y names the file behind each number, -xx spells every byte, -s holds a whole page of a database.
OPTIONS = ("-f", "-qq", "-y", "-xx", "-ttt", "-T", "-s", "10000")
CALLS = "trace=write,pwrite64,pwritev,writev,sendto,sendmsg,recvfrom,fsync,fdatasync,openat,rename"

_LINE = re.compile(r"(\d+) +(\d+\.\d+) (.*)")
_WHOLE = re.compile(r"(\w+)\((.*)\) += (-?\d+)(?:<[^>]*>)?.* <(\d+\.\d+)>$")
_BEGUN = re.compile(r"(\w+)\((.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"<\.\.\. (\w+) resumed>(.*)\) += (-?\d+)(?:<[^>]*>)?.*$")


@dataclass(frozen=True)
class Call:
    """One system call that came back."""

    name: str
    arguments: str
    """As strace writes them: first of all the file behind the number."""
    result: int
    begun: float
    ended: float

    @property
    def file(self) -> str:
        """Name of the file or socket that the call is about."""
        found = re.match(r"\d+<([^>]*)>", self.arguments)
        return _text(found[1]).decode("utf-8", "replace") if found else ""

    @property
    def bytes(self) -> bytes:
        """The bytes that went through it, all its texts one after another."""
        return b"".join(_text(found) for found in re.findall(r'"([^"]*)"', self.arguments))


def _text(spelled: str) -> bytes:
    return re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]), spelled.encode())


def command(output: Path) -> list[str]:
    """Return what to put in front of a program so that its calls are written to ``output``."""
    return [_strace(), *OPTIONS, "-e", CALLS, "-o", str(output), "--"]


@contextmanager
def attached(pids: Sequence[int], output: Path) -> Iterator[None]:
    """Write the calls of running processes to ``output`` meanwhile."""
    wanted = [word for pid in pids for word in ("-p", str(pid))]
    tracer = subprocess.Popen([_strace(), *OPTIONS, "-e", CALLS, "-o", str(output), *wanted])
    try:
        for pid in pids:
            _until_traced(pid, tracer)
        yield
    finally:
        tracer.terminate()
        tracer.wait(20)


def _until_traced(pid: int, tracer: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 20
    status = Path(f"/proc/{pid}/status")
    while re.search(r"^TracerPid:\t0$", status.read_text("utf-8"), re.MULTILINE):
        if tracer.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"strace cannot trace process {pid} here: it needs ptrace (CAP_SYS_PTRACE).")
        time.sleep(0.02)


def _strace() -> str:
    if STRACE is None:
        raise RuntimeError("strace is missing: apt-get install strace.")
    if os.uname().sysname != "Linux":
        raise RuntimeError("System calls are traced on Linux only.")
    return STRACE


def read(output: Path) -> list[Call]:
    """Return the finished calls in the order of their ends. Raises RuntimeError where nothing was traced."""
    calls: list[Call] = []
    begun: dict[tuple[str, str], tuple[str, float]] = {}
    for line in output.read_text("ascii", "replace").splitlines():
        parts = _LINE.match(line)
        if parts is None:
            continue
        pid, instant, rest = parts[1], float(parts[2]), parts[3]
        if whole := _WHOLE.match(rest):
            calls.append(Call(whole[1], whole[2], int(whole[3]), instant, instant + float(whole[4])))
        elif half := _BEGUN.match(rest):
            begun[pid, half[1]] = (half[2], instant)
        elif (resumed := _RESUMED.match(rest)) and (pid, resumed[1]) in begun:
            first, start = begun.pop((pid, resumed[1]))
            calls.append(Call(resumed[1], first + resumed[2], int(resumed[3]), start, instant))
    if not calls:
        raise RuntimeError(f"strace wrote nothing to {output}: it needs ptrace (CAP_SYS_PTRACE).")
    return sorted(calls, key=lambda call: call.ended)

"""An office in the database of a running installation, made by one script instead of by its members' browsers.

`found FILE` makes it and keeps its secrets in FILE; `answer FILE TEXT` opens each thread as a handler would and answers
it; `rotate FILE REASON` begins a new epoch. For tests of the report page only.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

PROFILE = {
    "v": 1,
    "kind": "profile",
    "acknowledge": {"days": 7},
    "feedback": {"months": 3},
    "emergency": {
        "en": "In danger now? Call 112. Nobody watches this page around the clock.",
        "zh-Hans": "现在有危险？请拨打 112。本页面并非全天有人值守。",
        "ar": "هل أنت في خطر الآن؟ اتصل بالرقم 112. لا أحد يراقب هذه الصفحة على مدار الساعة.",
    },
    "complaints": {"en": "Ombudsperson of Nordhafen, Quay 3, telephone 555 0103"},
    "ways": {
        "telephone": "555 0101, weekdays 9 to 16",
        "letter": "Integrity Office, Quay 1, Nordhafen",
        "person": "Quay 1, first floor, Tuesdays",
    },
}
NAMES = {"en": "Integrity Office of Nordhafen", "zh-Hans": "北港市廉正办公室", "ar": "مكتب النزاهة في نوردهافن"}
DESKS = (
    {"en": "First desk", "zh-Hans": "第一受理组", "ar": "المكتب الأول"},
    {"en": "Independent desk", "zh-Hans": "独立受理组", "ar": "المكتب المستقل"},
)
ZONE = "Europe/Oslo"


@dataclass
class MadeOffice:
    """Its secrets, as they lie in the file: seeds and ids in hexadecimal."""

    id: bytes
    root: bytes
    desks: tuple[bytes, bytes]
    epochs: dict[str, bytes]
    sign: bytes
    custodians: tuple[bytes, ...]
    member: bytes

    def person(self, desk: bytes) -> tuple[bytes, bytes]:
        """Return id and sign seed of the one member of a desk: whoever works at two makes neither independent."""
        return hashlib.sha256(self.member + desk).digest()[:16], hashlib.sha256(self.sign + desk).digest()

    @classmethod
    def new(cls) -> MadeOffice:
        """Fresh secrets."""
        random = secrets.token_bytes
        desks = (random(16), random(16))
        custodians = tuple(random(32) for _ in range(5))
        return cls(
            random(16),
            random(32),
            desks,
            {desk.hex(): random(32) for desk in desks},
            random(32),
            custodians,
            random(16),
        )

    def write(self, path: Path) -> None:
        """Keep the secrets in the file."""
        path.write_text(json.dumps(_hexed(self.__dict__)), encoding="ascii")

    @classmethod
    def read(cls, path: Path) -> MadeOffice:
        """Take them out of the file."""
        text = json.loads(path.read_text(encoding="ascii"))
        whole = bytes.fromhex
        return cls(
            whole(text["id"]),
            whole(text["root"]),
            tuple(map(whole, text["desks"])),
            {desk: whole(seed) for desk, seed in text["epochs"].items()},
            whole(text["sign"]),
            tuple(map(whole, text["custodians"])),
            whole(text["member"]),
        )


def _hexed(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {name: _hexed(inner) for name, inner in value.items()}
    return [_hexed(inner) for inner in value] if isinstance(value, tuple) else value


def run(installation: Any, *arguments: str) -> str:
    """Let this script do something beside a running installation; return what it says.

    It goes on waiting for the next thing as long as the installation stands: most of what one costs is its beginning.
    """
    beside = installation.beside.get("made-office")
    if beside is None:
        beside = installation.beside["made-office"] = subprocess.Popen(
            [sys.executable, "-m", "support.made_office"],
            cwd=Path(__file__).resolve().parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**installation.environment, "DJANGO_SETTINGS_MODULE": "fairline.cli.settings"},
        )
    beside.stdin.write(json.dumps(arguments) + "\n")
    beside.stdin.flush()
    answer = json.loads(beside.stdout.readline() or '{"fault": "it ended"}')
    if "fault" in answer:
        raise RuntimeError(answer["fault"])
    return str(answer["said"])


def main() -> None:
    """Do what each line asks, until there is none any more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fairline.cli.settings")
    django.setup(set_prefix=False)
    from django.db import connections  # noqa: PLC0415 - settings exist only after the line above

    for line in sys.stdin:
        try:
            said = {"said": act(*json.loads(line))}
        except Exception:  # noqa: BLE001 - whatever it is, who asked is told
            said = {"fault": traceback.format_exc()}
        finally:
            # Between two acts a test may do anything to the database, also from outside.
            connections.close_all()
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def act(verb: str, path: str, *rest: str) -> str:
    """Do one thing; return what it says."""
    from support import made_office_acts as acts  # noqa: PLC0415 - models exist only once settings do

    if verb == "found":
        made = MadeOffice.new()
        said = acts.found(made, rest)
        made.write(Path(path))
        return said
    made = MadeOffice.read(Path(path))
    if verb == "answer":
        return acts.answer(made, rest[0])
    if verb == "attached":
        return acts.attached(made)
    acts.rotate(made, rest[0])
    made.write(Path(path))
    return ""


if __name__ == "__main__":
    main()

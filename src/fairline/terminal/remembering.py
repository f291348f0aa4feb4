"""What this machine saw of an office from one use to the next, so that nobody shows it an older office or record.

A small file in the user's own state folder, with nothing in it but what is public: whose root key, which documents,
which checkpoints. It does tell whoever reads this disk that somebody here had to do with that office.
Source: `docs/terminal.md`, "What is remembered".
"""

from __future__ import annotations

import fcntl
import os
import secrets
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairline.ledger import checkpoints
from fairline.ledger.checkpoints import LOGS, Checkpoint, SignedCheckpoint
from fairline.ledger.errors import RecordForkError
from fairline.seal import jsontext
from fairline.seal.document import DocumentName
from fairline.seal.errors import FairlineError, RefusedError
from fairline.seal.fields import Fields, as_bytes, as_list, as_text, document, whole
from fairline.seal.manifest import DocumentPins, pins_of
from fairline.seal.pins import Pin, Pins, read_pins, written_pins
from fairline.seal.primitives import ID_SIZE, b64, same
from fairline.terminal.errors import TerminalError
from fairline.terminal.words import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fairline.terminal.office import Office

VERSION = 1
LIMIT = 1024 * 1024
OWN, OWN_FOLDER = 0o600, 0o700
NAME = "offices.json"


@dataclass(frozen=True)
class Seen:
    """What was proven of one office: pins, and under which names of a door."""

    pins: Pins
    doors: tuple[str, ...]


class Memory:
    """The file; one whose path is None remembers nothing and writes nothing."""

    def __init__(self, path: Path | None) -> None:
        """Read it.

        Raises:
            TerminalError: `memory`: it is there and cannot be read, so nobody can say what was seen before.
        """
        self.path = path
        self.offices: Mapping[bytes, Seen] = {} if path is None else _read(path)

    def of(self, office: bytes) -> Seen | None:
        """What was seen of an office, by its id."""
        return self.offices.get(office)

    def at(self, authority: str) -> frozenset[bytes]:
        """The offices that were seen behind a door."""
        return frozenset(office for office, seen in self.offices.items() if authority in seen.doors)

    def keep(self, office: Office, newest: Mapping[str, SignedCheckpoint]) -> None:
        """Remember what is proven now; raises `TerminalError("memory")` where it cannot be written.

        Args:
            office: as proven.
            newest: each log's newest checkpoint, as `continuing` proved it.
        """
        if self.path is None:
            return
        try:
            with _alone(self.path):
                # Read again: another window may have written since.
                found = dict(_read(self.path))
                before = found.get(office.office)
                doors = {*(() if before is None else before.doors), office.door.address.authority}
                found[office.office] = Seen(_pins_now(office, newest, before), tuple(sorted(doors)))
                if found != _read(self.path):
                    _write(self.path, found)
        except OSError as error:
            raise _failed(self.path, error) from error


def usual_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where it lies: in `XDG_STATE_HOME`, else in `.local/state` of the user's own folder."""
    given = environment.get("XDG_STATE_HOME", "")
    folder = Path(given) if given.startswith("/") else Path.home() / ".local" / "state"
    return folder / "fairline" / NAME


def document_pins(seen: Seen | None) -> DocumentPins | None:
    """What the documents are held against."""
    if seen is None:
        return None
    pins = seen.pins
    sheets = {desk: DocumentName(pin.number, pin.hash) for desk, pin in pins.sheets.items()}
    return DocumentPins(pins.F, _name(pins.root), _name(pins.charter), sheets)


def continuing(office: Office, seen: Seen | None) -> dict[str, SignedCheckpoint]:
    """Hold what no single document shows: earlier charters that the newest names, and both logs of the record.

    Returns:
        Each log's newest checkpoint. What is remembered is this one and not one that is asked for again: a server
        could show a record that continues the one seen before, and in the next answer another one.

    Raises:
        RefusedError: `document-fork`, `charter-chain`.
        LedgerError: `record-rollback`, `record-fork` and whatever else does not hold.
    """
    pin = None if seen is None else seen.pins.charter
    if pin is not None and not same(office.charters_from(pin.number)[pin.number].hash, pin.hash):
        raise RefusedError("document-fork", "Two different documents have the same number.")
    record, found = office.record, {}
    for log in LOGS:
        before = None if seen is None else _checkpoint(office, log, seen.pins.checkpoints.get(log))
        newest = record.newest(log)
        if newest is not None:
            if before is not None:
                record.grown(log, before, newest.checkpoint)
            found[log] = newest
        elif before is not None:
            raise RecordForkError("record-rollback", "The record is shorter than it was when last seen.")
    return found


def _checkpoint(office: Office, log: str, note: str | None) -> Checkpoint | None:
    if note is None:
        return None
    identity = office.record.identity
    origin = checkpoints.origin(identity.host, office.office, log)
    return checkpoints.opened(note.encode(), origin, identity.checkpoint).checkpoint


def _pins_now(office: Office, newest: Mapping[str, SignedCheckpoint], before: Seen | None) -> Pins:
    now = pins_of(office.manifest)
    notes = {} if before is None else dict(before.pins.checkpoints)
    for log, signed in newest.items():
        kept = _checkpoint(office, log, notes.get(log))
        # Another window may have seen a later one in the meantime.
        if kept is None or kept.size <= signed.checkpoint.size:
            notes[log] = signed.note.written().decode()
    sheets = {} if before is None else dict(before.pins.sheets)
    sheets |= {desk: Pin(name.number, name.hash) for desk, name in now.sheets.items()}
    return Pins(office.manifest.F, _pin(now.root), _pin(now.charter), sheets, notes)


def _pin(name: DocumentName | None) -> Pin | None:
    return None if name is None else Pin(name.number, name.hash)


def _name(pin: Pin | None) -> DocumentName | None:
    return None if pin is None else DocumentName(pin.number, pin.hash)


def _read(path: Path) -> dict[bytes, Seen]:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _failed(path, error) from error
    try:
        return document(raw, _offices, LIMIT)
    except FairlineError as error:
        message = _(
            "%(path)s is not what this program wrote there, so nobody can say what was seen of an office before. Put "
            "it back, or delete it to begin anew."
        )
        raise TerminalError("memory", message % {"path": path}) from error


def _offices(fields: Fields) -> dict[bytes, Seen]:
    fields.fixed("v", VERSION)
    return whole(
        fields.value("offices"),
        lambda inner: {as_bytes(name, ID_SIZE): whole(inner.value(name), _seen) for name in inner.names()},
    )


def _seen(fields: Fields) -> Seen:
    return Seen(read_pins(fields.value("pins")), tuple(as_text(one) for one in as_list(fields.value("doors"))))


def _write(path: Path, offices: Mapping[bytes, Seen]) -> None:
    rows: dict[str, Any] = {
        b64(office): {"doors": list(seen.doors), "pins": written_pins(seen.pins)} for office, seen in offices.items()
    }
    draft = path.with_name(f".{NAME}-{secrets.token_hex(8)}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN)
        with os.fdopen(handle, "wb") as file:
            file.write(jsontext.write({"v": VERSION, "offices": rows}))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One at a time: two windows would each forget what the other saw."""
    path.parent.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
    handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _failed(path: Path, error: OSError) -> TerminalError:
    message = _(
        "What was seen of the office could not be kept in %(path)s (%(reason)s). Put that right, or add --no-trace."
    )
    return TerminalError("memory", message % {"path": path, "reason": error.strerror})

"""An office held against what this machine saw of it before: what contradicts that is read only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairline.seal.errors import FairlineError
from fairline.seal.primitives import b64
from fairline.terminal.dialogue import alarm, say
from fairline.terminal.errors import TerminalError
from fairline.terminal.office import Office
from fairline.terminal.remembering import Memory, continuing, document_pins, usual_path
from fairline.terminal.words import gettext as _
from fairline.terminal.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from fairline.terminal.door import Door

OTHER_OFFICE = gettext_noop(
    "Behind this address there was another office when this machine last used it (%(offices)s), and it is not there "
    "any more. Nothing was sent. Use the whole address of the poster, with /at/, or --fingerprint. If the office has "
    "told you another way that it moved, delete %(path)s."
)
CHANGED = gettext_noop(
    "ALARM: what this office's server shows contradicts what this machine saw of it before. %(what)s Nothing is sealed "
    "for it. Please tell somebody outside this office. If you know that this is right, delete %(path)s."
)
REMEMBERED = gettext_noop(
    "This computer remembers from now on that somebody here had to do with this office (%(path)s), so that no server "
    "shows you another one unnoticed. If somebody else can read this computer, delete that file, and say --no-trace "
    "the next time."
)
BEFORE: Final = {
    "root-fork": gettext_noop("It is another office under the same address: its root keys are not those of before."),
    "root-chain": gettext_noop("Its root documents are older than those of before, or others."),
    "charter-older": gettext_noop("Its list of people and keys (the charter) is older than the one seen before."),
    "sheet-old": gettext_noop("A desk's key (its sheet) is older than the one seen before."),
    "document-fork": gettext_noop("A signed document bears the number of one seen before and is another one."),
    "charter-chain": gettext_noop("The list of people and keys does not follow from the one seen before."),
    "record-rollback": gettext_noop("Its public record is shorter than before."),
}
OTHERWISE = gettext_noop("Its public record does not continue the one seen before, or its documents do not.")


def held(door: Door, wanted: Sequence[bytes], now: datetime, given: str | None, path: Path | None) -> list[Office]:
    """Prove offices, hold each against what was seen of it, and remember those that continue that.

    Args:
        door: where they are.
        wanted: their ids, as the address or the door names them.
        now: this machine's own clock.
        given: a fingerprint.
        path: of what is remembered; None remembers nothing.

    Raises:
        TerminalError: `office-gone`, `memory`.
        FairlineError: an office does not hold by itself.
    """
    memory = Memory(path)
    if door.address.office is None and given is None:
        gone = memory.at(door.address.authority) - set(wanted)
        if gone:
            listed = " ".join(b64(one) for one in sorted(gone))
            raise TerminalError("office-gone", _(OTHER_OFFICE) % {"offices": listed, "path": path})
    return [_held(door, one, now, given, memory) for one in wanted]


def say_changed(office: Office) -> bool:
    """Say in red what contradicts an earlier use of this machine; return whether anything does."""
    if office.changed is None:
        return False
    what = _(BEFORE.get(office.changed.code, OTHERWISE))
    alarm(_(CHANGED) % {"what": what, "path": usual_path()})
    return True


def require_unchanged(office: Office) -> None:
    """Refuse to seal anything for an office that contradicts what was seen of it; raises `TerminalError("changed")`."""
    if say_changed(office):
        raise TerminalError("changed", _("Nothing was sent."))


def _held(door: Door, wanted: bytes, now: datetime, given: str | None, memory: Memory) -> Office:
    seen = memory.of(wanted)
    try:
        office = Office(door, wanted, now, given, document_pins(seen))
        # Who leaves no trace asks for nothing that only a memory needs.
        newest = {} if memory.path is None else continuing(office, seen)
    except TerminalError:
        raise
    except FairlineError as error:
        if seen is None:
            raise
        # What does not hold by itself is refused as such; what holds contradicts only what was seen here.
        office = Office(door, wanted, now, given)
        office.changed = error
        return office
    memory.keep(office, newest)
    if seen is None and memory.path is not None:
        # Who reports may sit at a machine that others read: nothing is left on it without a word.
        say(_(REMEMBERED) % {"path": memory.path})
    return office

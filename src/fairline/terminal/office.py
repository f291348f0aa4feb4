"""The office as proven here: nothing is sealed to a key that is not in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from fairline.core import instants
from fairline.ledger.record import PublishedRecord, RecordIdentity
from fairline.ledger.rooted import logged_on
from fairline.profiles.documents import kind_of
from fairline.seal import jsontext
from fairline.seal.charter import ProvenCharter, prove_earlier, read_charter
from fairline.seal.document import parse_file
from fairline.seal.errors import RefusedError
from fairline.seal.form import read_form
from fairline.seal.manifest import DocumentPins, VerifiedManifest, parse_manifest, pins_of, prove_manifest
from fairline.seal.primitives import ID_SIZE, H, b64, same, unb64
from fairline.seal.recipients import recipient_hash
from fairline.seal.sheet import read_sheet
from fairline.terminal.errors import TerminalError
from fairline.terminal.fingerprints import fits, whole_fingerprint
from fairline.terminal.words import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from fairline.seal.charter import Desk
    from fairline.seal.document import DocumentName
    from fairline.seal.errors import FairlineError
    from fairline.seal.form import Form
    from fairline.seal.sheet import ProvenSheet, Sheet
    from fairline.terminal.door import Door

OFFICES_LIMIT = 1024 * 1024


@dataclass(frozen=True)
class OwnDesk:
    """A desk of this office with its newest sheet."""

    desk: Desk
    sheet: ProvenSheet


class Office:
    """One office behind a door, its documents proven, and what it publishes."""

    changed: FairlineError | None = None
    """What contradicts what this machine saw before: then it may be read, and nothing is sealed to it."""
    served: bytes
    """The manifest as it came."""

    def __init__(
        self, door: Door, office: bytes, now: datetime, fingerprint: str | None = None, seen: DocumentPins | None = None
    ) -> None:
        """Fetch the documents and prove them.

        Args:
            door: the report door.
            office: 16-byte id, as the address or the door's list names it.
            now: this machine's own clock, which no server can turn back.
            fingerprint: as the poster prints it, in letters or words; None takes the server's word for who this is.
            seen: what was proven before.

        Raises:
            RefusedError, LedgerError: the first thing that does not hold.
            TerminalError: the door did not answer, or refused.
        """
        self.door, self.office, self.now = door, office, now
        self.pinned = fingerprint is not None
        whole = None if fingerprint is None else whole_fingerprint(fingerprint)
        pins = DocumentPins() if seen is None else seen
        self.manifest = self._proven(pins if whole is None else replace(pins, F=whole))
        if fingerprint is not None and not fits(fingerprint, self.manifest.F):
            raise RefusedError("root-fork", "This is not the office that the poster names.")

    def renew(self) -> None:
        """Fetch the documents again; older ones than those seen are refused."""
        self.manifest = self._proven(pins_of(self.manifest))

    @property
    def today(self) -> date:
        """The present day in the office's time zone."""
        return instants.day(self.now, self.manifest.charter.zone)

    @property
    def record(self) -> PublishedRecord:
        """The office's published record."""
        said = self.manifest.charter.record
        identity = RecordIdentity(self.office, said.host, said.promise, said.checkpoint)
        return PublishedRecord(identity, lambda path: self.door.find(self.path(f"record/{path}")))

    def path(self, what: str) -> str:
        """Where something of this office is."""
        return f"/at/{b64(self.office)}/{what}"

    def desks(self) -> list[OwnDesk]:
        """The office's own desks, open or not."""
        found = ((desk, self.manifest.sheet(desk.id)) for desk in self.manifest.charter.desks)
        return [OwnDesk(desk, sheet) for desk, sheet in found if sheet is not None]

    def independent_of(self, desk: bytes) -> list[OwnDesk]:
        """The office's own desks whose people have no say in ``desk``."""
        independent = {one.id for one in self.manifest.charter.independent_desks(desk)}
        return [one for one in self.desks() if one.desk.id in independent]

    def form(self, sheet: Sheet) -> Form:
        """The form that a sheet names, held against its hash.

        Raises:
            RefusedError: `document-hash`.
            MalformedError: it is no form.
        """
        return read_form(self._document(sheet.form, "form"))

    def form_of(self, name: DocumentName) -> Form:
        """The form of the sheet that a report names, which may have been replaced since; raises as `form`."""
        return self.form(read_sheet(self._bytes(name.hash)))

    def profile(self, sheet: ProvenSheet) -> Mapping[str, Any]:
        """The profile that a sheet names; raises as `form`."""
        found: Mapping[str, Any] = jsontext.parse(self._document(sheet.profile, "profile"))
        return found

    def recipients_since(self, desk: bytes, report: int) -> frozenset[bytes]:
        """H of the recipients of a desk's sheets, from the newest back to that which followed number ``report``.

        Whoever could read at the desk since. To whom the report itself went its own envelope says.

        Raises:
            RefusedError: `sheet-old`, `document-hash`.
        """
        sheet: Sheet | None = self.manifest.sheet(desk)
        found: set[bytes] = set()
        while sheet is not None:
            found.add(recipient_hash(sheet.recipient))
            if sheet.number <= report + 1 or sheet.prev is None:
                break
            before = read_sheet(self._bytes(sheet.prev))
            if before.number != sheet.number - 1 or before.desk != desk:
                raise RefusedError("sheet-old", "An earlier sheet is not the one that the next one names.")
            sheet = before
        return frozenset(found)

    def charters_from(self, least: int) -> dict[int, ProvenCharter]:
        """The charters from number ``least`` on; each names the hash of the one before it.

        Raises:
            RefusedError: `charter-chain`.
        """
        newest = self.manifest.charter
        found = {newest.number: newest}
        while newest.number > least and newest.prev is not None:
            newest = prove_earlier(parse_file(self.door.get(self.path(f"charter/{newest.number - 1}"))), newest)
            found[newest.number] = newest
        return found

    def _proven(self, pins: DocumentPins) -> VerifiedManifest:
        served = self.door.get(self.path("manifest"))
        files = parse_manifest(served)
        # This machine's clock and the office's calendar; the zone is believed only with the rest of the charter.
        own_day = _day_in(self.now, read_charter(files.charter.doc).zone)
        manifest = prove_manifest(files, own_day, logged_on(own_day), pins)
        if manifest.office != self.office:
            raise RefusedError("sheet-office", "These are the documents of another office.")
        self.served = served
        return manifest

    def _document(self, key: bytes, kind: str) -> bytes:
        raw = self._bytes(key)
        if kind_of(raw) != kind:
            raise RefusedError("document-hash", "What the desk's sheet names is of another kind.")
        return raw

    def _bytes(self, key: bytes) -> bytes:
        raw = self.door.get(self.path(f"by-hash/{b64(key)}"))
        if not same(H(raw), key):
            raise RefusedError("document-hash", "A form is not the one that the desk's sheet names.")
        return raw


def _day_in(now: datetime, zone: str) -> date:
    try:
        return instants.day(now, zone)
    except (ValueError, KeyError, OSError) as error:
        raise RefusedError("charter-zone", "The charter names a time zone that nobody knows.") from error


def offices_behind(door: Door) -> list[bytes]:
    """The ids of the offices behind a door, as it says; each is proven when it is used.

    Raises:
        TerminalError: `address`, if the address is not that of a report door.
    """
    try:
        fields = jsontext.parse(door.get("/offices"), OFFICES_LIMIT)
        return [unb64(one["id"], ID_SIZE) for one in fields["offices"]]
    except (KeyError, TypeError, ValueError, RefusedError) as error:
        raise TerminalError("address", _("No reporting line answers at this address.")) from error


def text_in(texts: Mapping[str, str], language: str) -> str:
    """The text for a language tag, else the English one, else any."""
    for tag, text in texts.items():
        if tag.lower() == language.lower():
            return text
    return texts.get("en") or next(iter(texts.values()), "")


def named(desks: Iterable[OwnDesk], wanted: str) -> OwnDesk:
    """The desk with this name (in any language, any case) or id.

    Raises:
        TerminalError: `desk`, if there is none or more than one.
    """
    bare = wanted.strip().casefold()
    found = [
        one
        for one in desks
        if b64(one.desk.id) == wanted.strip() or bare in {name.casefold() for name in one.desk.names.values()}
    ]
    if len(found) != 1:
        raise TerminalError("desk", _("There is no such desk to choose here: %(desk)s.") % {"desk": wanted})
    return found[0]

"""What an office has made public about itself, read from its public files: no other database is in reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from fairline.core import publication
from fairline.core.figure_words import CATEGORIES
from fairline.seal import jsontext
from fairline.seal.errors import SealError
from fairline.seal.primitives import H, b64, unb64

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DOCUMENT_LIMIT: Final = 4 << 20
KEPT: Final = "retention/"
COUNTDOWN: Final = timedelta(days=60)
"""From here on the first page says until when the charter holds (sealing, "Charter")."""


@dataclass(frozen=True)
class Desk:
    """A desk as the charter names it."""

    id: str
    name: str
    open: bool
    outside: bool
    """Whether another office runs it, so that complaints about this one do not stay here."""


@dataclass(frozen=True)
class Manifest:
    """What the office's signed documents say, for display; a browser proves them before it seals."""

    fingerprint: bytes
    """F: the hash of root document 0, 32 bytes."""
    root: int
    administrators: int
    threshold: int
    charter: int
    valid_from: date
    valid_until: date
    zone: str
    host: str
    witnesses: tuple[str, ...]
    promise_key: str
    checkpoint_key: str
    day: date
    """The day on which it was last published."""

    def ends_within(self, today: date) -> int | None:
        """Return the days until the charter ends where they are few enough to say so (0: it has ended)."""
        return max(0, (self.valid_until - today).days) if today >= self.valid_until - COUNTDOWN else None


@dataclass(frozen=True)
class OwnPromise:
    """A period that the office has made shorter than the one of its law."""

    law: str
    """The law's id."""
    row: str
    name: str
    """Of the law."""
    label: str
    """What is done; for cases that are kept, how they ended."""
    kept: bool
    """Whether it says how long a closed case is kept."""
    limit: int
    given: int
    """What the law gives, in the same unit."""
    unit: str
    starts: date


@dataclass(frozen=True)
class LawNotice:
    """What a law has a reporting person told."""

    text: str
    name: str
    """Of the law."""
    source: str
    """Article; empty: the office's own commitment."""


@dataclass(frozen=True)
class LawDuty:
    """What a law has an organisation do."""

    text: str
    evidence: str
    source: str
    status: str
    """``verified``, ``unverified`` or ``own``."""


@dataclass(frozen=True)
class LawDuties:
    """The duties under one law, and the languages in which it has notices and forms be there."""

    name: str
    rows: tuple[LawDuty, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Account:
    """One office, in the reader's language."""

    id: bytes
    name: str
    desks: tuple[Desk, ...]
    telephone: str
    letter: str
    person: str
    emergency: str
    complaints: str
    manifest: Manifest | None
    own: tuple[OwnPromise, ...] = ()
    """What the office promises beyond its law, in the order of its days."""
    notices: tuple[LawNotice, ...] = ()
    duties: tuple[LawDuties, ...] = ()

    def promises(self, today: date) -> Sequence[OwnPromise]:
        """Return what the office promises today beyond its law, and what it will from a day on."""
        now = {(one.law, one.row): one for one in self.own if one.starts <= today}
        later = [one for one in self.own if one.starts > today]
        return [one for one in now.values() if one.limit < one.given] + later

    @property
    def address(self) -> str:
        """The id as it stands in addresses."""
        return b64(self.id)


def accounts(language: str) -> Sequence[Account]:
    """Return the offices that have published something, by name."""
    found = (account(office, language) for office in publication.offices())
    return sorted((one for one in found if one is not None), key=lambda one: one.name)


def account(office: bytes, language: str) -> Account | None:
    """Return what ``office`` has published, its texts in ``language`` where it wrote them; None: nothing."""
    manifest_file = publication.published(office, "manifest")
    account_file = publication.published(office, "account")
    if manifest_file is None and account_file is None:
        return None
    documents = _object(manifest_file.body) if manifest_file else {}
    said = _object(account_file.body) if account_file else {}
    charter = _document(documents.get("charter"))
    ways = _mapping(said.get("ways"))
    return Account(
        id=office,
        name=_in(said.get("names") or charter.get("names"), language),
        desks=_desks(said, charter, language),
        telephone=_way(ways.get("telephone"), language),
        letter=_way(ways.get("letter"), language),
        person=_way(ways.get("person"), language),
        emergency=_in(said.get("emergency"), language),
        complaints=_in(said.get("complaints"), language),
        manifest=_manifest(documents, charter, manifest_file.day) if manifest_file else None,
        notices=tuple(_notice(row, language) for row in map(_mapping, said.get("notices") or ())),
        duties=tuple(_duties(row, language) for row in map(_mapping, said.get("duties") or ())),
        own=tuple(_promise(row, language) for row in map(_mapping, said.get("own") or ())),
    )


def _notice(said: Mapping[str, Any], language: str) -> LawNotice:
    return LawNotice(_in(said.get("text"), language), _in(said.get("names"), language), str(said.get("source", "")))


def _duties(said: Mapping[str, Any], language: str) -> LawDuties:
    rows = map(_mapping, said.get("rows") or ())
    return LawDuties(
        name=_in(said.get("names"), language),
        rows=tuple(
            LawDuty(
                _in(row.get("text"), language), _in(row.get("evidence"), language), str(row.get("source", "")),
                str(row.get("status", "")),
            )
            for row in rows
        ),
        languages=tuple(map(str, said.get("languages") or ())),
    )  # fmt: skip


def _promise(said: Mapping[str, Any], language: str) -> OwnPromise:
    row = str(said["row"])
    outcome = row.removeprefix(KEPT) if row.startswith(KEPT) else ""
    label = str(CATEGORIES["outcome"].get(outcome, outcome)) if outcome else _in(said.get("label"), language)
    return OwnPromise(
        law=str(said["law"]), row=row, name=_in(said.get("names"), language), label=label, kept=bool(outcome),
        limit=int(said["limit"]), given=int(said["given"]), unit=str(said["unit"]),
        starts=date.fromisoformat(said["starts"]),
    )  # fmt: skip


def _manifest(documents: Mapping[str, Any], charter: Mapping[str, Any], day: date) -> Manifest | None:
    roots = documents.get("roots") or []
    if not roots or not charter:
        return None
    newest, record = _document(roots[-1]), _mapping(charter.get("record"))
    return Manifest(
        fingerprint=H(unb64(_mapping(roots[0]).get("doc", ""))),
        root=int(newest.get("number", 0)),
        administrators=len(newest.get("keys", ())),
        threshold=int(newest.get("threshold", 0)),
        charter=int(charter.get("number", 0)),
        valid_from=date.fromisoformat(charter["from"]),
        valid_until=date.fromisoformat(charter["not_after"]),
        zone=str(charter.get("zone", "UTC")),
        host=str(record.get("host", "")),
        witnesses=tuple(str(_mapping(one).get("name", "")) for one in charter.get("witnesses", ())),
        promise_key=str(record.get("promise", "")),
        checkpoint_key=str(record.get("checkpoint", "")),
        day=day,
    )


def _desks(said: Mapping[str, Any], charter: Mapping[str, Any], language: str) -> tuple[Desk, ...]:
    said_open = {row.get("id"): bool(row.get("open")) for row in map(_mapping, said.get("desks") or ())}
    rows = [_mapping(row) for row in charter.get("desks") or said.get("desks") or ()]
    return tuple(
        Desk(
            id=str(row.get("id", "")),
            name=_in(row.get("names"), language),
            open=said_open.get(row.get("id"), False),
            outside="F" in row,
        )
        for row in rows
    )


def _object(raw: bytes) -> Mapping[str, Any]:
    """Return the object in ``raw``; what cannot be read is shown as nothing rather than half."""
    try:
        return _mapping(jsontext.parse(raw, DOCUMENT_LIMIT))
    except SealError:
        return {}


def _document(file: Any) -> Mapping[str, Any]:
    doc = _mapping(file).get("doc", "")
    try:
        return _object(unb64(doc)) if doc else {}
    except SealError:
        return {}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _way(way: Any, language: str) -> str:
    """Return another way to report; older profiles have one text for every language."""
    return way if isinstance(way, str) else _in(way, language)


def _in(texts: Any, language: str) -> str:
    """Return the text in ``language``, else in English, else in whatever language there is."""
    known = _mapping(texts)
    for tag in (language, language.partition("-")[0], "zh-Hans" if language == "zh-hans" else language, "en"):
        if known.get(tag):
            return str(known[tag])
    return str(next(iter(known.values()), ""))

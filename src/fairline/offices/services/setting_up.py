"""Founding an office: a code from the operator's terminal, then everything in one request."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from fairline.core import clock
from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.ledger import services as ledger
from fairline.ledger.services import RecordKeys
from fairline.offices.models import Desk, DeskDrill, Document, Member, Office, SetupCode
from fairline.offices.services import acts, documents, key_files, manifests, sessions, vaults, versions
from fairline.offices.services.acts import Deed, SignedAct
from fairline.offices.services.documents import NewDocuments
from fairline.offices.services.key_files import NewKeys
from fairline.offices.services.names import checked
from fairline.offices.services.sheets import require_texts
from fairline.offices.services.totp import is_secret
from fairline.offices.services.vaults import Ways
from fairline.profiles import services as profiles
from fairline.seal.charter import Record
from fairline.seal.document import DocumentFile, Signer
from fairline.seal.primitives import ID_SIZE, H, b64
from fairline.seal.root import RootKey, read_root
from fairline.seal.roster import Entry, read_entry
from fairline.seal.sheet import read_sheet

CODE_BYTES = 15
CODE_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Begun:
    """What a browser needs before it can make a charter."""

    office: bytes
    """The id that the office will have."""
    record: RecordKeys
    host: str
    """Host of the report door, part of the record's names for ever."""


@dataclass(frozen=True)
class Person:
    """A member's public keys, and what their browser lets the server keep."""

    name: str
    """What colleagues call them."""
    sign_in_name: str
    recipient: str
    totp_secret: str
    vault: bytes
    ways: Ways


@dataclass(frozen=True)
class Founding:
    """Everything of a new office, made in the first administrator's browser."""

    code: str
    root: DocumentFile
    charter: DocumentFile
    sheet: DocumentFile
    entry: Signer
    profile: bytes
    """The first desk's profile document."""
    person: Person
    keys: NewKeys
    act: SignedAct


def new_code(now: datetime) -> str:
    """Make a set-up code for the operator's terminal: 30 digits and letters, good once, for thirty days."""
    code = secrets.token_hex(CODE_BYTES)
    with writing():
        SetupCode.objects.create(hash=_hash(code), made=now)
    return code


def begin(code: str, now: datetime) -> Begun:
    """Make the office's id and record keys; the same code gives the same ones.

    Raises:
        Problem: 403 ``set-up-code``.
    """
    with writing():
        row = _code(code, now)
        if not row.office:
            row.office = _new_id()
            row.save(update_fields=["office"])
    host = urlsplit(settings.FAIRLINE.doors["report"].origin).netloc
    return Begun(row.office, ledger.prepare_keys(row.office), host)


def found(founding: Founding, now: datetime) -> str:
    """Found the office and sign its first administrator in; return the session's token.

    Raises:
        Problem: 403 ``set-up-code``, 422 ``set-up`` and what the parts refuse; RefusedError and MalformedError as
            any browser would refuse the documents.
    """
    begun = begin(founding.code, now)
    root = read_root(founding.root.doc)
    entry = read_entry(founding.entry.entry)
    sheet = read_sheet(founding.sheet.doc)
    if root.office != begun.office or len(root.keys) != 1 or sheet.open or not is_secret(founding.person.totp_secret):
        raise _unfit()
    profiles.keep(founding.profile)
    files = manifests.served(manifests.Stored((founding.root,), {}, founding.charter, {sheet.desk: (founding.sheet,)}))
    zone = documents.zone_of(founding.charter)
    today = clock.day(now, zone)
    proven = manifests.prove(files, today, None, ())
    record = Record(begun.host, begun.record.promise, begun.record.checkpoint)
    if proven.charter.record != record or H(founding.profile) != sheet.profile:
        raise _unfit()
    require_texts(sheet)
    with writing():
        _use(founding.code, now)
        office = Office.objects.create(
            id=begun.office, names=dict(proven.charter.names), zone=zone, fingerprint=proven.F, founded=today
        )
        ledger.found(office.id, begun.host, zone, today)
        member = _first_member(office, founding.person, entry, root.keys[0])
        vaults.first(
            member, checked(founding.person.sign_in_name), founding.person.totp_secret, founding.person.vault,
            founding.person.ways,
        )  # fmt: skip
        new = NewDocuments((founding.root,), founding.charter, (founding.entry,), (founding.sheet,))
        documents.keep(office, proven, new, now)
        versions.found(office.id, today)
        desk = Desk.objects.get(id=sheet.desk)
        key_files.require_people(desk, founding.keys, opened=False)
        key_files.store(desk, founding.keys, founding.act)
        DeskDrill.objects.create(desk=desk, kind=DeskDrill.TYPED_BACK, member=member, day=today)
        deed = Deed("found", office.id, None, proven.charter.hash, founding.keys.commitment)
        acts.record(office.id, member.id, member.sign, act=founding.act, deed=deed, now=now)
        token = sessions.opened(member.id, now)
    documents.show(office, now)
    return token


def code_needed() -> bool:
    """Return whether no office has been founded yet, so that the operator should be shown a code."""
    return not Document.objects.filter(kind=Document.CHARTER).exists()


def is_good(code: str, now: datetime) -> bool:
    """Return whether a set-up code can still be used."""
    return SetupCode.objects.filter(hash=_hash(code), used=False, made__gt=now - CODE_LASTS).exists()


def _new_id() -> bytes:
    """Return a random id that does not begin with a hyphen when written: at a prompt it would read as an option."""
    while b64(key := secrets.token_bytes(ID_SIZE)).startswith("-"):
        pass
    return key


def _first_member(office: Office, person: Person, entry: Entry, root: RootKey) -> Member:
    return Member.objects.create(
        id=entry.id,
        office=office,
        name=person.name,
        sign=entry.sign,
        recipient=person.recipient,
        root=root.ed25519,
        root_commitment=root.mldsa44,
        joined=office.founded,
        way_back_tried=office.founded,
    )


def _hash(code: str) -> bytes:
    return H(b"set-up code " + code.strip().lower().encode())


def _code(code: str, now: datetime) -> SetupCode:
    row = SetupCode.objects.select_for_update().filter(hash=_hash(code), used=False, made__gt=now - CODE_LASTS).first()
    if row is None:
        message = _("This set-up code is not known, or was used already. The terminal that runs Fairline shows it.")
        raise Problem(403, "set-up-code", message)
    return row


def _use(code: str, now: datetime) -> None:
    row = _code(code, now)
    row.used = True
    row.save(update_fields=["used"])


def _unfit() -> Problem:
    message = _("What your browser made does not fit together. Nothing was stored; please begin the set-up again.")
    return Problem(422, "set-up", message)

"""What the made office does, with the keys that its members' browsers would hold."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings

from fairline.core import clock
from fairline.core.transactions import writing
from fairline.ledger import services as ledger
from fairline.line import blobs
from fairline.line import queries as line
from fairline.line import services as line_services
from fairline.line.heads import read_post
from fairline.line.models import Thread
from fairline.line.parcels import read
from fairline.offices.models import Member, Office
from fairline.offices.services import documents, manifests
from fairline.offices.services.documents import NewDocuments
from fairline.profiles import services as profiles
from fairline.profiles.queries import default_form
from fairline.seal import age
from fairline.seal.attachment import Attachment
from fairline.seal.bodies import Message, write_message
from fairline.seal.charter import Custody, Desk, Peer, Record, Terms, write_charter
from fairline.seal.document import DocumentFile, DocumentName, Signer, sign_document
from fairline.seal.envelope import Header, MemberBy
from fairline.seal.jsontext import parse
from fairline.seal.manifest import VerifiedManifest
from fairline.seal.post import Audiences, Readers, Request, post_parcel, seal_post
from fairline.seal.primitives import H, b64, public_key, unb64
from fairline.seal.recipients import identity, recipient_hash
from fairline.seal.root import RootKey, ed25519_seed, write_root
from fairline.seal.roster import Member as RosterMember
from fairline.seal.roster import build_roster, proof_of, read_proof, write_entry
from fairline.seal.sheet import SheetTerms, write_sheet
from fairline.seal.thread import Found, Reader, read_thread
from fairline.seal.thread import Thread as OpenedThread
from support.made_office import DESKS, NAMES, PROFILE, ZONE, MadeOffice

SHOWN = 1 << 16
"""Files shorter than this are handed over whole."""
ALIASES = ("Handler A", "Handler B")


def found(made: MadeOffice, peers: Sequence[str] = ()) -> str:
    """Found the office with two open desks and `peers` (F, `@`, host); return its address and fingerprint as JSON."""
    now = clock.now()
    today = clock.day(now, ZONE)
    host = urlsplit(settings.FAIRLINE.doors["report"].origin).netloc
    keys = ledger.prepare_keys(made.id)
    profile = profiles.keep(json.dumps(PROFILE, ensure_ascii=False).encode())
    entries = [_entry(made, desk, alias) for desk, alias in zip(made.desks, ALIASES, strict=True)]
    roster = build_roster(entries)
    signers = {
        desk: Signer(entry, proof_of(roster, place, 0))
        for desk, entry, place in zip(made.desks, entries, roster.places, strict=True)
    }
    root_key = RootKey(public_key(ed25519_seed(made.root)), H(b"mldsa44" + made.root))
    root = _signed(made, "root", write_root(made.id, 0, None, [root_key], 1))
    sheets = {
        desk: _sheet(
            made,
            signers[desk],
            SheetTerms(
                made.id,
                desk,
                0,
                None,
                "The desk opens.",
                open=True,
                epoch=0,
                recipient=identity(made.epochs[desk.hex()]).recipient,
                form=H(default_form()),
                profile=profile,
            ),
        )
        for desk in made.desks
    }
    first, second = made.desks
    charter = _signed(
        made,
        "charter",
        write_charter(
            Terms(
                office=made.id,
                number=0,
                prev=None,
                root=0,
                start=today - timedelta(days=1),
                not_after=today + timedelta(days=119),
                zone=ZONE,
                names=NAMES,
                desks=(
                    Desk(first, DESKS[0], sheet=DocumentName(0, H(sheets[first].doc))),
                    Desk(second, DESKS[1], (first,), sheet=DocumentName(0, H(sheets[second].doc))),
                ),
                roster=roster,
                custody=Custody(2, tuple(identity(seed).recipient for seed in made.custodians)),
                record=Record(host, keys.promise, keys.checkpoint),
                peers=tuple(Peer(unb64(one.partition("@")[0]), one.partition("@")[2]) for one in peers),
            )
        ),
    )
    new = NewDocuments((root,), charter, tuple(signers.values()), tuple(sheets.values()))
    files = manifests.served(manifests.Stored((root,), {}, charter, {desk: (sheet,) for desk, sheet in sheets.items()}))
    proven = manifests.prove(files, today, None, ())
    with writing():
        office = Office.objects.create(id=made.id, names=NAMES, zone=ZONE, fingerprint=proven.F, founded=today)
        ledger.found(made.id, host, ZONE, today)
        for desk, alias in zip(made.desks, ALIASES, strict=True):
            member, seed = made.person(desk)
            Member.objects.create(
                id=member, office=office, name=alias, sign=public_key(seed), recipient=_recipient(seed), joined=today
            )
        documents.keep(office, proven, new, now)
    documents.publish(office, now)
    return json.dumps({"id": b64(made.id), "F": b64(proven.F)})


def rotate(made: MadeOffice, reason: str) -> None:
    """Begin a new epoch of the first desk."""
    now = clock.now()
    office = Office.objects.get(id=made.id)
    proven = documents.prove_now(office, clock.day(now, ZONE))
    desk = made.desks[0]
    before = proven.sheet(desk)
    seed = secrets.token_bytes(32)
    terms = SheetTerms(
        made.id,
        desk,
        before.number + 1,
        before.hash,
        reason,
        open=True,
        epoch=before.epoch + 1,
        recipient=identity(seed).recipient,
        form=before.form,
        profile=before.profile,
    )
    sheet = _sheet(made, _signer(made, desk), terms)
    with writing():
        documents.put_in_force(office, NewDocuments((), None, (), (sheet,)), now)
    documents.publish(office, now)
    made.epochs[desk.hex()] = seed


def answer(made: MadeOffice, text: str) -> str:
    """Open every thread as a handler, answer it with ``text``, and return what the last one said as JSON."""
    now = clock.now()
    today = clock.day(now, ZONE)
    said: list[dict[str, str]] = []
    proven = documents.prove_now(Office.objects.get(id=made.id), today)
    for row in Thread.objects.filter(office=made.id):
        thread = _opened(made, row, proven)
        sheet = proven.sheet(row.desk)
        said = [_words(post) for post in thread.posts]
        newest = {chain: thread.chains.head(chain) for chain in ("r", "o") if thread.chains.head(chain) is not None}
        signer = _signer(made, row.desk)
        header = Header(
            kind="message",
            office=made.id,
            desk=row.desk,
            thread=row.id,
            to=(),
            by=MemberBy(signer.entry, signer.proof),
            chain="o",
            n=newest.get("o", -1) + 1,
            prev=thread.chains.newest("o"),
            seen=thread.chains.newest("r"),
        )
        post = seal_post(
            header,
            write_message(Message(text, "en")),
            made.person(row.desk)[1],
            Audiences(sheet.recipient, thread.reporter.box, thread.reporter.tag),
        )
        parcel = post_parcel(post, row.id, Request(newest, Readers("epoch", sheet.epoch, sheet.recipient)))
        line_services.post(made.id, read_post(*read(parcel)), today)
    return json.dumps(said, ensure_ascii=False)


def attached(made: MadeOffice) -> str:
    """Open every report as a handler and every file that came with it; return what is in them as JSON."""
    proven = documents.prove_now(Office.objects.get(id=made.id), clock.day(clock.now(), ZONE))
    found = []
    for row in Thread.objects.filter(office=made.id):
        for post in _opened(made, row, proven).posts:
            for file in post.envelope.header.files or ():
                parts = partial(blobs.part, made.id, row.id, file.blob, notes=False)
                content = b"".join(Attachment(file, parts).whole())
                told = {"name": file.name, "type": file.type, "size": len(content), "hash": H(content).hex()}
                found.append(told | {"content": b64(content) if len(content) < SHOWN else "", "said": _words(post)})
    return json.dumps(found, ensure_ascii=False)


def _opened(made: MadeOffice, row: Thread, proven: VerifiedManifest) -> OpenedThread:
    whole = line.thread(made.id, row.id)
    opener = identity(made.epochs[row.desk.hex()])
    found = [Found(chain, n, age.unseal(files[0].sealed, [opener])) for (chain, n), files in whole.files.items()]
    own = frozenset({recipient_hash(opener.recipient)})
    reader = Reader(made.id, row.desk, row.id, "office", own, own, lambda _number: proven.charter)
    thread = read_thread(found, reader)
    if thread.refused or thread.problems or thread.reporter is None:
        raise RuntimeError(f"{thread.refused} {thread.problems}")
    return thread


def _words(post: object) -> dict[str, str]:
    body = getattr(post, "body", None)
    if hasattr(body, "answers"):
        return {**dict(body.answers), "contact": body.contact or "", "must_not_see": "; ".join(body.must_not_see)}
    return {"text": getattr(body, "text", "")}


def _entry(made: MadeOffice, desk: bytes, alias: str) -> bytes:
    member, seed = made.person(desk)
    roles = (f"handler@{b64(desk)}", f"lead@{b64(desk)}")
    names = RosterMember(member, public_key(seed), recipient_hash(_recipient(seed)), roles, alias)
    return write_entry(names, secrets.token_bytes(16))


def _recipient(seed: bytes) -> str:
    return identity(H(seed)).recipient


def _signer(made: MadeOffice, desk: bytes) -> Signer:
    row = Office.objects.get(id=made.id).roster.get(member=made.person(desk)[0])
    return Signer(row.entry, read_proof(parse(row.proof)))


def _signed(made: MadeOffice, label: str, doc: bytes) -> DocumentFile:
    return DocumentFile(doc, (sign_document(ed25519_seed(made.root), label, doc),))


def _sheet(made: MadeOffice, signer: Signer, terms: SheetTerms) -> DocumentFile:
    doc = write_sheet(terms)
    return DocumentFile(doc, (sign_document(made.person(terms.desk)[1], "sheet", doc),), (signer,))

"""Vectors of the opening of a name: who may ask, which share answers, and what must fit before a name is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from fairline.seal import opening, passing
from fairline.seal.author import Where
from fairline.seal.bodies import Dealt, IdentityCard, Share, write_identity_card, write_share
from fairline.seal.charter import ProvenCharter, read_charter, write_charter
from fairline.seal.envelope import Header, Kind, MemberBy, ReporterBy, Written, write_envelope
from fairline.seal.primitives import H, b64, public_key, unb64
from fairline.seal.recipients import recipient_hash
from fairline.seal.shares import again, split
from fairline.seal.vectors.cases import Book, Operations
from fairline.seal.vectors.envelopes import trimmed
from fairline.seal.vectors.office import MadeUpOffice, Person


def _where(given: dict[str, Any]) -> Where:
    return Where(unb64(given["office"]), unb64(given["desk"]), unb64(given["thread"]))


def _content(given: dict[str, Any]) -> bytes:
    return unb64(given["content"]).ljust(given["size"], b"\0")


def _asked(given: dict[str, Any], content: bytes, own: bytes) -> opening.ProvenRequest:
    charter = ProvenCharter(read_charter(unb64(given["charter"])))
    return opening.prove_request(content, _where(given), {charter.number: charter}.get, own)


def _prove_request(given: dict[str, Any]) -> dict[str, Any]:
    found = _asked(given, _content(given), unb64(given["own"]))
    return {"c": b64(found.c), "asker": b64(found.asker.id), "ground": found.request.ground}


def _prove_release(given: dict[str, Any]) -> dict[str, Any]:
    charter = ProvenCharter(read_charter(unb64(given["charter"])))
    request = _asked(given, _content(given["asked"]), bytes(16))
    found = opening.prove_release(_content(given), _where(given), {charter.number: charter}.get, request)
    return {"index": found.index, "share": b64(found.share)}


def _share_inside(given: dict[str, Any]) -> dict[str, Any]:
    found = opening.share_inside(_content(given), _where(given), given["message"])
    return {"index": found.index, "share": b64(found.share)}


def _given(given: dict[str, Any]) -> opening.Given:
    dealt = Dealt(unb64(given["K2"]), tuple(unb64(one) for one in given["hashes"]))
    return opening.Given(_where(given), given["message"], dealt, unb64(given["sign"]))


def _name_key(given: dict[str, Any]) -> str:
    releases = [opening.Release(bytes(32), one["index"], unb64(one["share"])) for one in given["shares"]]
    return opening.name_key(releases, _given(given)).recipient


def _passed_inside(given: dict[str, Any]) -> dict[str, Any]:
    charter = ProvenCharter(read_charter(unb64(given["charter"])))
    found, by = passing.passed_inside(
        _content(given), _where(given), given["message"], {charter.number: charter}.get, unb64(given["own"])
    )
    return {"index": found.index, "share": b64(found.share), "by": b64(by.id)}


def _again(given: dict[str, Any]) -> str | None:
    shares = {one["index"]: unb64(one["share"]) for one in given["shares"]}
    found = again(shares, [unb64(one) for one in given["hashes"]], given["lost"])
    return None if found is None else b64(found)


OPERATIONS: Operations = {
    "prove-request": _prove_request,
    "prove-release": _prove_release,
    "share-inside": _share_inside,
    "name-key": _name_key,
    "passed-inside": _passed_inside,
    "share-again": _again,
    "card-inside": lambda given: b64(write_identity_card(opening.card_inside(_content(given), _given(given)))),
    "read-request": lambda given: b64(opening.write_request(opening.read_request(unb64(given["body"])))),
    "read-release": lambda given: b64(opening.write_release(opening.read_release(unb64(given["body"])))),
    "read-passed": lambda given: b64(passing.write_passed(passing.read_passed(unb64(given["body"])))),
}


@dataclass(frozen=True)
class _Stage:
    """An office with two custodians, and a report of it that gave a name under seal."""

    book: Book
    office: MadeUpOffice
    mira: Person
    wen: Person
    seed: bytes
    shares: tuple[bytes, ...]
    base: dict[str, Any]

    def header(self, kind: Kind, **changed: Any) -> Header:
        """Of the report's thread."""
        base = Header(kind, self.office.id, self.office.desk, H(b"thread")[:16], (), ReporterBy(public_key(self.seed)))
        return replace(base, **changed)

    def by(self, kind: Kind, person: Person, body: bytes, *to: Person, **changed: Any) -> Written:
        """Written by a member."""
        signer = self.office.signer(person)
        hashes = tuple(recipient_hash(one.seal.recipient) for one in to)
        header = self.header(kind, by=MemberBy(signer.entry, signer.proof), to=hashes, **changed)
        return write_envelope(header, body, person.sign, self.book.random)

    def given(self, kind: Kind, body: bytes, seed: bytes | None = None, **changed: Any) -> dict[str, Any]:
        """Written by the reporting person, or with another seed."""
        header = self.header(kind, **{"to": (H(b"reader"),), "belongs_to": 0} | changed)
        return trimmed(write_envelope(header, body, seed or self.seed, self.book.random).content)


def openings() -> Book:
    """`vectors/opening.json`."""
    book = Book("opening", OPERATIONS)
    stage = _stage(book)
    asking = opening.NameRequest(0, "court", "The court orders it.", "en", stage.office.bruno.seal.recipient,
                                 withheld="The order forbids it.")  # fmt: skip
    asked = _requests(stage, asking)
    _releases(stage, asked)
    _shares(stage)
    _names(stage)
    _bodies(book, asking)
    _passed(stage)
    _made_again(stage)
    return book


def _stage(book: Book) -> _Stage:
    office = MadeUpOffice("opening")
    mira, wen = office.person("Keeper A", "custodian"), office.person("Keeper B", "custodian")
    office.admit(mira, wen)
    charter = write_charter(replace(office.terms(), custody=None))
    shares = tuple(split(book.random(32), 3, 2, book.random))
    seed = book.random(32)
    base = {"charter": b64(charter), "office": b64(office.id), "desk": b64(office.desk)}
    base["thread"] = b64(H(b"thread")[:16])
    return _Stage(book, office, mira, wen, seed, shares, base)


def _requests(stage: _Stage, asking: opening.NameRequest) -> dict[str, Any]:
    bruno, mira = stage.office.bruno, stage.mira
    body = opening.write_request(asking)

    def add(name: str, error: str | None, author: Person, own: bytes = mira.id, **header: Any) -> Any:
        kind = header.pop("kind", "request")
        written = trimmed(stage.by(kind, author, body, bruno, mira, stage.wen, **header).content)
        stage.book.add(name, "a request", "prove-request", error, **stage.base, **written, own=b64(own))
        return written

    asked: dict[str, Any] = add("asked by a handler", None, bruno)
    add("refused: shares for another than who asks", "request-reply", stage.office.amina)
    add("refused: asked by an administrator", "envelope-author", stage.office.chiara)
    add("refused: asked by a custodian", "envelope-author", mira, own=stage.wen.id)
    add("refused: asked by who would answer", "same-person", bruno, own=bruno.id)
    add("refused: of another thread", "envelope-place", bruno, thread=bytes(16))
    add("refused: a copy as a request", "envelope-kind", bruno, kind="copy")
    written = trimmed(stage.by("request", bruno, body, bruno).content)
    broken = unb64(written["content"]).replace(b"court", b"couri", 1)
    stage.book.add("refused: altered after it was signed", "a request", "prove-request", "envelope-signature",
                   **stage.base, content=b64(broken), size=written["size"], own=b64(mira.id))  # fmt: skip
    return asked


def _releases(stage: _Stage, asked: dict[str, Any]) -> None:
    bruno, mira = stage.office.bruno, stage.mira
    c = unb64(_prove_request(stage.base | asked | {"own": b64(mira.id)})["c"])
    body = opening.write_release(opening.Release(c, 0, stage.shares[0]))
    other = opening.write_release(opening.Release(H(b"another request"), 0, stage.shares[0]))

    def add(name: str, error: str | None, author: Person, text: bytes, *to: Person, **header: Any) -> None:
        written = trimmed(stage.by(header.pop("kind", "release"), author, text, *to, **header).content)
        stage.book.add(name, "a release", "prove-release", error, **stage.base, **written, asked=asked)

    add("handed over by a custodian", None, mira, body, bruno)
    add("refused: handed over for another request", "release-request", mira, other, bruno)
    add("refused: sealed for somebody else", "envelope-audience", mira, body, stage.office.amina)
    add("refused: sealed for somebody else, too", "envelope-audience", mira, body, bruno, stage.office.amina)
    add("refused: sealed for nobody", "envelope-audience", mira, body)
    add("refused: handed over by a handler", "envelope-author", stage.office.amina, body, bruno)
    add("refused: handed over in another thread", "envelope-place", mira, body, bruno, thread=bytes(16))
    add("refused: a request as a release", "envelope-kind", mira, body, bruno, kind="request")


def _shares(stage: _Stage) -> None:
    hashes = tuple(H(one) for one in stage.shares)
    good = write_share(Share(1, stage.shares[1], hashes))

    def add(name: str, error: str | None, body: bytes, message: int = 0, **header: Any) -> None:
        written = stage.given(header.pop("kind", "share"), body, **header)
        stage.book.add(name, "a share", "share-inside", error, **stage.base, **written, message=message)

    add("a custodian's share", None, good)
    add("a share of a name that was given later", None, good, 4, belongs_to=4)
    add("refused: a share of another message", "envelope-place", good, 4)
    add("refused: a share of another thread", "envelope-place", good, thread=bytes(16))
    add("refused: a share in another's place", "share-hash", write_share(Share(2, stage.shares[1], hashes)))
    add("refused: a share beyond the deal", "share-hash", write_share(Share(3, stage.shares[1], hashes)))


def _names(stage: _Stage) -> None:
    named = {**stage.base, "K2": b64(H(b"K2")), "hashes": [b64(H(one)) for one in stage.shares], "message": 0,
             "sign": b64(public_key(stage.seed))}  # fmt: skip
    dealt = [{"index": at, "share": b64(one)} for at, one in enumerate(stage.shares)]
    wrong = {"index": 1, "share": b64(stage.shares[2])}
    for name, error, shares in (
        ("two of three", None, dealt[:2]), ("two others: the same key", None, dealt[1:]), ("all three", None, dealt),
        ("refused: one share", "share-count", dealt[:1]), ("refused: one share twice", "share-count", [dealt[0]] * 2),
        ("refused: a wrong share", "share-hash", [dealt[0], wrong]),
    ):  # fmt: skip
        stage.book.add(name, "the key of a name", "name-key", error, **named, shares=shares)
    card = write_identity_card(IdentityCard("Noor Example", "555 0100", ""))

    def add(name: str, error: str | None, seed: bytes | None = None, **header: Any) -> None:
        written = stage.given(header.pop("kind", "identity"), card, seed, **header)
        stage.book.add(name, "a name", "card-inside", error, **named, **written)

    other = stage.book.random(32)
    add("a name", None)
    add("refused: a name of another message", "envelope-place", belongs_to=4)
    add("refused: a name of another thread", "envelope-place", thread=bytes(16))
    add("refused: a name by somebody else", "envelope-author", other, by=ReporterBy(public_key(other)))
    add("refused: a name signed by somebody else", "envelope-signature", other)


def _bodies(book: Book, asking: opening.NameRequest) -> None:
    agreed = replace(asking, ground="consent", reasons="They agreed. 她同意。", message=4)
    told = replace(agreed, notice=H(b"notice"), withheld=None)
    good = opening.write_request(asking)
    for name, error, body in (
        ("withheld by order", None, good), ("with their consent", None, opening.write_request(told)),
        ("refused: a ground that is in no list", "json-type", good.replace(b'"court"', b'"wish"')),
        ("refused: no reasons", "json-type", opening.write_request(replace(asking, reasons=""))),
        ("refused: a blank for a reason", "json-type", opening.write_request(replace(asking, withheld=" "))),
        ("refused: reasons without end", "json-type", opening.write_request(replace(asking, reasons="x" * 4001))),
        ("refused: they agreed and are not told", "json-type", good.replace(b'"court"', b'"consent"')),
        ("refused: neither told nor why not", "json-type", good.replace(b',"withheld":"The order forbids it."', b"")),
        ("refused: told, and why not", "json-type", opening.write_request(told)[:-1] + b',"withheld":"Why."}'),
    ):  # fmt: skip
        book.add(f"request: {name}", "a body", "read-request", error, body=b64(body))
    release = opening.write_release(opening.Release(H(b"request"), 8, bytes(33)))
    for name, error, body in (
        ("of the ninth custodian", None, release),
        ("refused: of a tenth", "json-type", release.replace(b'"index":8', b'"index":9')),
        ("refused: with a word beside it", "json-unknown", release[:-1] + b',"note":"x"}'),
    ):  # fmt: skip
        book.add(f"release: {name}", "a body", "read-release", error, body=b64(body))


def _passed(stage: _Stage) -> None:
    hashes = tuple(H(one) for one in stage.shares)
    share = Share(1, stage.shares[1], hashes)
    good = passing.write_passed(passing.Passed(0, share))

    def add(name: str, error: str | None, author: Person, body: bytes, *to: Person, **header: Any) -> None:
        written = trimmed(stage.by(header.pop("kind", "passed"), author, body, *to, **header).content)
        own = b64(recipient_hash(stage.wen.seal.recipient))
        stage.book.add(f"passed on: {name}", "a share that was passed on", "passed-inside", error,
                       **stage.base, **written, message=0, own=own)  # fmt: skip

    add("by a custodian", None, stage.mira, good, stage.wen)
    add("refused: by a handler", "envelope-author", stage.office.bruno, good, stage.wen)
    add("refused: to somebody else", "envelope-audience", stage.mira, good, stage.office.amina)
    add("refused: to somebody else, too", "envelope-audience", stage.mira, good, stage.wen, stage.office.amina)
    add("refused: to nobody", "envelope-audience", stage.mira, good)
    add("refused: of another thread", "envelope-place", stage.mira, good, stage.wen, thread=bytes(16))
    later = passing.write_passed(passing.Passed(4, share))
    add("refused: of another message", "envelope-place", stage.mira, later, stage.wen)
    other = passing.write_passed(passing.Passed(0, replace(share, index=2)))
    add("refused: in another's place", "share-hash", stage.mira, other, stage.wen)
    beyond = passing.write_passed(passing.Passed(0, replace(share, index=3)))
    add("refused: beyond the deal", "share-hash", stage.mira, beyond, stage.wen)
    add("refused: a release", "envelope-kind", stage.mira, good, stage.wen, kind="release")
    for name, error, body in (
        ("as it was dealt", None, good),
        ("refused: of a tenth custodian", "json-type", good.replace(b'"index":1', b'"index":9')),
        ("refused: with a word beside it", "json-unknown", good[:-1] + b',"note":"x"}'),
    ):
        stage.book.add(f"passed: {name}", "a body", "read-passed", error, body=b64(body))


def _made_again(stage: _Stage) -> None:
    """Of four shares, any three of which make the key."""
    dealt = split(stage.book.random(32), 4, 3, stage.book.random)
    hashes = [b64(H(one)) for one in dealt]
    rows = [{"index": at, "share": b64(one)} for at, one in enumerate(dealt)]
    wrong = {"index": 1, "share": b64(dealt[2])}
    for name, error, shares, lost in (
        ("the fourth share, made again from three", None, rows[:3], 3),
        ("the first, made again from the others", None, rows[1:], 0),
        ("two of three that are needed make none", None, rows[:2], 3),
        ("refused: made from one", "share-count", rows[:1], 3),
        ("refused: one that is not lost", "share-count", rows[:3], 1),
        ("refused: one that was never dealt", "share-count", rows[:3], 4),
        ("refused: made from a wrong one", "share-hash", [rows[0], wrong, rows[2]], 3),
    ):  # fmt: skip
        stage.book.add(name, "a lost share", "share-again", error, shares=shares, hashes=hashes, lost=lost)

"""Vectors of exported cases: the archive byte for byte, the list, and the passphrase that seals them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from fairline.seal import age, archive, exportedcase
from fairline.seal.archive import ArchivedFile, Source
from fairline.seal.exportedcase import ExportedCase, ExportedFile, ExportedPost, ExportRecord
from fairline.seal.jsontext import parse, write
from fairline.seal.passphrases import Passphrase
from fairline.seal.primitives import H, b64, unb64
from fairline.seal.stood import (
    Stood,
    StoodDuty,
    StoodPanel,
    StoodRow,
    StoodSeat,
    StoodStep,
    read_stood,
    stood_json,
)
from fairline.seal.vectors.cases import Book, Operations
from fairline.seal.vectors.mutations import Shape, as_input, every_field

WORDS: Final = "correct horse battery staple"
SEALED: Final = (
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0-"
    "IHNjcnlwdCBGRWZTV1JkT3lXaVl3R3J2c2xJN0JBIDEwCkhtVHdCYmowS29PNjlobTRmckxieWh1eFRPcHFyOXRDdHFLMzlwWlMr"
    "WmMKLS0tIGI2QmVoZGl5Qk01TUFadGdlUWNDa3QwSkIvWmxjZXVndVlqU2pIMFM5aVkKRaHzR3sKCkAfJfhtZryKITKKcAsi_gM2"
    "8Rd62oMseiUygxerW6fjKqJaG3CwxTB-q6mk"
)
"""Written once by `passphrases.seal_with` with 2^10 rounds; another run would draw other bytes."""


def _files(given: dict[str, Any]) -> list[ArchivedFile]:
    return [ArchivedFile(one["name"], unb64(one["content"])) for one in given["files"]]


def _opened(given: dict[str, Any]) -> dict[str, Any]:
    found = exportedcase.open_archive(Source.of(unb64(given["archive"])))
    return {"digest": b64(found.digest), "thread": b64(found.case.thread), "names": list(found.contents)}


OPERATIONS: Operations = {
    "write-archive": lambda given: b64(archive.write_archive(_files(given))),
    "read-archive": lambda given: list(archive.read_archive(Source.of(unb64(given["archive"])))),
    "read-list": lambda given: b64(exportedcase.write_list(exportedcase.read_list(unb64(given["list"])))),
    "read-record": lambda given: b64(exportedcase.write_record(exportedcase.read_record(unb64(given["record"])))),
    "read-stood": lambda given: b64(_stood_again(unb64(given["stood"]))),
    "read-documents": lambda given: [b64(one) for one in _flat(unb64(given["documents"]))],
    "open-export": _opened,
    "open-with-passphrase": lambda given: b64(age.unseal(unb64(given["file"]), [Passphrase(given["passphrase"])])),
}


def _flat(raw: bytes) -> tuple[bytes, ...]:
    manifest, charters = exportedcase.read_documents(raw)
    return (manifest, *charters)


def _stood_again(raw: bytes) -> bytes:
    return write(stood_json(read_stood(parse(raw, exportedcase.LIST_LIMIT))))


def exports() -> Book:
    """`vectors/export.json`."""
    book = Book("export", OPERATIONS)
    _archives(book)
    random = book.random
    envelopes = {"r": random(40), "i": random(50)}
    page, documents, attachment = random(60), exportedcase.write_documents(random(20), [random(10)]), random(30)
    promise = {"v": 1, "kind": "promise", "sig": b64(random(64))}
    posts = tuple(
        ExportedPost(chain, 0, date(2026, 3, 2), random(32), random(32), random(32) if chain == "r" else None,
                     promise if chain == "r" else None, H(raw))
        for chain, raw in envelopes.items()
    )  # fmt: skip
    files = (
        ExportedFile(random(16), "too large.mov", 1 << 32, None, None),
        ExportedFile(random(16), "an invoice.pdf", len(attachment), "attachments/02.pdf", H(attachment)),
    )
    case = ExportedCase(
        random(16), random(16), random(16), date(2026, 4, 1), random(16), "court", "The court asked for it.", "closed",
        (random(32),), posts, files, H(page), H(documents),
    )  # fmt: skip
    record = ExportRecord(random(80), promise)
    contents = {
        exportedcase.PAGE: page, exportedcase.DOCUMENTS: documents, "attachments/02.pdf": attachment,
        **{post.file: envelopes[post.chain] for post in posts},
    }  # fmt: skip
    good = exportedcase.write_list(case)
    book.add("list", "of a closed case", "read-list", list=b64(good))
    every_field(
        book, "read-list", good, as_input("list"), Shape(frozenset({"T", "promise", "part"}), frozenset({"promise"}))
    )
    _stood(book, case)
    for name, changed in (("reason", replace(case, reason="money")), ("status", replace(case, status="arrived"))):
        book.add(
            f"list with another {name}",
            "a word of no list",
            "read-list",
            "json-type",
            list=b64(exportedcase.write_list(changed)),
        )
    elsewhere = replace(case, files=(replace(files[1], part="envelopes/r-0.fairline"),))
    book.add(
        "list with a file elsewhere",
        "an attachment among the envelopes",
        "read-list",
        "export-part",
        list=b64(exportedcase.write_list(elsewhere)),
    )
    book.add("record", "row and promise", "read-record", record=b64(exportedcase.write_record(record)))
    every_field(
        book, "read-record", exportedcase.write_record(record), as_input("record"), Shape(maps=frozenset({"promise"}))
    )
    book.add("documents", "manifest and one earlier charter", "read-documents", documents=b64(documents))
    every_field(book, "read-documents", documents, as_input("documents"))
    whole = exportedcase.archived(case, record, contents)
    book.add("export", "whole", "open-export", archive=b64(archive.write_archive(whole)))
    for name, code, files_ in (
        ("without its page", "export-files", [one for one in whole if one.name != exportedcase.PAGE]),
        ("without an envelope", "export-files", [one for one in whole if one.name != "envelopes/i-0.fairline"]),
        ("with a file more", "export-files", [*whole, ArchivedFile("attachments/03", b"more")]),
        ("in another order", "export-files", [*whole[:4], *reversed(whole[4:])]),
        ("with another page", "export-hash", _put(whole, exportedcase.PAGE, b"%PDF")),
        ("with another envelope", "export-hash", _put(whole, "envelopes/r-0.fairline", bytes(40))),
        ("with another attachment", "export-hash", _put(whole, "attachments/02.pdf", b"")),
    ):  # fmt: skip
        book.add(
            f"export {name}", "not what was exported", "open-export", code, archive=b64(archive.write_archive(files_))
        )
    twice = (posts[0], replace(posts[0], day=date(2026, 3, 3)), posts[1])
    for name, doubled in (
        ("an envelope listed twice", replace(case, posts=twice)),
        ("an attachment listed twice", replace(case, files=(*files, replace(files[1], name="another.pdf")))),
    ):  # fmt: skip
        book.add(
            f"export with {name}", "which of the two would it be?", "open-export", "export-files",
            archive=b64(archive.write_archive(_put(whole, exportedcase.LIST, exportedcase.write_list(doubled)))),
        )  # fmt: skip
    book.add("sealed with words", "2^10 rounds", "open-with-passphrase", file=SEALED, passphrase=WORDS)
    book.add(
        "sealed with other words",
        "not these",
        "open-with-passphrase",
        "not-mine",
        file=SEALED,
        passphrase=WORDS.title(),
    )
    return book


def _stood(book: Book, case: ExportedCase) -> None:
    """Lists with what the office kept beside the case."""
    member, label = book.random(16), {"en": "Early warning", "ar": "إنذار مبكر"}
    given = Stood(
        (
            StoodStep("delayed", "evidence", date(2026, 3, 3), None),
            StoodStep("given", "", date(2026, 3, 10), date(2026, 3, 31)),
        ),
        StoodPanel(
            date(2026, 5, 1), ended=False, document="What each of them reads.",
            seats=(StoodSeat(member, "yes", "Because of r 2."),),
        ),
        (
            StoodDuty("eu-nis2", {"en": "NIS 2"}, (
                StoodRow("final-report", label, "waiting", in_time=True, due=None, day=None, done=None),
                StoodRow("early-warning", label, "running", in_time=True, due="2026-03-28T22:30Z", day=None, done=None),
                StoodRow(
                    "notice", label, "done", in_time=False, due="2026-04-27T22:00Z", day=date(2026, 4, 27),
                    done="2026-04-28T08:00Z",
                ),
            )),
        ),
    )  # fmt: skip
    whole = exportedcase.write_list(replace(case, posts=(), files=(), stood=given))
    book.add("list with what stood beside it", "hearing, panel, duties", "read-list", list=b64(whole))
    alone = write(stood_json(given))
    book.add("what stood beside a case", "by itself", "read-stood", stood=b64(alone))
    every_field(
        book, "read-stood", alone, as_input("stood"),
        Shape(frozenset({"panel", "until", "due", "day", "done"}), frozenset({"label", "names"})),
    )  # fmt: skip
    # Elsewhere these are not always there, so the rule for each field leaves them out.
    for where, lacking in (("panel", "until"), ("hearing", "day")):
        broken: Any = parse(alone, exportedcase.LIST_LIMIT)
        del (broken[where] if where == "panel" else broken[where][0])[lacking]
        book.add(f"what stood: {where} without {lacking}", "a field left out", "read-stood", "json-missing",
                 stood=b64(write(broken)))  # fmt: skip
    nothing = replace(case, stood=Stood((), None, ()))
    book.add("list of a case with nothing beside it", "said, and empty", "read-list",
             list=b64(exportedcase.write_list(nothing)))  # fmt: skip


def _archives(book: Book) -> None:
    files = [{"name": "list.json", "content": b64(b"{}")}, {"name": "attachments/01.txt", "content": b64(b"")}]
    made = unb64(book.add("archive", "two files", "write-archive", files=files))
    book.add("archive read", "two files", "read-archive", archive=b64(made))
    for name in ("../a", "A", "a/b/c", "/a", "a\u0000", ".a", "ä", ""):
        book.add(
            f"a file called {name!a}",
            "no name of ours",
            "write-archive",
            "archive-name",
            files=[{"name": name, "content": ""}],
        )
    book.add("one name twice", "which would it be?", "write-archive", "archive-name", files=[files[0], files[0]])
    for what, raw in (
        ("nothing", b""), ("an empty archive", made[-22:-14] + bytes(14)), ("one byte more", made + b"\0"),
        ("cut", made[:-1]),
        ("another date", made[:12] + b"\x22" + made[13:]), ("another check", made[:14] + b"\0" + made[15:]),
        ("a flag", made[:6] + b"\x08" + made[7:]), ("something before it", b"#!" + made),
    ):  # fmt: skip
        book.add(f"archive: {what}", "not as we write it", "read-archive", "archive", archive=b64(raw))


def _put(files: list[ArchivedFile], name: str, content: bytes) -> list[ArchivedFile]:
    return [ArchivedFile(name, content) if one.name == name else one for one in files]

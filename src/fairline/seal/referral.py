"""What a referral carries: in the report that goes out, and in the note that stays. Source: `docs/formats.md` §19."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from fairline.seal.envelope import MOST_FILES, FileName, file_name_json, read_file_name
from fairline.seal.errors import RefusedError
from fairline.seal.fields import Fields, whole
from fairline.seal.primitives import ID_SIZE, SIGNATURE_SIZE, b64

DOCUMENTS_LIMIT: Final = 1024 * 1024
"""Roots and one charter; nobody's is so long, and a report must stay a text."""
RECEIPT_SIZE: Final = 16

Manner = Literal["masked", "unmodified", "own"]
MANNERS: Final[tuple[Manner, ...]] = get_args(Manner)


@dataclass(frozen=True)
class Original:
    """A report as it came to the first office: its envelope, and the promise of its entry as that office signed it."""

    envelope: bytes = field(repr=False)
    promise: bytes


@dataclass(frozen=True)
class Origin:
    """From which office a report comes.

    Attributes:
        host: where that office's report door is.
        documents: its roots and its charter, as a manifest without sheets.
        original: what it passes on unmodified; None where the report is the referring member's own words.
        own: the officer's signature of what the organisation reports in its own name, 64 bytes; else None.
    """

    host: str
    documents: bytes = field(repr=False)
    original: Original | None = None
    own: bytes | None = None


@dataclass(frozen=True)
class Passed:
    """What the case keeps of a referral: the words of its mailbox at the other office, and what went there.

    Attributes:
        receipt: sixteen bytes; whoever has them reads and writes in that mailbox.
        F: of the other office.
        host: where its report door is.
        at: its id.
        desk: the desk there.
        names: what that office calls itself, by language.
        desk_names: what it calls the desk.
        manner: whether the member's words went, or the report as it came, or words in the organisation's own name.
        text: the member's words.
        language: of these words.
        files: what went along, sealed under keys of their own for that office.
    """

    receipt: bytes = field(repr=False)
    F: bytes
    host: str
    at: bytes
    desk: bytes
    names: Mapping[str, str]
    desk_names: Mapping[str, str]
    manner: Manner
    text: str = field(repr=False)
    language: str
    files: tuple[FileName, ...] = ()


def read_origin(value: Any) -> Origin:
    """The field `referral` of a report.

    Raises:
        MalformedError: as fields do.
        RefusedError: `referral-documents`: they are longer than the format allows.
    """
    return whole(value, _origin)


def origin_json(origin: Origin) -> dict[str, Any]:
    """The reverse of `read_origin`."""
    found: dict[str, Any] = {"host": origin.host, "documents": b64(origin.documents)}
    if origin.original is not None:
        found["original"] = {"envelope": b64(origin.original.envelope), "promise": b64(origin.original.promise)}
    if origin.own is not None:
        found["own"] = b64(origin.own)
    return found


def read_passed(value: Any) -> Passed:
    """The field `referral` of a note."""
    return whole(
        value,
        lambda fields: Passed(
            receipt=fields.raw("receipt", RECEIPT_SIZE),
            F=fields.hash("F"),
            host=fields.text("host"),
            at=fields.raw("at", ID_SIZE),
            desk=fields.id("desk"),
            names=fields.texts("names"),
            desk_names=fields.texts("desk_names"),
            manner=fields.one("manner", MANNERS),
            text=fields.text("text"),
            language=fields.text("language"),
            files=fields.list("files", read_file_name, MOST_FILES) if fields.has("files") else (),
        ),
    )


def passed_json(passed: Passed) -> dict[str, Any]:
    """The reverse of `read_passed`."""
    return {
        "receipt": b64(passed.receipt), "F": b64(passed.F), "host": passed.host, "at": b64(passed.at),
        "desk": b64(passed.desk), "names": dict(passed.names), "desk_names": dict(passed.desk_names),
        "manner": passed.manner, "text": passed.text, "language": passed.language,
    } | ({"files": [file_name_json(file) for file in passed.files]} if passed.files else {})  # fmt: skip


def _origin(fields: Fields) -> Origin:
    documents = fields.raw("documents")
    if len(documents) > DOCUMENTS_LIMIT:
        raise RefusedError("referral-documents", "The documents of the office that refers are longer than they may be.")
    original = fields.optional("original", lambda value: whole(value, _original))
    own = fields.raw("own", SIGNATURE_SIZE) if fields.has("own") else None
    return Origin(fields.text("host"), documents, original, own)


def _original(fields: Fields) -> Original:
    return Original(fields.raw("envelope"), fields.raw("promise"))

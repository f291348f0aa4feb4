"""What is said in clear about attachments and drafts, read strictly (docs/formats.md §10 and §11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fairline.core.limits import OWN_MAX, PART_MAX, PARTS_MAX
from fairline.line.heads import raw_field, require_fields, whole_number
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, H
from fairline.seal.work import Work, read_work

Bytes = TypeVar("Bytes", bound=bytes | memoryview)


@dataclass(frozen=True, slots=True)
class NewPart:
    """One part of an attachment as it came."""

    blob: bytes
    auth: bytes = field(repr=False)
    desk: bytes
    number: int
    parts: int
    hash: bytes
    sealed: bytes | memoryview = field(repr=False)
    work: Work | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Something asked for by an id and its secret: a blob, or a mailbox."""

    id: bytes
    auth: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part of an attachment, asked for by who holds the mailbox's secret."""

    mailbox: Asked
    blob: bytes
    number: int


@dataclass(frozen=True, slots=True)
class NewOwn:
    """A draft or notes as they came."""

    asked: Asked
    sealed: bytes = field(repr=False)
    work: Work | None = None


def read_part(head: Mapping[str, Any], bodies: Sequence[bytes | memoryview]) -> NewPart:
    """Read the head of a part.

    Raises:
        MalformedError: as ``heads.read_drop``; ``part`` where number, count or size are none that a part has.
    """
    require_fields(head, ("v", "blob", "auth", "desk", "part", "parts", "files"), ("work",))
    sealed = _one_file(head["files"], bodies, "part")
    number, parts = whole_number(head, "part"), whole_number(head, "parts")
    if not 0 <= number < parts <= PARTS_MAX or len(sealed) > PART_MAX:
        raise MalformedError("part", "A file has at most 2048 parts, each of them about 2 MB.")
    return NewPart(
        blob=raw_field(head, "blob", ID_SIZE),
        auth=raw_field(head, "auth", HASH_SIZE),
        desk=raw_field(head, "desk", ID_SIZE),
        number=number,
        parts=parts,
        hash=H(sealed),
        sealed=sealed,
        work=read_work(head["work"]) if "work" in head else None,
    )


def read_own(head: Mapping[str, Any], bodies: Sequence[bytes]) -> NewOwn:
    """Read the head of a draft.

    Raises:
        MalformedError: as ``heads.read_drop``; ``own`` if it is over 256 KiB.
    """
    require_fields(head, ("v", "id", "auth", "files"), ("work",))
    sealed = _one_file(head["files"], bodies, "own")
    if len(sealed) > OWN_MAX:
        raise MalformedError("own", "A draft is longer than can be kept.")
    asked = Asked(raw_field(head, "id", ID_SIZE), raw_field(head, "auth", HASH_SIZE))
    return NewOwn(asked, sealed, read_work(head["work"]) if "work" in head else None)


def read_asked(fields: Any, name: str) -> Asked:
    """Read ``{"v", name, "auth"}``; ``name`` is ``blob`` or ``id``.

    Raises:
        MalformedError: as ``heads.read_drop``.
    """
    if not isinstance(fields, dict):
        raise MalformedError("json-type", "A request is an object.")
    require_fields(fields, ("v", name, "auth"), ())
    return Asked(raw_field(fields, name, ID_SIZE), raw_field(fields, "auth", HASH_SIZE))


def read_asked_part(fields: Any) -> AskedPart:
    """Read what a mailbox is asked for a part with.

    Raises:
        MalformedError: as ``heads.read_drop``.
    """
    if not isinstance(fields, dict):
        raise MalformedError("json-type", "A request is an object.")
    require_fields(fields, ("v", "id", "auth", "blob", "part"), ())
    mailbox = Asked(raw_field(fields, "id", ID_SIZE), raw_field(fields, "auth", HASH_SIZE))
    return AskedPart(mailbox, raw_field(fields, "blob", ID_SIZE), whole_number(fields, "part"))


def _one_file(rows: Any, bodies: Sequence[Bytes], kind: str) -> Bytes:
    if len(bodies) != 1 or not isinstance(rows[0], dict):
        raise MalformedError("files", "Exactly one file comes to this address.")
    require_fields(rows[0], ("as", "size"), (), versioned=False)
    if rows[0]["as"] != kind:
        raise MalformedError("files", "Another kind of file comes to this address.")
    return bodies[0]

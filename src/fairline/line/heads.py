"""What a drop and a post say in clear, read strictly (docs/formats.md §7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, TypeVar

from fairline.core.limits import FILES_MAX
from fairline.ledger.leaves import received
from fairline.seal.errors import MalformedError
from fairline.seal.fields import as_day
from fairline.seal.primitives import HASH_SIZE, ID_SIZE, H, unb64
from fairline.seal.work import Work, read_work

VERSION: Final = 1
SHARES: Final = 9
FIRST_WORDS: Final = (2, 8)
"""A mailbox that a member opens begins with the opening and a handover; a letter and its kin may follow."""
RESEALED: Final = 1000
"""A receipt can be replaced in threads of up to this many posts."""
QUESTIONS: Final = ("understood", "safe", "fair")
"""What is asked of whose case is closed (``asking``)."""
ANSWERS: Final = ("yes", "no")


@dataclass(frozen=True, slots=True)
class File:
    """One sealed file as it came."""

    kind: str
    hash: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Renewed:
    """An own copy of an earlier post, sealed anew to the keys of a new receipt."""

    chain: str
    n: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Drop:
    """A report as the browser sends it; ``received`` is without its attachments until ``with_attachments``."""

    id: bytes
    auth_hash: bytes
    desk: bytes
    epoch: int
    tag: bytes
    content: bytes
    received: bytes
    files: tuple[File, ...]
    ticket: bytes | None
    blobs: tuple[bytes, ...] = ()
    work: Work | None = None


@dataclass(frozen=True, slots=True)
class Rekey:
    """The new mailbox id and H(auth) of a receipt that replaces another."""

    id: bytes
    auth_hash: bytes
    renewed: tuple[Renewed, ...]


@dataclass(frozen=True, slots=True)
class NewPost:
    """A message, note or other envelope for a thread, as its author's browser sends it; ``received`` as in ``Drop``."""

    id: bytes | None
    auth: bytes | None
    thread: bytes
    chain: str
    n: int
    heads: Mapping[str, int]
    epoch: int | None
    generation: int | None
    tag: bytes | None
    content: bytes
    received: bytes
    files: tuple[File, ...]
    rekey: Rekey | None
    blobs: tuple[bytes, ...] = ()
    work: Work | None = None


@dataclass(frozen=True, slots=True)
class FirstWord:
    """One of the posts with which a mailbox is opened, on chain o; its place is its number."""

    tag: bytes
    content: bytes
    received: bytes
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class NewMailbox:
    """A mailbox that a member opens for somebody else: their code's id and H(auth), and the first words in it."""

    id: bytes
    auth_hash: bytes
    desk: bytes
    generation: int
    posts: tuple[FirstWord, ...]
    until: date | None = None
    """The last day on which its words open it; None where it ends with its case."""


Sent = TypeVar("Sent", Drop, NewPost)


def read_drop(head: Mapping[str, Any], bodies: Sequence[bytes]) -> Drop:
    """Read the head of a drop.

    Raises:
        MalformedError: ``json-unknown``, ``json-missing``, ``json-type``, ``base64``, or ``files`` where they are not
            office copy, own copy, identity and shares in this order.
    """
    require_fields(head, ("v", "id", "auth", "desk", "epoch", "T", "c", "files"), ("ticket", "blobs", "work"))
    files = _files(head["files"], bodies)
    kinds = [file.kind for file in files]
    shares = len(kinds) - 3
    named = kinds == ["office", "own", "identity", *["share"] * shares] and 0 < shares <= SHARES
    if kinds != ["office", "own"] and not named:
        raise MalformedError("files", "A report comes as its office's copy, its own copy, an identity and its shares.")
    return Drop(
        id=raw_field(head, "id", ID_SIZE),
        auth_hash=raw_field(head, "auth", HASH_SIZE),
        desk=raw_field(head, "desk", ID_SIZE),
        epoch=whole_number(head, "epoch"),
        tag=raw_field(head, "T", HASH_SIZE),
        content=raw_field(head, "c", HASH_SIZE),
        received=received(file.hash for file in files),
        files=files,
        ticket=raw_field(head, "ticket", HASH_SIZE) if "ticket" in head else None,
        blobs=_blobs(head["blobs"]) if "blobs" in head else (),
        work=read_work(head["work"]) if "work" in head else None,
    )


def read_post(head: Mapping[str, Any], bodies: Sequence[bytes]) -> NewPost:
    """Read the head of a post.

    Raises:
        MalformedError: as ``read_drop``; ``chain`` where a field does not belong to the chain.
    """
    require_fields(
        head, ("v", "thread", "chain", "n", "heads", "audience", "c", "files"),
        ("id", "auth", "T", "rekey", "blobs", "work"),
    )  # fmt: skip
    chain = head["chain"]
    if chain not in ("r", "o", "i"):
        raise MalformedError("chain", "A post belongs to one of the chains r, o and i.")
    from_reporter = chain == "r"
    if ("id" in head, "auth" in head) != (from_reporter, from_reporter) or ("T" in head) == (chain == "i"):
        raise MalformedError("chain", "A post carries the fields of its own chain and no others.")
    if ("rekey" in head or "work" in head) and not from_reporter:
        raise MalformedError("chain", "Only the reporting person replaces a receipt, or does work before writing.")
    own = head["files"] if isinstance(head["files"], list) else []
    split = next((i for i, row in enumerate(own) if isinstance(row, dict) and "n" in row), len(own))
    files = _files(own[:split], bodies[:split])
    _right_kinds(chain, files)
    if split < len(own) and "rekey" not in head:
        raise MalformedError("files", "Only a new receipt seals earlier copies anew.")
    epoch, generation = _audience(head["audience"])
    return NewPost(
        id=raw_field(head, "id", ID_SIZE) if from_reporter else None,
        auth=raw_field(head, "auth", HASH_SIZE) if from_reporter else None,
        thread=raw_field(head, "thread", ID_SIZE),
        chain=chain,
        n=whole_number(head, "n"),
        heads=_heads(head["heads"]),
        epoch=epoch,
        generation=generation,
        tag=raw_field(head, "T", HASH_SIZE) if "T" in head else None,
        content=raw_field(head, "c", HASH_SIZE),
        received=received(file.hash for file in files),
        files=files,
        rekey=_rekey(head["rekey"], own[split:], bodies[split:]) if "rekey" in head else None,
        blobs=_blobs(head["blobs"]) if "blobs" in head else (),
        work=read_work(head["work"]) if "work" in head else None,
    )


def read_mailbox(head: Mapping[str, Any], bodies: Sequence[bytes]) -> NewMailbox:
    """Read the head of a mailbox that a member opens (docs/formats.md §16): an opening, a handover, and further words.

    Raises:
        MalformedError: as ``read_drop``; ``files`` where a post has not just its office's and its own copy.
    """
    require_fields(head, ("v", "id", "auth", "desk", "generation", "posts", "files"), ("until",))
    files = _files(head["files"], bodies)
    rows = head["posts"]
    if not isinstance(rows, list) or not FIRST_WORDS[0] <= len(rows) <= FIRST_WORDS[1]:
        raise MalformedError("json-type", "A mailbox opens with two to eight posts.")
    if len(files) != 2 * len(rows):
        raise MalformedError("files", "Each post that opens a mailbox has its office's copy and its own copy.")
    return NewMailbox(
        id=raw_field(head, "id", ID_SIZE),
        auth_hash=raw_field(head, "auth", HASH_SIZE),
        desk=raw_field(head, "desk", ID_SIZE),
        generation=whole_number(head, "generation"),
        posts=tuple(_first_word(row, files[2 * at : 2 * at + 2]) for at, row in enumerate(rows)),
        until=as_day(head["until"]) if "until" in head else None,
    )


def _first_word(row: Any, files: tuple[File, ...]) -> FirstWord:
    if not isinstance(row, dict):
        raise MalformedError("json-type", "A post is described by an object.")
    require_fields(row, ("T", "c"), (), versioned=False)
    _right_kinds("o", files)
    hashes = received(file.hash for file in files)
    return FirstWord(raw_field(row, "T", HASH_SIZE), raw_field(row, "c", HASH_SIZE), hashes, files)


def with_attachments(new: Sent, hashes: Sequence[bytes]) -> Sent:
    """Return ``new`` with ``f`` over its files and then its attachments, whose hashes the store knows."""
    return replace(new, received=received([*(file.hash for file in new.files), *hashes]))


def require_fields(
    fields: Mapping[str, Any], needed: Sequence[str], optional: Sequence[str], *, versioned: bool = True
) -> None:
    """Raise ``MalformedError`` unless just these fields are there: ``json-missing``, ``json-unknown``, ``version``."""
    if missing := [name for name in needed if name not in fields]:
        raise MalformedError("json-missing", f"The field {missing[0]} is missing.")
    if len(fields) > len(needed) + sum(name in fields for name in optional):
        raise MalformedError("json-unknown", "There is a field that this format does not know.")
    if versioned and (fields["v"] != VERSION or isinstance(fields["v"], bool)):
        raise MalformedError("version", "This was made for another version. Please load the page again.")


def raw_field(fields: Mapping[str, Any], name: str, size: int) -> bytes:
    """Return the bytes of a field in base64url; raise ``MalformedError``: ``json-type``, ``base64``."""
    value = fields[name]
    if not isinstance(value, str):
        raise MalformedError("json-type", f"The field {name} must be text.")
    return unb64(value, size)


def whole_number(fields: Mapping[str, Any], name: str) -> int:
    """Return a number from 0 to 2^31 − 1; raise ``MalformedError`` ``json-type`` for anything else."""
    value = fields[name]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise MalformedError("json-type", f"The field {name} must be a whole number from 0 on.")
    return value


def read_asked(fields: Any) -> tuple[bytes, bytes, int]:
    """Read what a mailbox is asked with: its id, its secret and the number of the page.

    Raises:
        MalformedError: as ``read_drop``.
    """
    if not isinstance(fields, dict):
        raise MalformedError("json-type", "A request for a mailbox is an object.")
    require_fields(fields, ("v", "id", "auth", "page"), ())
    return raw_field(fields, "id", ID_SIZE), raw_field(fields, "auth", HASH_SIZE), whole_number(fields, "page")


def read_answered(fields: Any) -> tuple[bytes, bytes, str, str]:
    """Read an answer about the line itself: id and secret of the mailbox, which question, and what was said.

    Raises:
        MalformedError: as ``read_drop``.
    """
    if not isinstance(fields, dict):
        raise MalformedError("json-type", "An answer is an object.")
    require_fields(fields, ("v", "id", "auth", "question", "answer"), ())
    question, said = fields["question"], fields["answer"]
    if question not in QUESTIONS or said not in ANSWERS:
        raise MalformedError("json-type", "Only the questions of the list are asked.")
    return raw_field(fields, "id", ID_SIZE), raw_field(fields, "auth", HASH_SIZE), question, said


def _rekey(value: Any, rows: Sequence[Any], bodies: Sequence[bytes]) -> Rekey:
    if not isinstance(value, dict):
        raise MalformedError("json-type", "A new receipt is named by an object.")
    require_fields(value, ("id", "auth"), (), versioned=False)
    if len(rows) > RESEALED:
        raise MalformedError("files", "There are more copies than a new receipt can take over.")
    renewed = []
    for row, body in zip(rows, bodies, strict=True):
        if not isinstance(row, dict):
            raise MalformedError("json-type", "A file is described by an object.")
        require_fields(row, ("as", "size", "chain", "n"), (), versioned=False)
        if row["as"] != "own" or row["chain"] not in ("r", "o"):
            raise MalformedError("files", "A new receipt seals own copies anew and nothing else.")
        renewed.append(Renewed(row["chain"], whole_number(row, "n"), body))
    if len({(copy.chain, copy.n) for copy in renewed}) < len(renewed):
        raise MalformedError("files", "A copy is there twice.")
    return Rekey(raw_field(value, "id", ID_SIZE), raw_field(value, "auth", HASH_SIZE), tuple(renewed))


def _right_kinds(chain: str, files: Sequence[File]) -> None:
    kinds = [file.kind for file in files]
    if chain == "i":
        right = kinds == ["office"]
    elif chain == "o":
        right = kinds == ["office", "own"]
    else:
        # A name may be given later, with an identity and shares of its own.
        shares = len(kinds) - 3
        named = kinds == ["office", "own", "identity", *["share"] * shares] and 0 < shares <= SHARES
        right = kinds == ["office", "own"] or named
    if not right:
        raise MalformedError("files", "The files of this post are not those that its chain has.")


def _files(rows: Any, bodies: Sequence[bytes]) -> tuple[File, ...]:
    if not isinstance(rows, list):
        raise MalformedError("json-type", "The files of a post are a list.")
    found = []
    for row, body in zip(rows, bodies, strict=True):
        if not isinstance(row, dict):
            raise MalformedError("json-type", "A file is described by an object.")
        require_fields(row, ("as", "size"), (), versioned=False)
        if row["as"] not in ("office", "own", "identity", "share"):
            raise MalformedError("files", "A file of a post is an office's copy, an own copy, an identity or a share.")
        found.append(File(row["as"], H(body), body))
    return tuple(found)


def _blobs(value: Any) -> tuple[bytes, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= FILES_MAX:
        raise MalformedError("json-type", "The attachments are a list of one to a hundred.")
    blobs = tuple(raw_field({"blob": one}, "blob", ID_SIZE) for one in value)
    if len(set(blobs)) < len(blobs):
        raise MalformedError("blobs", "An attachment is there twice.")
    return blobs


def _heads(value: Any) -> dict[str, int]:
    if not isinstance(value, dict) or not value.keys() <= {"r", "o"}:
        raise MalformedError("json-type", "The heads of a thread are numbers under r and o.")
    return {chain: whole_number(value, chain) for chain in value}


def _audience(value: Any) -> tuple[int | None, int | None]:
    if not isinstance(value, dict) or len(value) != 1 or not value.keys() <= {"epoch", "generation"}:
        raise MalformedError("json-type", "The audience is one epoch or one generation.")
    name = next(iter(value))
    number = whole_number(value, name)
    return (number, None) if name == "epoch" else (None, number)

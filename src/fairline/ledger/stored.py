"""What other rooms tell a check of the record: the reports and messages they hold, and who may sign acts.

The record is below all rooms and knows none. A room that stores something promised has a `recorded.py`::

    stored.posts("line", posts_of_an_office)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.utils.module_loading import autodiscover_modules

from fairline.ledger.promises import Promise


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One stored file of a promised post."""

    hash: bytes
    """H of the bytes as they came, which stays when they are destroyed."""
    actual: bytes | None
    """H of the bytes as they lie there now; None once destroyed, or sealed anew for another receipt."""
    gone: bool = False
    """Whether people deleted it: then two signed acts must name its hash (``ledger.erased``)."""
    unread: bool = False
    """Whether the store did not give it: nobody knows what lies there."""
    theirs: bool = False
    """Whether only the reporting person can open it: such a copy outlives the deletion of its case."""


@dataclass(frozen=True, slots=True)
class StoredPost:
    """One post that was promised."""

    name: str
    """What to call it in a sentence, such as `post r 0 of thread …`."""
    promise: Promise
    files: Sequence[StoredFile]
    """In their order on the wire."""


@dataclass(frozen=True, slots=True)
class Signers:
    """Who may have signed acts of an office."""

    keys: Mapping[bytes, AbstractSet[bytes]]
    """Member id to every sign key that was proven to be theirs at some time."""
    faults: Sequence[str] = ()
    """What could not be proven, as sentences."""
    documents: AbstractSet[bytes] = frozenset()
    """Hashes of the root documents, from number 1 on, that lead to these keys: each stands in the acts log."""


PostSource = Callable[[bytes], Iterator[StoredPost]]
SignerSource = Callable[[bytes], Signers]

DeletionSource = Callable[[bytes], Iterator[tuple[bytes, bytes]]]

_deletions: dict[str, DeletionSource] = {}
_posts: dict[str, PostSource] = {}
_signers: dict[str, SignerSource] = {}


def posts(room: str, source: PostSource) -> None:
    """Register a room's posts: a function from an office id to all its promised posts, faults included."""
    _posts[room] = source


def signers(room: str, source: SignerSource) -> None:
    """Register who may have signed: a function from an office id to its members' keys, each proven."""
    _signers[room] = source


def deletions(room: str, source: DeletionSource) -> None:
    """Register a room's own signed acts of deletions: a function from an office id to what was signed, and by what."""
    _deletions[room] = source


def signed_deletions(office: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The acts of deletions that rooms keep beside the record."""
    for source in _deletions.values():
        yield from source(office)


def discover() -> None:
    """Let every room register."""
    autodiscover_modules("recorded")


def all_posts(office: bytes) -> Iterator[StoredPost]:
    """Every promised post of an office."""
    for source in _posts.values():
        yield from source(office)


def has_posts() -> bool:
    """Whether any room registered its posts: without one, nothing can be said about missing reports."""
    return bool(_posts)


def signers_of(office: bytes) -> Signers | None:
    """Everybody who may have signed acts of an office, None if no room knows members."""
    if not _signers:
        return None
    known = [source(office) for source in _signers.values()]
    keys: dict[bytes, set[bytes]] = {}
    documents = frozenset().union(*(one.documents for one in known))
    for one in known:
        for member, held in one.keys.items():
            keys.setdefault(member, set()).update(held)
    return Signers(keys, [fault for one in known for fault in one.faults], documents)

"""Whether the record's entries of a mailbox stand where its receipt leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.seal.bodies import Opening, Rekey, Report
from fairline.seal.post import search_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fairline.seal.thread import Post, Thread


def strange(thread: Thread, claimed: Mapping[tuple[str, int], bytes]) -> Iterator[Post]:
    """Posts whose entry could never be looked for: the receipt in force does not lead to it.

    Args:
        thread: proven.
        claimed: the search tag that the office promised, by chain and number.
    """
    for post in thread.posts:
        tag = _tag_of(post, thread) if post.chain != "i" else None
        if tag is not None and search_tag(tag, post.chain, post.n) != claimed.get((post.chain, post.n)):
            yield post


def _tag_of(post: Post, thread: Thread) -> bytes | None:
    """A rekey and all that follows it use the new tag: on r by number, on o by what its author had seen."""
    places = {one.envelope.c: one.n for one in thread.posts if one.chain == "r"}
    seen = post.envelope.header.seen
    up_to = post.n if post.chain == "r" else places.get(seen, len(places)) if seen is not None else -1
    tag = next((one.body.keys.tag for one in thread.posts if isinstance(one.body, Report | Opening)), None)
    for one in thread.posts:
        if isinstance(one.body, Rekey) and one.n <= up_to:
            tag = one.body.keys.tag
    return tag

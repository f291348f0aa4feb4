"""Who closed a case, by the closings that stand in it: each is signed by its author, and no server is asked.

After a second look somebody else decides. As `web/workers/reports/closings.ts` has it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from fairline.seal.bodies import Message

if TYPE_CHECKING:
    from fairline.seal.roster import ProvenEntry
    from fairline.seal.thread import Post, Thread


def same_eyes(thread: Thread) -> list[tuple[Post, ProvenEntry]]:
    """Return the closings that are signed by who signed the one before, and by whom.

    A post between the two that failed a check, or is not here, may have been another's closing: it is named by itself,
    and nothing is concluded over it.
    """
    proven = {post.n for post in thread.posts if post.chain == "o"}
    closings = [
        (post, post.member)
        for post in thread.posts
        if post.chain == "o" and post.member is not None and isinstance(post.body, Message) and post.body.closing
    ]
    closings.sort(key=lambda one: one[0].n)
    return [
        (post, member)
        for (before, first), (post, member) in pairwise(closings)
        if _by_one(first, member) and proven.issuperset(range(before.n + 1, post.n))
    ]


def _by_one(first: ProvenEntry, second: ProvenEntry) -> bool:
    """A member with new keys is the same person, and a key under two names the same hand."""
    return first.id == second.id or first.sign == second.sign

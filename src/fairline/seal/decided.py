"""A thread without what says more of a panel than a panel has signed. Source: `docs/formats.md` §23."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fairline.seal.bodies import CaseHandover, Message
from fairline.seal.errors import SealError
from fairline.seal.panel import prove_decision
from fairline.seal.thread import RefusedPost

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairline.seal.charter import ProvenCharter
    from fairline.seal.thread import Post, Thread


def only_decided(thread: Thread, matter: bytes, charter_of: Callable[[int], ProvenCharter | None]) -> Thread:
    """Return the thread, with each message refused whose decision of a panel does not hold: nobody is told of it.

    Args:
        thread: proven.
        matter: its id.
        charter_of: the proven charter of a number.
    """
    kept: list[Post] = []
    refused: list[RefusedPost] = []
    for post in thread.posts:
        closing = post.body.closing if post.chain == "o" and isinstance(post.body, Message) else None
        try:
            if closing is not None and closing.panel is not None:
                prove_decision(closing.panel, matter, charter_of, _assigned(thread, post.n))
            kept.append(post)
        except SealError as error:
            refused.append(RefusedPost(post.chain, post.n, error))
    return replace(thread, posts=tuple(kept), refused=(*thread.refused, *refused))


def _assigned(thread: Thread, before: int) -> set[bytes]:
    """Everybody who held the case before that message. Who decided may work on it later, when it is taken up again."""
    handed = (post.body for post in thread.posts if post.chain == "o" and post.n < before)
    return {one for body in handed if isinstance(body, CaseHandover) for one in body.people}

"""The promise of a stored post, put together again from its row."""

from __future__ import annotations

from fairline.ledger.promises import Promise
from fairline.line.models import Post


def leaf(post: Post) -> bytes:
    """Return the 96 bytes ``T ‖ c ‖ f`` of a post on r or o."""
    if not post.tag:
        raise ValueError("a note has no entry in the arrivals log")
    return post.tag + post.content + post.received


def of(office: bytes, post: Post) -> Promise:
    """Return the promise that ``post``, a post of ``office`` on r or o, was given when it came."""
    if not post.promise:
        raise ValueError("a note was promised nothing")
    return Promise(office, post.day.isoformat(), leaf(post), post.promise)

"""Rows of a law as pages get them: what they say, where it stands, and what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from fairline.profiles.confirmable import Confirmed
    from fairline.profiles.laws import Basis, Clock, ConcernClass, RewardTier


def class_of(one: ConcernClass, by: Confirmed | None) -> dict[str, Any]:
    """Return a kind of concern, and who confirmed it, if anybody did."""
    return {"id": one.id, "tier": one.tier, "label": dict(one.label)} | known(one.basis, by)


def reward_of(one: RewardTier, by: Confirmed | None) -> dict[str, Any]:
    """Return a step of a reward: whole units from ``least`` up to but without ``below``, None without a ceiling."""
    return {
        "id": one.id, "least": one.least, "below": one.below, "currency": one.currency, "label": dict(one.label),
    } | known(one.basis, by)  # fmt: skip


def told_at(clock: Clock) -> list[dict[str, Any]]:
    """Return what is told at a row, in the law's order."""
    return [{"id": one.id, "text": dict(one.text), "source": one.source} for one in clock.contents]


def known(basis: Basis, by: Confirmed | None) -> dict[str, Any]:
    """Return where a row stands, what the file knows of it, and what a member of the office found."""
    found = None
    if by is not None:
        found = {
            "member": b64(by.member), "source": by.source, "looked": by.looked.isoformat(), "day": by.day.isoformat(),
        }  # fmt: skip
    return {"source": basis.source, "status": basis.status.value, "confirmed": found}

"""Rows of a law as pages get them: what they say, where it stands, and what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fairline.profiles.laws import Basis, ConcernClass, RewardTier


def class_of(one: ConcernClass) -> dict[str, Any]:
    """Return a kind of concern."""
    return {"id": one.id, "tier": one.tier, "label": dict(one.label)} | _known(one.basis)


def reward_of(one: RewardTier) -> dict[str, Any]:
    """Return a step of a reward: whole units from ``least`` up to but without ``below``, None without a ceiling."""
    return {
        "id": one.id, "least": one.least, "below": one.below, "currency": one.currency, "label": dict(one.label),
    } | _known(one.basis)  # fmt: skip


def _known(basis: Basis) -> dict[str, str]:
    return {"source": basis.source, "status": basis.status.value}

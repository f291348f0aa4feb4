"""Who decided does not review: what a member closed or set aside, and what was taken up again, another decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from fairline.cases.models import CLOSED_IT, SET_ALIKE, SET_ASIDE, Doing
from fairline.core.problems import Problem
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from fairline.core.permissions import Member


DECISIONS: Final = (CLOSED_IT, SET_ASIDE, SET_ALIKE)
"""What judges a report. They count as one: set aside, then triaged and closed, is the same judgement twice."""


def require_another(member: Member, threads: Collection[bytes]) -> None:
    """Refuse a decision on what this member decided the last time (decision 0128).

    Whoever judged a report believes their own judgement: a second look by the same eyes is none. The page knows the
    rule and says it before; this holds for any other program too.

    Args:
        member: who is about to decide.
        threads: about which; call under the lock on them, so that no decision comes in between.

    Raises:
        Problem: 409 ``review``, with those ``threads`` that are somebody else's to decide.
    """
    newest: dict[bytes, datetime] = {}
    by: Mapping[bytes, set[bytes]] = {bytes(thread): set() for thread in threads}
    done = Doing.objects.filter(office=member.office, thread__in=list(threads), what__in=DECISIONS)
    for thread, who, at in done.order_by("at").values_list("thread", "member", "at"):
        people = by[bytes(thread)]
        if newest.get(bytes(thread)) != at:
            people.clear()
            newest[bytes(thread)] = at
        people.add(bytes(who))
    others = sorted(thread for thread, people in by.items() if member.id in people)
    if not others:
        return
    if len(by) == 1:
        message = _("You decided this the last time. After a second look somebody else decides. Nothing was changed.")
    else:
        message = _(
            "Some of these came back for a second look, and you decided them the last time: somebody else decides them "
            "now. Please leave them out. Nothing was changed."
        )
    raise Problem(409, "review", message, {"threads": list(map(b64, others))})

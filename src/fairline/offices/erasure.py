"""What this room keeps, for how long, and what deletes it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from fairline.core.erasure import keep, keep_for_ever
from fairline.core.limits import NOTE_DAYS, SESSION_IDLE, SESSION_LIFE
from fairline.core.transactions import writing
from fairline.offices import models

FAILURES_KEPT: Final = timedelta(days=1)
CODES_KEPT: Final = timedelta(days=30)
PROPOSALS_KEPT: Final = timedelta(days=30)


def shred_sessions(now: datetime) -> int:
    """Delete sessions that nobody can use any more."""
    idle, life = timedelta(seconds=SESSION_IDLE), timedelta(seconds=SESSION_LIFE)
    with writing():
        return models.Session.objects.filter(Q(seen__lt=now - idle) | Q(made__lt=now - life)).delete()[0]


def shred_attempts(now: datetime) -> int:
    """Delete failures of a day ago: by then no wait follows from them."""
    with writing():
        return models.Attempts.objects.filter(not_before__lt=now - FAILURES_KEPT).delete()[0]


def shred_invitations(now: datetime) -> int:
    """Delete invitations that ended unanswered, and answered ones whose member stands in a charter."""
    over = Q(ends__lt=now, used=False) | Q(joining__done=True)
    with writing():
        return models.Invitation.objects.filter(over).delete()[0]


def shred_joinings(_now: datetime) -> int:
    """Nothing of its own: a joining goes with its invitation, and with it the keys that lie aside."""
    return 0


def shred_proposals(now: datetime) -> int:
    """Delete proposals that are done, after a month in which people may still look at them."""
    with writing():
        old = models.Proposal.objects.filter(day__lt=(now - PROPOSALS_KEPT).date()).exclude(state="open")
        return old.delete()[0]


def shred_own_rows(now: datetime) -> int:
    """Delete rows of a law that somebody asked for and nobody agreed to, after a month; the others stay for ever."""
    with writing():
        return models.OwnLawRow.objects.filter(day=None, asked__lt=(now - PROPOSALS_KEPT).date()).delete()[0]


def shred_signatures(_now: datetime) -> int:
    """Nothing of its own: signatures go with their proposal, and stand in the document."""
    return 0


def shred_codes(now: datetime) -> int:
    """Delete set-up codes that nobody used for a month."""
    with writing():
        return models.SetupCode.objects.filter(used=False, made__lt=now - CODES_KEPT).delete()[0]


def shred_leavers(_now: datetime) -> int:
    """Delete sign-in, vault and wraps of who left: the charter without them has ended their way in."""
    gone = {"member__left__isnull": False}
    with writing():
        return sum(
            kind.objects.filter(**gone).delete()[0]
            for kind in (models.SignIn, models.Vault, models.Wrap, models.KeyFile, models.CalendarKey)
        )


def shred_with_leavers(_now: datetime) -> int:
    """Nothing of its own: ``shred_leavers`` deletes it with the sign-in."""
    return 0


def shred_notes(now: datetime) -> int:
    """Delete notes that nobody went on with, and those of who left: they say what somebody told in confidence."""
    forgotten = Q(day__lt=(now - timedelta(days=NOTE_DAYS)).date()) | Q(member__left__isnull=False)
    with writing():
        return models.NotebookPage.objects.filter(forgotten).delete()[0]


keep_for_ever(models.Office, why="an office's posters and proofs outlive its work; it says what the charter says")
keep_for_ever(models.Desk, why="threads belong to it; it says what the charter says")
keep_for_ever(models.Document, why="who holds F walks the whole chain; it is public")
keep_for_ever(
    models.RosterEntry, why="what a member signed is proven by the charter of its day; it holds keys and an alias"
)
keep_for_ever(models.Member, why="what a member signed names this id; it holds public keys and a working name")
keep_for_ever(models.DeskDrill, why="it says that a desk was tried before it opened")
keep_for_ever(models.ConfirmedRow, why="who called a row the law, by what and when; the mailboxes showed it")
keep_for_ever(models.AdoptedLaw, why="which version of a law counted from which day on: cases ran under it")
keep(
    models.OwnLawRow, until="two have agreed and it was public, then for ever: cases ran under it; else a month",
    shred=shred_own_rows,
)  # fmt: skip
keep(models.SetupCode, until="it is used, or for a month", shred=shred_codes)
keep(models.Invitation, until="seven days, or until its member stands in a charter", shred=shred_invitations)
keep(models.Joining, until="its member stands in a charter", shred=shred_joinings)
keep(models.Newcomer, until="a charter names its keys, or the answer is taken back", shred=shred_joinings)
keep(models.Proposal, until="a month after it was published or withdrawn", shred=shred_proposals)
keep(models.ProposalSignature, until="its proposal goes", shred=shred_signatures)
keep(models.Session, until="it ends, at the latest ten hours after sign-in", shred=shred_sessions)
keep(models.Attempts, until="a day after the last failure", shred=shred_attempts)
keep(models.SignIn, until="the member leaves", shred=shred_leavers)
keep(models.CalendarKey, until="it is taken back, or the member leaves", shred=shred_with_leavers)
keep(models.Vault, until="the member leaves", shred=shred_with_leavers)
keep(models.Wrap, until="the member leaves", shred=shred_with_leavers)
keep(
    models.NotebookPage, until="it is filed as a report, or nobody went on with it for 30 days, or its author leaves",
    shred=shred_notes,
)  # fmt: skip
keep(models.KeyFile, until="the member leaves, or nothing sealed to its epochs is left", shred=shred_with_leavers)

"""Where members want the daily message, and what is on its way. Nothing here comes from a report."""

from __future__ import annotations

from typing import Final

from django.db import models

from fairline.core.fields import BytesField, KeyField

MAIL: Final = "mail"
WEBHOOK: Final = "webhook"
DAILY: Final = "daily"
TRIAL: Final = "trial"


class Address(models.Model):
    """The e-mail address that a member left for the daily message. It goes when they say so, or when they leave."""

    without_rowid = True

    member = KeyField(default=None, help_text="Clear: whose it is; one a member.")
    office = BytesField(max_length=16)
    address = models.CharField(max_length=200, help_text="Clear: a mail server has to be told it.")
    language = models.CharField(max_length=16, help_text="Clear: the language of the message.")
    since = models.DateField(
        help_text="Clear: the office's day on which it was left; the first message comes after it."
    )


class Outgoing(models.Model):
    """One message on its way. It waits here until it is handed over or given up, whatever stops meanwhile."""

    without_rowid = True

    id = KeyField(help_text="Clear: also the number in the message, by which a second copy is known.")
    office = BytesField(max_length=16)
    way = models.CharField(max_length=8, help_text="Clear: mail or webhook.")
    kind = models.CharField(max_length=8, help_text="Clear: daily or trial; both say the same.")
    member = BytesField(max_length=16, default=b"", help_text="Clear: whose; empty for a webhook.")
    day = models.DateField(help_text="Clear: the office's day that it belongs to.")
    turn = models.PositiveSmallIntegerField(default=0, help_text="Clear: which trial of the day.")
    due = models.DateTimeField(
        help_text="Clear: a fixed hour of the office's day, whatever came; of a trial, its asking."
    )
    next_try = models.DateTimeField(
        help_text="Clear: when it is tried next; who tries it moves this on first, so a killed try is repeated then."
    )
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.DateTimeField(null=True, help_text="Clear: when it was taken from us.")
    given_up = models.DateTimeField(null=True)
    failed = models.DateTimeField(null=True, help_text="Clear: when it failed last.")
    fault = models.CharField(max_length=20, blank=True, help_text="Clear: what stopped it last, one of our own words.")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "way", "member", "day", "kind", "turn"), name="notify_outgoing_once"
            ),
        )
        indexes = (models.Index(fields=("office", "way", "due"), name="notify_outgoing_due"),)

"""What the record keeps. All in clear: entries tell nothing to who does not hold a receipt, and acts are not secret."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db import models

from fairline.core.fields import BytesField


class Log(models.Model):
    """One of the two logs of an office: how far it has come."""

    office = BytesField(max_length=16)
    name = models.CharField(max_length=8)
    """`arrivals` or `acts`."""
    origin = models.CharField(max_length=400)
    """The log's name for ever: host, office id, name."""
    zone = models.CharField(max_length=64)
    """IANA time zone in which the office's days are counted, as in the newest charter."""
    closed = models.DateField()
    """The last day whose batch was published; every day before it has its batch too."""
    size = models.PositiveBigIntegerField(default=0)
    """Number of entries."""
    numbered = models.PositiveBigIntegerField(default=0)
    """In the acts log: number of the newest row. Zero in the other."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "name"), name="ledger_log_once"),)

    @property
    def place(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.zone)


class Waiting(models.Model):
    """An arrival's entry that waits for the night. Its key is its own hash, so no order tells when it came."""

    id = BytesField(primary_key=True, max_length=32)
    """H(0x00 ‖ entry)."""
    office = BytesField(max_length=16)
    day = models.DateField()
    """The day it was promised for; nothing finer is kept."""
    entry = BytesField(max_length=96)

    without_rowid = True

    class Meta:
        indexes = (models.Index(fields=("office", "day"), name="ledger_waiting_day"),)


class Row(models.Model):
    """One entry of the acts log with what it stands for, for the auditor."""

    ACT, DOCUMENT, FILL = "act", "document", "fill"

    office = BytesField(max_length=16)
    kind = models.CharField(max_length=8)
    """An act's row; a root document, which is an entry itself; or a row that stands for nothing."""
    number = models.PositiveBigIntegerField(null=True)
    """Order in which acts and documents were recorded, from 1 without a gap; none for fill."""
    day = models.DateField()
    """The day whose batch holds the entry."""
    entry = BytesField(max_length=32)
    """H of the row's bytes: what the log holds."""
    row = BytesField()
    """The bytes. Nothing empties them: where they are, the check names it."""
    member = BytesField(max_length=16, default=b"")
    """The member's id; empty where the machine acted in its own name."""
    counter = models.PositiveBigIntegerField(null=True)
    """Copied from what the member signed, so that the database itself refuses a count taken twice."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "entry"), name="ledger_row_entry_once"),
            models.UniqueConstraint(fields=("office", "number"), name="ledger_row_number_once"),
            models.UniqueConstraint(fields=("office", "member", "counter"), name="ledger_row_counter_once"),
        )
        indexes = (models.Index(fields=("office", "day"), name="ledger_row_day"),)


class Batch(models.Model):
    """One published day of a log."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="batches")
    day = models.DateField()
    start = models.PositiveBigIntegerField()
    """Number of entries before it."""
    file = BytesField()
    """The sorted entries, as published."""
    fill = BytesField(max_length=32, default=b"")
    """In the arrivals log: the secret that the random entries come from, so that a check can tell a report whose row
    was removed from an entry that never stood for one. Never published."""
    checkpoint = BytesField()
    """The signed note after this day, with the cosignatures so far."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("log", "day"), name="ledger_batch_once"),)


class Tile(models.Model):
    """256 hashes of a log's tree, or as many as there are yet (see ``tiles``)."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="tiles")
    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hashes = BytesField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("log", "level", "index"), name="ledger_tile_once"),)

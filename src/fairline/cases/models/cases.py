"""What the server must know of a case to guard it, and what is counted of a closed one."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField


class Case(models.Model):
    """What the server must know of a case to guard it. All of it in clear, and no word of the report."""

    without_rowid = True

    id = KeyField(default=None)
    """The thread's."""
    office = BytesField(max_length=16)
    desk = BytesField(max_length=16)
    n = models.PositiveIntegerField()
    """Number of the `keys` in force; their generation has the same."""
    recipient = BytesField(max_length=32)
    """H of the recipient in force, as the act names it."""
    keys = BytesField(max_length=32)
    """c of the `keys` in force."""
    desk_copy = BytesField(max_length=32)
    """The hash over the desk's copies that triage named, for who confirms."""
    r_posts = models.PositiveIntegerField()
    o_posts = models.PositiveIntegerField()
    i_posts = models.PositiveIntegerField()
    """How many posts of each chain were the desk's to read."""
    triaged_by = BytesField(max_length=16)
    triaged = models.DateTimeField()
    confirmed_by = BytesField(max_length=16, default=b"")
    alarm = models.CharField(max_length=8, default="")
    """``refused`` or ``lapsed``: a triage that came to nothing; a lead triages again."""

    class Meta:
        indexes = (models.Index(fields=("office", "triaged"), name="cases_triaged"),)

    def upto(self) -> dict[str, int]:
        """Return the number of the newest post of each chain that was the desk's to read, −1 where there was none."""
        return {"r": self.r_posts - 1, "o": self.o_posts - 1, "i": self.i_posts - 1}


class CaseKeys(models.Model):
    """The `keys` in force of a case as one person may fetch them; nobody else is assigned. Backed up apart."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    desk = BytesField(max_length=16)
    """Where the case is. A case stays at its desk; here it is so that nobody's cases are read to learn at which desks
    they have any."""
    member = BytesField(max_length=16)
    sealed = BytesField()
    """Sealed: an age file to this person alone."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "member"), name="cases_one_key_file"),)
        # All that is asked of whose case something is stands in an index: the rows are the keys, some kB each.
        indexes = (models.Index(fields=("office", "member", "desk", "thread"), name="cases_assigned_at"),)


class CaseAct(models.Model):
    """The signed act that names a case's `keys`: browsers take none for which nobody has signed in the record."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    n = models.PositiveIntegerField()
    what = BytesField()
    signature = BytesField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "n"), name="cases_one_act"),)


class AsideBatch(models.Model):
    """Reports that one act set aside: who did it, why, and how many of them a person had read. In clear, numbers alone.

    Which they were stands in the act; people of the desk see here how it was done.
    """

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    desk = BytesField(max_length=16)
    member = BytesField(max_length=16)
    at = models.DateTimeField()
    reason = models.CharField(max_length=16)
    reports = models.PositiveIntegerField()
    read = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=("office", "desk", "at"), name="cases_aside_batches"),)

    def __str__(self) -> str:
        """Return how many they were."""
        return str(self.reports)


class Slip(models.Model):
    """What is counted of a closed case: words of closed lists, and days. In clear, for the statistics."""

    without_rowid = True

    id = KeyField(default=None)
    """The thread's."""
    office = BytesField(max_length=16)
    desk = BytesField(max_length=16)
    outcome = models.CharField(max_length=16)
    """In the field's words, see ``fairline.seal.closing``."""
    concern = models.CharField(max_length=16)
    arrived = models.DateField()
    closed = models.DateField()

    class Meta:
        indexes = (models.Index(fields=("office", "desk", "closed"), name="cases_slips_of"),)


class Counted(models.Model):
    """What one closing adds to the figures: words of closed lists, a month, and no thread. Only ever added to.

    In clear. The acts log holds the same of each closing, so that an auditor counts again (decision 0097).
    """

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    desk = BytesField(max_length=16)
    law = models.CharField(max_length=60)
    """Id of the law under which its clocks ran."""
    month = models.DateField()
    """The first day of the month in which the case was closed."""
    concern = models.CharField(max_length=16)
    """This and what follows: one category of a closed list each, see ``counting.MEASURES``."""
    outcome = models.CharField(max_length=16)
    took = models.CharField(max_length=16)
    acknowledged = models.CharField(max_length=16)
    read = models.CharField(max_length=16)
    answered = models.CharField(max_length=16)
    extended = models.CharField(max_length=16)
    closing = models.CharField(max_length=16)
    damage = models.PositiveBigIntegerField(null=True)
    """In whole units of the currency, where it was found out."""
    recovered = models.PositiveBigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="")

    class Meta:
        indexes = (models.Index(fields=("office", "month"), name="cases_counted_in"),)

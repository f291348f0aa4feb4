"""What the office keeps of its own work on a thread: who declared what, who has read how far, who wrote when.

Nothing here says a word of what was written. The sealed files themselves are the line's; what lies here sealed are
the pages of the members' and the desks' indexes (docs/formats.md §13).
"""

from __future__ import annotations

from typing import Final

from django.db import models

from fairline.cases.ending import DeletedThread, Deletion, Hold  # noqa: F401 - Django looks for models here
from fairline.core.fields import BytesField, KeyField

NONE: Final = "none"
ASIDE: Final = "aside"

DECLARED: Final = "declared"
STEPPED_ASIDE: Final = "aside"
READ: Final = "read"
WROTE: Final = "wrote"
TRIAGED: Final = "triaged"
CONFIRMED: Final = "confirmed"
REFUSED: Final = "refused"
LAPSED: Final = "lapsed"
REKEYED: Final = "rekeyed"
CLOSED_IT: Final = "closed"
REOPENED: Final = "reopened"
SET_ASIDE: Final = "set-aside"
OPENED: Final = "opened"
TOOK_OVER: Final = "took-over"
TOOK_PART: Final = "took-over-part"
"""A new holder's browser opened every envelope, or could not open all."""
OPENED_MAILBOX: Final = "opened-mailbox"
SET_ALIKE: Final = "set-alike"
"""Set aside with others, and not read: judged by its likeness to those that were."""
ASKED_DELETION: Final = "asks-deletion"
ASKED_HOLD: Final = "asks-hold"
HELD_BACK: Final = "held-back"

MEMBER: Final = "member"
DESK: Final = "desk"


class Declaration(models.Model):
    """What a member said about themselves before the first word of a report. In clear: the server must obey it."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    member = BytesField(max_length=16)
    kind = models.CharField(max_length=5, choices=[(NONE, NONE), (ASIDE, ASIDE)])
    """``none``: knows nobody in it. ``aside``: from then on the thread does not exist for this member."""
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "member"), name="cases_one_declaration"),)
        indexes = (models.Index(fields=("office", "member"), name="cases_declared_by"),)

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind


class ReadMark(models.Model):
    """How far a member has read one chain of a thread. In clear: it counts what is unread."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    member = BytesField(max_length=16)
    chain = models.CharField(max_length=1)
    n = models.PositiveIntegerField()
    """The newest post that was on this member's screen."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "member", "chain"), name="cases_one_mark"),)
        indexes = (models.Index(fields=("office", "member"), name="cases_marked_by"),)

    def __str__(self) -> str:
        """Return chain and number."""
        return f"{self.chain} {self.n}"


class Doing(models.Model):
    """Who of the office did what with a thread, when. Only ever added to; the people of the desk see it."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    member = BytesField(max_length=16)
    what = models.CharField(max_length=16)
    """``declared``, ``aside``, ``read`` (the first time), ``wrote``, ``opened`` (a file, once a day), or the name
    of an act on a case."""
    chain = models.CharField(max_length=1, default="")
    """The chain that was written into, empty otherwise."""
    n = models.PositiveIntegerField(null=True)
    blob = BytesField(max_length=16, default=b"")
    """The attachment that was opened, empty otherwise."""
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("office", "thread"), name="cases_doings_of"),)

    def __str__(self) -> str:
        """Return what was done."""
        return self.what


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


class CaseKeys(models.Model):
    """The `keys` in force of a case as one person may fetch them; nobody else is assigned. Backed up apart."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    member = BytesField(max_length=16)
    sealed = BytesField()
    """Sealed: an age file to this person alone."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "member"), name="cases_one_key_file"),)
        indexes = (models.Index(fields=("office", "member"), name="cases_assigned_to"),)


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


class Copy(models.Model):
    """One document of a case that was given to a member outside it. In clear: by whom, to whom, until when."""

    without_rowid = True

    id = KeyField(default=None)
    """Made by the giver's browser; the envelope stands under it, so that it names no report."""
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    giver = BytesField(max_length=16)
    receiver = BytesField(max_length=16)
    day = models.DateField()
    until = models.DateField()
    """The last day on which it is given out."""
    content = BytesField(max_length=32)
    """c of the envelope, as the act names it."""
    opened = models.BooleanField(default=False)
    sealed = BytesField()
    """Sealed to the receiver; empty once it has ended or was taken back."""
    kept = BytesField()
    """Sealed to the case: what was given."""

    class Meta:
        indexes = (
            models.Index(fields=("office", "receiver"), name="cases_copies_for"),
            models.Index(fields=("thread",), name="cases_copies_of"),
        )

    def __str__(self) -> str:
        """Return until when."""
        return str(self.until)


class CopyAnswer(models.Model):
    """What a helper sent back, sealed to the case."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    copy = BytesField(max_length=16)
    day = models.DateField()
    sealed = BytesField()

    class Meta:
        indexes = (models.Index(fields=("thread", "copy"), name="cases_copy_answers"),)

    def __str__(self) -> str:
        """Return the day."""
        return str(self.day)


class Absence(models.Model):
    """From when to when a member is away, as they say it themselves. In clear, two days and no reason."""

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    member = BytesField(max_length=16)
    since = models.DateField()
    until = models.DateField()
    """The last day of it."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("office", "member"), name="cases_one_absence"),)

    def __str__(self) -> str:
        """Return the two days."""
        return f"{self.since} {self.until}"


class ClockEvent(models.Model):
    """Something that people did to a clock of a report: read it, answered, took more time, stopped it.

    In clear, days and no times, nobody's name: the mailbox shows it too. Who signed it stands in the acts log.
    """

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    action = models.CharField(max_length=16)
    """``read`` or ``feedback``: which clock."""
    what = models.CharField(max_length=8)
    """See ``clocks.What``."""
    reason = models.CharField(max_length=12, default="")
    """Of a closed list (``clocks.Reason``); empty where none is needed."""
    day = models.DateField()
    place = models.PositiveIntegerField()
    """Counts up within a thread: events of one day have an order."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "place"), name="cases_clock_event_once"),)
        indexes = (models.Index(fields=("office", "action", "what"), name="cases_clock_events"),)

    def __str__(self) -> str:
        """Return clock and event."""
        return f"{self.action} {self.what}"


class HearingStep(models.Model):
    """A step of informing and hearing a person concerned. In clear: words of closed lists, days, and nobody's name.

    It stands at the case, and names no mailbox: which one is theirs is sealed. The report door may not read this table.
    """

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16)
    step = models.CharField(max_length=8)
    """See ``hearing.Step``."""
    reason = models.CharField(max_length=12, default="")
    about = BytesField(max_length=32, default=b"")
    """c of the note that holds the draft, where the step is about one."""
    day = models.DateField()
    until = models.DateField(null=True)
    """Day on which the time to answer ends."""
    place = models.PositiveIntegerField()
    """Counts up within a case: steps of one day have an order."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "place"), name="cases_hearing_step_once"),)

    def __str__(self) -> str:
        """Return the step."""
        return self.step


class Clearance(models.Model):
    """How a matter ended for a person concerned, for whom they show the code to. It names no case and no mailbox."""

    without_rowid = True

    id = KeyField(default=None)
    """As the code gives it."""
    office = BytesField(max_length=16)
    sealed = BytesField()
    """Sealed: an age file that the code alone opens."""
    until = models.DateField()
    """Kept until then: longer than the case, which it shall outlive."""

    class Meta:
        indexes = (models.Index(fields=("until",), name="cases_clearances_until"),)


class Index(models.Model):
    """One index of sealed pages: of a member, or of a desk. Its row is the lock under which it changes."""

    without_rowid = True

    id = KeyField(default=None)
    """The member's or the desk's id."""
    office = BytesField(max_length=16)
    kind = models.CharField(max_length=6, choices=[(MEMBER, MEMBER), (DESK, DESK)])
    change = models.PositiveBigIntegerField(default=0)
    """Counts up with each change: whoever asks again says which one they have seen."""

    def __str__(self) -> str:
        """Return the kind."""
        return self.kind


class IndexPage(models.Model):
    """A page of up to 500 entries, as a browser sealed it. A cache: it may be deleted at any time."""

    without_rowid = True

    pk = models.CompositePrimaryKey("index_id", "page")
    index = models.ForeignKey(Index, on_delete=models.CASCADE, db_index=False, related_name="pages")
    page = models.PositiveIntegerField()
    version = models.PositiveBigIntegerField()
    """How often it was written; the browser has bound the sealed bytes to it."""
    key = models.PositiveIntegerField()
    """Clear: the desk's epoch whose seed opens it; 0 for a member's."""
    threads = BytesField()
    """Clear: ids of the threads that it speaks of, so that what must be forgotten is found without opening it."""
    sealed = BytesField()

    def __str__(self) -> str:
        """Return place and version."""
        return f"{self.page} {self.version}"


class IndexDelta(models.Model):
    """Entries that are newer than the pages and stand in none of them yet."""

    without_rowid = True

    id = KeyField(default=None)
    """Made by the browser, which has bound the sealed bytes to it."""
    index = models.ForeignKey(Index, on_delete=models.CASCADE, related_name="deltas")
    change = models.PositiveBigIntegerField()
    key = models.PositiveIntegerField()
    threads = BytesField()
    sealed = BytesField()

    def __str__(self) -> str:
        """Return the change that brought it."""
        return str(self.change)

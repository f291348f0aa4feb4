"""What the report door keeps: sealed files, and the little that must be in clear to route and to count.

Every key is random or begins with one that is, no table numbers its rows as they come, and nothing is kept finer than
a day: no row tells in which order reports came, nor from where. What the databases' own files can tell is in the threat
model.
"""

from __future__ import annotations

from typing import Final

from django.db import models

from fairline.core.fields import BytesField, KeyField, NumberKeyField
from fairline.line.states import ARRIVED

CHAINS: Final = ("r", "o", "i")


class Thread(models.Model):
    """One report and all that follows it. Its id is the first mailbox id, which the receipt gave."""

    without_rowid = True

    id = KeyField(default=None)
    office = BytesField(max_length=16, help_text="Clear: who must answer.")
    desk = BytesField(max_length=16, help_text="Clear: whose duty it is to read.")
    epoch = models.PositiveIntegerField(help_text="Clear: the desk's epoch that the report was sealed to.")
    day = models.DateField(help_text="Clear: the day of arrival where the office is; deadlines count from it.")
    newest = models.DateField(
        help_text="Clear: the day of the newest post either way, so that a list asks only for news."
    )
    status = models.CharField(max_length=16, default=ARRIVED, help_text="Clear: the state, which the mailbox shows.")
    generation = models.PositiveIntegerField(null=True, help_text="Clear: the case generation that reads after triage.")
    mailbox = BytesField(max_length=16, unique=True, help_text="Clear: the mailbox id of the receipt in force.")
    auth_hash = BytesField(max_length=32, help_text="Clear: H(auth); the secret itself is never stored.")
    r_posts = models.PositiveIntegerField(default=0, help_text="Clear: posts by the reporting person.")
    o_posts = models.PositiveIntegerField(default=0, help_text="Clear: posts by the office to them.")
    i_posts = models.PositiveIntegerField(default=0, help_text="Clear: notes of the office for itself.")
    opened = models.BooleanField(
        default=False, db_default=False,
        help_text="Clear: a member opened it for somebody who reported nothing. No clock of a report runs on it.",
    )  # fmt: skip
    until = models.DateField(
        null=True, help_text="Clear: the last day on which its words open it; a helper's mailbox alone has one."
    )

    class Meta:
        # Days, then random ids: pages of a list need an order, and this one tells nothing that a day does not.
        indexes = (models.Index(fields=("office", "desk", "newest", "id"), name="line_thread_newest"),)

    def count(self, chain: str) -> int:
        """Return how many posts ``chain`` (r, o or i) has, which is the number of its next one."""
        return {"r": self.r_posts, "o": self.o_posts, "i": self.i_posts}[chain]


class Post(models.Model):
    """One place in a chain of a thread, taken once and for ever."""

    without_rowid = True

    pk = models.CompositePrimaryKey("thread_id", "chain", "n")
    # Both tables are written with their thread and deleted with it, in one transaction. Checked once more row by row,
    # the reference cost PostgreSQL a quarter of a report's time.
    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="posts"
    )
    chain = models.CharField(max_length=1)
    n = models.PositiveIntegerField()
    tag = BytesField(max_length=32, default=b"", help_text="Clear: T, for the published leaf; empty for a note.")
    content = BytesField(max_length=32, help_text="Clear: c, the commitment to what is sealed.")
    received = BytesField(max_length=32, help_text="Clear: f, the commitment to the bytes that came.")
    day = models.DateField(help_text="Clear: the day of arrival.")
    promise = BytesField(max_length=64, default=b"", help_text="Clear: our signature over the leaf and the day.")


class SealedFile(models.Model):
    """One age file of a post, as it came. ``place`` is its place in the parcel.

    The files of one post have random numbers side by side, so that they lie together and a store of a million reports
    costs a new one no more than an empty one.
    """

    id = NumberKeyField()
    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="files"
    )
    chain = models.CharField(max_length=1)
    n = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=8, help_text="Clear: office, own, identity or share; case: sealed anew at triage."
    )
    hash = BytesField(max_length=32, help_text="Clear: H of the bytes as they came; stays when they are destroyed.")
    size = models.PositiveIntegerField(help_text="Clear: the padded size in bytes.")
    sealed = BytesField(help_text="Sealed: an age file; empty once it is destroyed.")
    resealed = models.BooleanField(default=False, help_text="Clear: an own copy renewed when the receipt was replaced.")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("thread", "chain", "n", "place"), name="line_sealedfile_once"),)


class Blob(models.Model):
    """An attachment: an age file in parts. It comes before the report that names it, and belongs to that one alone."""

    without_rowid = True

    id = KeyField(default=None)
    office = BytesField(max_length=16)
    desk = BytesField(max_length=16, help_text="Clear: whose room it takes up until something names it.")
    auth_hash = BytesField(max_length=32, help_text="Clear: H of the secret of who may add to it or take it back.")
    parts = models.PositiveIntegerField(help_text="Clear: how many parts the whole has.")
    held = models.PositiveIntegerField(default=0, help_text="Clear: how many of them are on the disk.")
    day = models.DateField(help_text="Clear: the day on which its first part came, or on which it was given up.")
    gone = models.BooleanField(default=False, help_text="Clear: given up; its parts are deleted and come no more.")
    shredded = models.DateField(null=True, help_text="Clear: the day on which the store last deleted its parts.")
    hash = BytesField(max_length=32, default=b"", help_text="Clear: H of the parts' hashes; stays when they are gone.")
    # No reference: when a thread goes, the row stays until its parts are deleted from the store.
    thread = BytesField(max_length=16, default=b"", help_text="Clear: the thread that named it; empty before.")
    chain = models.CharField(max_length=1, default="")
    n = models.PositiveIntegerField(default=0)
    place = models.PositiveSmallIntegerField(default=0, help_text="Clear: its place in the envelope that names it.")
    read = models.BooleanField(
        default=False, help_text="Clear: the desk has read what names it, or wrote it; until then it takes up its room."
    )

    class Meta:
        indexes = (
            models.Index(fields=("thread", "chain", "n", "place"), name="line_blob_named"),
            models.Index(fields=("office", "desk"), name="line_blob_of_desk"),
        )


class BlobPart(models.Model):
    """One part of an attachment. Its bytes lie in the store; their hash is here before they are."""

    without_rowid = True

    pk = models.CompositePrimaryKey("blob_id", "number")
    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="pieces")
    number = models.PositiveIntegerField()
    hash = BytesField(max_length=32, help_text="Clear: H of the sealed bytes; only those are ever stored here.")
    size = models.PositiveIntegerField(help_text="Clear: sealed bytes.")
    held = models.BooleanField(default=False, help_text="Clear: the bytes are on the disk.")


class Unnamed(models.Model):
    """How much room is taken up by what nobody has read yet: attachments of a desk, drafts of an office."""

    without_rowid = True

    id = KeyField(default=None)
    bytes = models.BigIntegerField(default=0)


class Own(models.Model):
    """The reporting person's own sealed draft or notes: one under a mailbox id, before there is a thread and after."""

    without_rowid = True

    id = KeyField(default=None)
    office = BytesField(max_length=16)
    auth_hash = BytesField(max_length=32, help_text="Clear: H(auth), of the first request; a thread's own counts more.")
    sealed = BytesField(help_text="Sealed: an age file to the box of the receipt.")
    day = models.DateField(help_text="Clear: the day of its newest writing.")


class Replaced(models.Model):
    """A mailbox id whose receipt was replaced, so that the old words get a true answer and nothing else."""

    without_rowid = True

    id = KeyField(default=None)
    auth_hash = BytesField(max_length=32, help_text="Clear: H of the old secret, which opens nothing any more.")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE)


class TestTicket(models.Model):
    """Leave for one test report to a closed desk, asked for by a signed-in member."""

    without_rowid = True
    __test__ = False

    id = KeyField(default=None, max_length=32)
    office = BytesField(max_length=16)
    desk = BytesField(max_length=16)
    member = BytesField(max_length=16, help_text="Clear: who asked for it; it says nothing about a report.")
    until = models.DateField(help_text="Clear: the last day on which it is taken.")
    used = models.DateField(null=True, help_text="Clear: the day on which its report came.")


class Erasure(models.Model):
    """A file of a report that one member has asked to delete, and that is deleted once another agrees."""

    without_rowid = True

    blob = KeyField(default=None)
    office = BytesField(max_length=16)
    thread = BytesField(max_length=16, help_text="Clear: the report or case that the file belongs to.")
    reason = models.CharField(max_length=8, help_text="Clear: one of a closed list; no word of any report.")
    asked_by = BytesField(max_length=16, help_text="Clear: the member who asked.")
    what = BytesField(help_text="Clear: the act that they signed, which names the file's hash.")
    asked = models.DateField(help_text="Clear: the day on which it was asked.")
    agreed_by = BytesField(max_length=16, default=b"", help_text="Clear: the other member; empty while nobody agreed.")
    day = models.DateField(null=True, help_text="Clear: the day on which it was deleted.")


class Farewell(models.Model):
    """A report or case that two people have deleted, while its mailbox still answers."""

    without_rowid = True

    id = KeyField(default=None, help_text="The thread's.")
    office = BytesField(max_length=16)
    day = models.DateField(help_text="Clear: the day on which it was deleted.")
    until = models.DateField(help_text="Clear: the last day on which the mailbox answers, as was said at sending.")


class Answers(models.Model):
    """How often a question about the line itself was answered so in one month at one desk. Of no mailbox, ever.

    The request that adds one proves that its author's case is closed; nothing of that is kept (decision 0098).
    """

    without_rowid = True

    id = KeyField()
    office = BytesField(max_length=16)
    desk = BytesField(max_length=16)
    month = models.DateField(help_text="Clear: the first day of the month, and nothing finer.")
    question = models.CharField(max_length=10, help_text="Clear: one of a closed list.")
    answer = models.CharField(max_length=3, help_text="Clear: yes or no.")
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "desk", "month", "question", "answer"), name="line_answers_once"
            ),
        )

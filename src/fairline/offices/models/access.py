"""Signing in, sessions, and the sealed vault that signing in hands over."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField
from fairline.offices.models.office import Office
from fairline.offices.models.people import Joining, Member


class SignIn(models.Model):
    """How a member proves to the server who they are. Nothing here opens a sealed file."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="sign_in")
    office = models.ForeignKey(Office, on_delete=models.CASCADE)
    name = models.CharField(max_length=64)
    """Normalised: NFC, case folded, trimmed."""
    auth_hash = BytesField(max_length=32)
    """H of the login value that the browser derives from the passphrase."""
    salt = BytesField(max_length=16)
    """Argon2id salt of the passphrase."""
    paper_hash = BytesField(max_length=32)
    """H of the login value that the browser derives from the printed way back."""
    totp_secret = models.CharField(max_length=64)
    """Base32. In clear, because the server must compute the same six digits; alone it opens nothing."""
    totp_step = models.BigIntegerField(default=0)
    """The newest time step whose digits were taken: each is good once."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["office", "name"], name="sign_in_name_once"),)


class Attempts(models.Model):
    """Failed attempts on one name, known or not. Never on an address: no address is kept anywhere."""

    key = BytesField(max_length=32, primary_key=True)
    """HMAC of office and name, so that a typing error (a passphrase in the wrong field) is not written down."""
    failures = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField()


class Session(models.Model):
    """A signed-in browser. The token itself is in its cookie only."""

    hash = BytesField(max_length=32, primary_key=True)
    """H(token)."""
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="sessions")
    joining = models.ForeignKey(Joining, on_delete=models.CASCADE, null=True, related_name="sessions")
    """The answer whose keys wait for a charter, where it was given under the id of a member who has other keys."""
    made = models.DateTimeField()
    seen = models.DateTimeField()
    """To the minute: enough to end an idle session, too coarse to watch someone work."""


class Vault(models.Model):
    """A member's sealed keys; opened in their browser only."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="vault")
    file = BytesField()
    hash = BytesField(max_length=32)
    """H(file), for compare-and-swap."""


class Wrap(models.Model):
    """The vault seed, sealed for one way of unlocking."""

    PASSPHRASE, PAPER = "passphrase", "paper"

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="wraps")
    kind = models.CharField(max_length=12, choices=[(PASSPHRASE, PASSPHRASE), (PAPER, PAPER)])
    file = BytesField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["member", "kind"], name="one_wrap_a_way"),)


class Newcomer(models.Model):
    """Vault and ways in of who answered under the id of a member in the charter, until a charter names the new keys.

    They lie apart from the member's own: else whoever holds such a link could lock a colleague out.
    """

    joining = models.OneToOneField(Joining, on_delete=models.CASCADE, primary_key=True, related_name="newcomer")
    person = models.CharField(max_length=100)
    """What colleagues will call them."""
    name = models.CharField(max_length=64)
    """The name to sign in with, normalised."""
    auth_hash = BytesField(max_length=32)
    salt = BytesField(max_length=16)
    paper_hash = BytesField(max_length=32)
    totp_secret = models.CharField(max_length=64)
    file = BytesField()
    """The sealed vault."""
    hash = BytesField(max_length=32)
    """H(file), for compare-and-swap."""
    passphrase = BytesField()
    """The wrap that the passphrase opens."""
    paper = BytesField()
    """The wrap that the printed code opens."""


class CalendarKey(models.Model):
    """That a calendar program may ask for the days on which something is due at a desk; no more is told it.

    The address itself, with its secret, is known to the member's programs only.
    """

    hash = BytesField(max_length=32, primary_key=True)
    """H(secret)."""
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="calendars")
    desk = BytesField(max_length=16)
    made = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["member", "desk"], name="one_calendar_a_desk"),)

"""Members of an office, and how they come in."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField
from fairline.offices.models.office import Office


class Member(models.Model):
    """A person who works for an office: public keys only. What they may do stands in the roster, not here."""

    id = KeyField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(max_length=100)
    """What colleagues call them. In clear for the office's own pages; no charter holds it."""
    sign = BytesField(max_length=32)
    """Raw Ed25519 public key that signs all that the member writes."""
    recipient = models.TextField()
    """age1pq1…: where key files and copies for this member are sealed to."""
    root = BytesField(max_length=32, default=b"")
    """Ed25519 public key of the member's root key, empty for who has none."""
    root_commitment = BytesField(max_length=32, default=b"")
    """H of the member's ML-DSA-44 public key, empty for who has no root key."""
    joined = models.DateField()
    way_back_tried = models.DateField(null=True)
    """When the member last proved that their printed way back works."""
    left = models.DateField(null=True)
    """When a charter first came without them."""


class Invitation(models.Model):
    """An open place for a member. The server cannot answer it: it never has the link's secret."""

    id = BytesField(max_length=16, primary_key=True)
    """KDF(s, "invite id", F)[:16]."""
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="invitations")
    inviter = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="invitations")
    nonce = BytesField(max_length=16)
    """From it and their own index key the inviter's browser makes s again; worthless to anybody else."""
    member = BytesField(max_length=16)
    """The member id that the new keys will stand for: a new one, or the old one of who lost every way in."""
    name = models.CharField(max_length=100)
    roles = models.JSONField()
    """The roles that the administrator means to give; only the signed charter gives them."""
    with_root = models.BooleanField()
    """Whether the invited browser is asked for a root key (a further administrator)."""
    ends = models.DateTimeField()
    used = models.BooleanField(default=False)


class Joining(models.Model):
    """An invited person's answer: public keys, signed by themselves, under a MAC that only the inviter can check."""

    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, primary_key=True, related_name="joining")
    doc = BytesField()
    sig = BytesField(max_length=64)
    mac = BytesField(max_length=32)
    day = models.DateField()
    done = models.BooleanField(default=False)
    """A charter in force names these keys."""

"""Documents that wait for the threshold's next signature."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField, KeyField
from fairline.offices.models.office import Office
from fairline.offices.models.people import Member


class Proposal(models.Model):
    """A charter, and before it a root document if the root changes, that some administrators have signed."""

    id = KeyField()
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="proposals")
    by = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="proposals")
    root = BytesField(default=b"")
    """Bytes of the new root document, empty where the root stays as it is."""
    charter = BytesField()
    roster = models.JSONField()
    """List of {"entry": b64, "proof": PROOF} for every member of the charter."""
    filler = BytesField(default=b"", max_length=32)
    """Seed of the hashes at the roster's empty places: with it a co-signer sees that nobody is hidden there."""
    sheet = BytesField(default=b"")
    """Document file of a new desk's first sheet, empty where no desk is new."""
    charter_number = models.PositiveIntegerField()
    day = models.DateField()
    state = models.CharField(max_length=10, default="open")
    """open, published, withdrawn."""


class ProposalSignature(models.Model):
    """One administrator's signatures under a proposal, made after they saw what changes."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="signatures")
    key = BytesField(max_length=32)
    """The Ed25519 root key, raw."""
    root = BytesField(default=b"")
    """Signature under the root document, empty where there is none."""
    charter = BytesField(default=b"")
    """Signature under the charter, empty from who goes with this root document."""
    member = models.ForeignKey(Member, on_delete=models.CASCADE)
    day = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["proposal", "key"], name="one_signature_a_key"),)

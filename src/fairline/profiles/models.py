"""What is stored: public documents by their hash, each of which a desk's sheet may name."""

from __future__ import annotations

from django.db import models

from fairline.core.fields import BytesField


class KeptDocument(models.Model):
    """A form or a profile, as written. Clear and public: reporting persons read it."""

    hash = BytesField(primary_key=True, max_length=32, editable=False)
    kind = models.CharField(max_length=8)
    text = BytesField(help_text="The bytes that were hashed.")

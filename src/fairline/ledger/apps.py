"""The app of the record."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Two logs an office, published once a day."""

    name = "fairline.ledger"
    label = "ledger"
    verbose_name = "Record"

"""The room of measures for those who report and those who help them."""

from __future__ import annotations

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Registers the days that protection has: when measures are reviewed, when a mailbox offers to tell."""

    name = "fairline.protection"
    label = "protection"
    verbose_name = "Protection"

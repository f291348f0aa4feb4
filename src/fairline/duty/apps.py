"""The room of what an organisation owes its authority."""

from __future__ import annotations

from django.apps import AppConfig


class DutyConfig(AppConfig):
    """Registers what was noted of duties to notify: moments and rows of a law, no word of any case."""

    name = "fairline.duty"
    label = "duty"
    verbose_name = "Duties"

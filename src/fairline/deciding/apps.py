"""The room of what only several people decide: a panel says that somebody knowingly reported what is false."""

from __future__ import annotations

from django.apps import AppConfig


class DecidingConfig(AppConfig):
    """Registers panels: when the reporting person is to have answered, who sits on one, and who has answered."""

    name = "fairline.deciding"
    label = "deciding"
    verbose_name = "What a panel decides"

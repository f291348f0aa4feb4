"""The room of the office's public pages."""

from __future__ import annotations

from django.apps import AppConfig


class PressConfig(AppConfig):
    """Registers the templates; what the pages say stands in the public database of ``core.published``."""

    name = "fairline.press"
    label = "press"
    verbose_name = "Public pages"

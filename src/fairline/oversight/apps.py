"""The app of figures for the public and for oversight."""

from __future__ import annotations

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Registers the nightly figures of this room; it stores nothing of its own."""

    name = "fairline.oversight"
    label = "oversight"
    verbose_name = "Oversight"

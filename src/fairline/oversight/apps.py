"""The app of figures for the public and for oversight."""

from __future__ import annotations

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Registers the nightly figures of this room."""

    name = "fairline.oversight"
    label = "oversight"
    verbose_name = "Oversight"

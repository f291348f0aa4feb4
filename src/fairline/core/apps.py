"""The app of what every room needs."""

from __future__ import annotations

from django.apps import AppConfig

from fairline.core import erasure

__all__ = ("CoreConfig", "erasure")  # importing erasure registers its system check


class CoreConfig(AppConfig):
    """Registers the template tags, the record of nightly runs and the system checks."""

    name = "fairline.core"
    label = "core"
    verbose_name = "Core"

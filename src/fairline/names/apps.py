"""The room of names under seal: who asks to have one opened, on which ground, and who hands over their share."""

from __future__ import annotations

from django.apps import AppConfig


class NamesConfig(AppConfig):
    """Registers requests to open a name, and what custodians answer. The server opens none: it holds no key."""

    name = "fairline.names"
    label = "names"
    verbose_name = "Opening a name under seal"

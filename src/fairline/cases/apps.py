"""The room of what the office does with what arrived."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Registers declarations, read marks and the list of who did what when."""

    name = "fairline.cases"
    label = "cases"
    verbose_name = "Cases"

"""Which rooms live in the public database: what the public door's process can reach, and nothing else is there."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Model

PUBLIC_APPS: Final = frozenset({"published", "press", "learn"})


class Router:
    """Sends the models of public rooms to ``public`` and all others to ``default``."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        """Return the alias that holds ``model``."""
        return alias_of(model._meta.app_label)

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **_hints: Any) -> bool:
        """Relations never cross the two databases."""
        return alias_of(one._meta.app_label) == alias_of(other._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Each table stands in one database only."""
        return db == alias_of(app_label)


def alias_of(app_label: str) -> str:
    """Return the alias of the database in which the models of ``app_label`` live."""
    return "public" if app_label in PUBLIC_APPS else "default"

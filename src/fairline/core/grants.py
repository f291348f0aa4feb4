"""Which door may do what with which table, as data, for PostgreSQL: one role a door.

A room's ``grants.py`` declares::

    grant("report", Thread, "select", "insert")

What is not declared is not granted. The commands and the nightly job run as the owner of the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from django.db import connections
from django.db.models import Model
from django.utils.module_loading import autodiscover_modules

from fairline.core.databases import alias_of
from fairline.core.published.models import PublicFile

DoorName = Literal["report", "office", "public"]
Right = Literal["select", "insert", "update", "delete"]


@dataclass(frozen=True)
class Grant:
    """One line: these rights of this door on this model's table."""

    door: DoorName
    model: type[Model]
    rights: tuple[Right, ...]


_grants: list[Grant] = []
ROLE_PREFIX: Final = "fairline_"


def grant(door: DoorName, model: type[Model], *rights: Right) -> None:
    """Declare that ``door`` needs ``rights`` on the table of ``model``.

    Raises:
        ValueError: a right is unknown, or the public door asks for a table that is not public content.
    """
    unknown = set(rights) - set(get_args(Right))
    if unknown or not rights:
        raise ValueError(f"Rights are some of {', '.join(get_args(Right))}.")
    if door == "public" and alias_of(model._meta.app_label) != "public":
        raise ValueError(f"The public door may not touch {model._meta.label}.")
    _grants.append(Grant(door, model, rights))


grant("report", PublicFile, "select")
grant("office", PublicFile, "select", "insert", "update")
grant("public", PublicFile, "select")


def statements(alias: str) -> Iterator[str]:
    """Yield the SQL that gives each door its rights in the database ``alias`` and takes all others away."""
    autodiscover_modules("grants")
    quote = connections[alias].ops.quote_name
    for door in get_args(DoorName):
        role = quote(f"{ROLE_PREFIX}{door}")
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
        yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}"
        if door == "public" and alias != "public":
            yield f"REVOKE ALL ON SCHEMA public FROM {role}"
            continue
        yield f"GRANT USAGE ON SCHEMA public TO {role}"
        for line in _grants:
            if line.door == door and alias_of(line.model._meta.app_label) == alias:
                rights = ", ".join(right.upper() for right in line.rights)
                yield f"GRANT {rights} ON {quote(line.model._meta.db_table)} TO {role}"

"""What there is to look at: every address, every stored column, every word of English that people see, every import."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from django.apps import apps

from fairline.core.routes import Route, gates
from fairline.core.settings.rooms import ROOMS
from fairline.core.settings_file import DOORS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "fairline"


NO_ROOMS = {"cli", "demo", "locale", "seal", "terminal"}
"""Folders beside the rooms: what people run themselves, with their own passphrases; texts; and the sealing itself."""


def rooms() -> set[str]:
    """The folders of every installed room, and of the doors they are asked through."""
    return {name.split(".")[1] for name in ROOMS} | {"doors"}


def addresses(door: str | None = None) -> set[str]:
    """Each `METHOD address` of one door, or of all."""
    return {f"{row.method} {where}" for name in DOORS if door in {None, name} for where, row in _rows(name)}


def _rows(door: str) -> Iterator[tuple[str, Route]]:
    for where, gate in gates(f"fairline.doors.{door}.urls"):
        for row in gate.rows.values():
            yield where, row


def columns(*rooms: str) -> dict[str, str]:
    """Each stored column as `room.Model.column`, with the kind of its field; of these rooms, or of all."""
    return {
        f"{model._meta.app_label}.{model.__name__}.{field.name}": type(field).__name__
        for model in apps.get_models()
        if not rooms or model._meta.app_label in rooms
        for field in model._meta.concrete_fields
    }


def words() -> list[str]:
    """Every English text that a page or an answer can show."""
    texts: list[str] = []
    for name in ("django", "djangojs"):
        with (SOURCE / "locale" / "ar" / "LC_MESSAGES" / f"{name}.po").open("rb") as file:
            for message in read_po(file):
                texts += [message.id] if isinstance(message.id, str) else list(message.id)
    return [text for text in texts if text]


def imported(*rooms: str) -> dict[str, set[str]]:
    """Names that the modules of these rooms import from `fairline.seal`, by file."""
    found: dict[str, set[str]] = {}
    for room in rooms:
        for path in sorted((SOURCE / room).rglob("*.py")):
            if "vectors" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = {name.removeprefix("fairline.seal").lstrip(".") for name in _named(node)}
                if names:
                    found.setdefault(str(path.relative_to(ROOT)), set()).update(names)
    return found


def _named(node: ast.AST) -> set[str]:
    """What of `fairline.seal` one line of Python imports."""
    if isinstance(node, ast.ImportFrom):
        return {name for alias in node.names if _of_seal(name := f"{node.module}.{alias.name}")}
    return {alias.name for alias in node.names if _of_seal(alias.name)} if isinstance(node, ast.Import) else set()


def _of_seal(name: str) -> bool:
    return f"{name}.".startswith("fairline.seal.")


def holding(pattern: str, texts: Iterator[str] | list[str] | set[str] | dict[str, str]) -> list[str]:
    """Those texts in which the pattern is found, whatever the case of letters."""
    wanted = re.compile(pattern, re.IGNORECASE)
    return sorted(text for text in texts if wanted.search(text))

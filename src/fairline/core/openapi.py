"""The description of a door's API in OpenAPI 3.1, made from its table of addresses.

Addresses, methods and rights come from the rows, the sentence from the view that answers; what a body and an answer
hold is said by the room where others write clients for it (``described`` of the door's URLconf).
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

from fairline import __version__
from fairline.core.permissions import OPEN, Access
from fairline.core.routes import Hash32, Id16, Route, gates

JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"
Schema = Mapping[str, Any]

PROBLEM: Final[Schema] = MappingProxyType(
    {
        "type": "object",
        "required": ["error", "message"],
        "properties": {
            "error": {"type": "string", "description": "a short name for programs, stable over versions"},
            "message": {"type": "string", "description": "a sentence for people, in the asker's language"},
        },
    }
)
PARAMETERS: Final[Mapping[str, Schema]] = MappingProxyType(
    {
        "id16": {"type": "string", "pattern": f"^{Id16.regex}$", "description": "16 bytes in base64url"},
        "hash32": {"type": "string", "pattern": f"^{Hash32.regex}$", "description": "32 bytes in base64url"},
        "int": {"type": "integer", "minimum": 0},
        "str": {"type": "string", "minLength": 1},
        "path": {"type": "string", "minLength": 1, "description": "may hold slashes"},
    }
)


@dataclass(frozen=True)
class Said:
    """What a room says of one row beyond the row itself."""

    body: Schema | None = None
    """The JSON that is sent."""
    head: Schema | None = None
    """The head of the parcel that is sent (docs/formats.md §7), where one is."""
    answer: Schema | None = None
    """The JSON that comes back."""
    kind: str = ""
    """The media type that comes back, where it is no JSON."""


Table = Mapping[tuple[str, str], Said]


def description(urlconf: str, door: str) -> dict[str, Any]:
    """Return the whole description of the door ``door``."""
    said: Table = getattr(import_module(urlconf), "described", {})
    paths: dict[str, dict[str, Any]] = {}
    for where, gate in gates(urlconf):
        place, parameters = _place(where)
        paths[place] = {
            **({"parameters": parameters} if parameters else {}),
            **{row.method.lower(): _operation(row, said.get((row.method, where))) for row in gate.rows.values()},
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Fairline, the {door} door", "version": __version__,
            "description": "Formats of all that is sealed, signed or sent: docs/formats.md. Nothing in clear is taken.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "paths": paths,
        "components": {
            "schemas": {"Problem": dict(PROBLEM)},
            "securitySchemes": {
                "member": {"type": "apiKey", "in": "cookie", "name": "__Host-fairline-office",
                           "description": "a member's session; without TLS the name has no prefix"},
            },
        },
    }  # fmt: skip


def _place(where: str) -> tuple[str, list[dict[str, Any]]]:
    found = re.findall(r"<(?:(\w+):)?(\w+)>", where)
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": dict(PARAMETERS[kind or "str"])}
        for kind, name in found
    ]
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", where), parameters


def _operation(row: Route, said: Said | None) -> dict[str, Any]:
    words = inspect.getdoc(row.view) or ""
    operation: dict[str, Any] = {
        "operationId": f"{row.method.lower()}-{row.view.__module__.rpartition('.')[2]}-{row.view.__name__}-{row.name}",
        "summary": words.partition("\n")[0],
        "responses": {"200": _answer(said), "4XX": _refusal()},
    }
    if row.access is Access.ANYONE:
        operation["security"] = []
    elif row.access not in OPEN:
        operation["security"] = [{"member": []}]
        operation["x-role"] = row.access.value
    if row.method != "GET":
        operation["requestBody"] = _body(said)
    return operation


def _answer(said: Said | None) -> dict[str, Any]:
    if said is None:
        return {"description": "As docs/contract.md has it."}
    kind = said.kind or JSON
    return {"description": "Done.", "content": {kind: {"schema": dict(said.answer)} if said.answer else {}}}


def _refusal() -> dict[str, Any]:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    pages: dict[str, Any] = {"text/html": {}, "text/plain": {}}
    return {"description": "Refused with a sentence; nothing was stored.", "content": {JSON: problem, **pages}}


def _body(said: Said | None) -> dict[str, Any]:
    if said is not None and said.body is not None:
        return {"required": True, "content": {JSON: {"schema": dict(said.body)}}}
    raw = {BYTES: {"schema": {"type": "string", "format": "binary"}}}
    if said is not None and said.head is not None:
        return {"required": True, "description": "A parcel.", "content": raw, "x-parcel-head": dict(said.head)}
    return {"required": False, "content": {JSON: {"schema": {"type": "object"}}, **raw}}

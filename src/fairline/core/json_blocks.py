"""Values that a page hands to its script, as a data block that no browser runs."""

from __future__ import annotations

import json
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_ESCAPES: Final = str.maketrans(
    {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def json_block(name: str, value: Any) -> SafeString:
    """Return ``<script type="application/json" id="name">`` with ``value``, safe inside any page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    # The translation above leaves nothing in it that could end the block.
    return format_html('<script type="application/json" id="{}">{}</script>', name, mark_safe(text))  # noqa: S308

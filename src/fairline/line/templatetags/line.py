"""What the document hands over to its script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from fairline.core.assets import assets, handed_over
from fairline.core.json_blocks import json_block

register = template.Library()


@register.simple_tag
def place_block(place: dict[str, Any]) -> SafeString:
    """Return the block that names the office, and the others of this host."""
    return json_block("place", place)


@register.simple_tag
def report_assets(lists: Sequence[str]) -> SafeString:
    """Return the block that names what loads later: sealing and its arithmetic, receipt words, endings, help, files."""
    later = ("report", "mailbox", "ending", "help", "work-worker", "qr", "filing", "files", "sealing-worker")
    wanted = (*later, *(f"list-{name}" for name in lists))
    return json_block("assets", handed_over(name for name in wanted if name in assets()))

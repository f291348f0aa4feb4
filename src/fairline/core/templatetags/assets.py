"""Template tags for built scripts and styles; see ``fairline.core.assets``."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fairline.core.assets import asset, handed_over
from fairline.core.json_blocks import json_block

register = template.Library()


@register.simple_tag
def script(name: str) -> SafeString:
    """``{% script "report-first" %}``: a module script that the browser refuses if its bytes are others."""
    file = asset(name)
    return format_html(
        '<script type="module" src="{}" integrity="{}" crossorigin="anonymous"></script>', file.url, file.integrity
    )


@register.simple_tag
def style(name: str) -> SafeString:
    """``{% style "report" %}``: the style sheet ``web/style/report.css``."""
    file = asset(f"style/{name}")
    return format_html(
        '<link rel="stylesheet" href="{}" integrity="{}" crossorigin="anonymous">', file.url, file.integrity
    )


@register.simple_tag
def assets_block(*names: str) -> SafeString:
    """``{% assets_block "report" "argon2-worker" %}``: what ``web/workers/load.ts`` may load later, as a data block."""
    return json_block("assets", handed_over(names))

"""Template tags for words: the page's catalogue, the switch to another language."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from fairline.core.assets import PREFIX, asset, handed_over
from fairline.core.language import languages_of
from fairline.locale.languages import ENGLISH, language

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()


@register.inclusion_tag("fairline/languages.html", takes_context=True)
def languages(context: Context) -> dict[str, Any]:
    """The language switch: links to the same page, each in its own language."""
    request = getattr(context, "request", None)
    return {"links": languages_of(request) if request is not None else ()}


@register.simple_tag
def words(name: str, *later: str) -> SafeString:
    """The page's catalogue as a data block that no policy has to allow, since nothing in it is run.

    Args:
        name: Catalogue of ``web/words.json`` that stands in the page.
        later: Catalogues that bundles of the page may fetch afterwards, each by ``laterWords(name)``.
    """
    current = language(translation.get_language() or "")
    if current == ENGLISH:
        return SafeString("")
    # "<" could end the block; written as an escape it is the same JSON.
    block = _read(asset(f"words/{name}.{current.code}").url).replace("<", "\\u003c")
    attributes = SafeString("")
    if later:
        files = handed_over(f"words/{one}.{current.code}" for one in later)
        by_name = dict(zip(later, files.values(), strict=True))
        attributes = format_html(' data-later="{}"', json.dumps(by_name, separators=(",", ":")))
    return format_html(
        '<script type="application/json" id="words"{}>{}</script>',
        attributes,
        mark_safe(block),  # noqa: S308 - our own JSON, which cannot end the block
    )


@lru_cache(maxsize=64)
def _read(url: str) -> str:
    """Return the built file at ``url``, whose name changes with its content."""
    return (Path(settings.ASSETS) / url.removeprefix(PREFIX)).read_text("utf-8")

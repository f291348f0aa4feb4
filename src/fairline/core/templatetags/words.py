"""Template tags for words: the page's catalogue, the switch to another language."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from fairline.core.assets import PREFIX
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
def words(name: str, later: str = "") -> SafeString:
    """The page's catalogue as a data block that no policy has to allow, since nothing in it is run.

    Args:
        name: Catalogue of ``web/words.json`` that stands in the page.
        later: Catalogue that the page may fetch afterwards by ``laterWords()``.
    """
    current = language(translation.get_language() or "")
    if current == ENGLISH:
        return SafeString("")
    # "<" could end the block; written as an escape it is the same JSON.
    block = _read(name, current.code).replace("<", "\\u003c")
    attributes = SafeString("")
    if later:
        digest = hashlib.sha384(_read(later, current.code).encode()).digest()
        integrity = "sha384-" + base64.b64encode(digest).decode()
        # Built files are cached for ever; the hash in the address makes other words another address.
        address = f"{PREFIX}words/{later}.{current.code}.json?{digest.hex()[:12]}"
        attributes = format_html(' data-later="{}" data-integrity="{}"', address, integrity)
    return format_html(
        '<script type="application/json" id="words"{}>{}</script>',
        attributes,
        mark_safe(block),  # noqa: S308
    )


@lru_cache(maxsize=64)
def _read(name: str, code: str) -> str:
    file = Path(settings.ASSETS) / "words" / f"{name}.{code}.json"
    return file.read_text("utf-8")

"""No template shows words that stand outside `translate` and `blocktranslate`."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "fairline"
TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*.html"))
WORD = re.compile(r"[^\W\d_]{2}")
READ_ALOUD = {"title", "alt", "placeholder", "aria-label", "aria-description", "label"}
NAMES = {"Fairline", "fairline", "age", "SHA"}  # names are the same in every language


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        for name, value in attrs:
            if name in READ_ALOUD:
                self.keep(value or "")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's interface
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside not in {"script", "style"}:
            self.keep(data)

    def keep(self, text: str) -> None:
        left = [word for word in text.split() if word.strip(".,:;()·") not in NAMES]
        if WORD.search(" ".join(left)):
            self.words.append(text.strip())


def visible(source: str) -> list[str]:
    kept, until = [], ""
    for token in Lexer(source).tokenize():
        name = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents else ""
        if until:
            until = "" if name == until else until
        elif name in {"blocktranslate", "blocktrans", "comment"}:
            until = f"end{name}"
        elif token.token_type == TokenType.TEXT:
            kept.append(token.contents)
    seen = Seen()
    seen.feed("".join(kept))
    seen.close()
    return seen.words


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_template_shows_translated_words_only(path: Path) -> None:
    assert visible(path.read_text("utf-8")) == []


def test_words_outside_are_noticed() -> None:
    assert visible('{% load i18n %}<p>{% translate "Good" %} {{ name }}</p><p>Bad</p>') == ["Bad"]
    assert visible('<a title="Bad" href="/at/x">{% blocktranslate %}Good {{ n }}{% endblocktranslate %}</a>') == ["Bad"]
    assert visible("{% comment %}Only for us{% endcomment %}<h1>Fairline</h1>") == []

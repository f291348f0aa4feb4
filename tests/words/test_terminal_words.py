"""What `fairline send` and `fairline open` say stands in gettext, and what they say of others' errors still fits."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fairline.terminal.sentences import KNOWN

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "fairline"
SPEAKING = sorted(
    [*(PACKAGE / "terminal").glob("*.py")]
    + [PACKAGE / "cli" / f"{name}.py" for name in ("send", "open", "asking", "opening_export")]
)
SAYING = {
    "say", "give", "ask", "ask_yes", "ask_hidden", "ask_lines", "choose", "_chosen", "TerminalError",
    "UnreachableError", "DoorRefusedError",
}  # fmt: skip
GETTEXT = {"_", "gettext", "ngettext", "gettext_noop"}
WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|^[A-Z][a-z]+[.:?]?$")


def named(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def bare(node: ast.AST) -> Iterator[str]:
    """Texts below a node that no gettext call holds."""
    if isinstance(node, ast.Call) and named(node) in GETTEXT:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and WORDS.search(node.value.strip()):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from bare(child)


def faults(source: str) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and named(node) in SAYING:
            found += [text for argument in node.args for text in bare(argument)]
        if isinstance(node, ast.Yield) and node.value is not None:
            found += [text for text in bare(node.value) if text not in KNOWN]
        if isinstance(node, ast.JoinedStr):
            # Python's tokenizer, and so the extraction, sees no call inside an f-string before 3.12.
            found += [
                ast.unparse(inner)
                for inner in ast.walk(node)
                if isinstance(inner, ast.Call) and named(inner) in GETTEXT and isinstance(inner.args[0], ast.Constant)
            ]
    return found


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_terminal_says_nothing_outside_gettext(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []


def test_words_outside_are_noticed() -> None:
    assert faults('say("Nothing was sent.")') == ["Nothing was sent."]
    assert faults('raise TerminalError("epoch", f"There is no {name} here")') == ["There is no "]
    assert faults("say(f\"{_('Good.')}\")") == ["_('Good.')"]
    assert faults('say(_("Nothing was sent.") % {"day": day})\nraise TerminalError("epoch", _("Nothing."))') == []


def test_the_sentences_of_the_formats_are_known_word_for_word() -> None:
    files = [path for room in ("seal", "ledger", "terminal") for path in (PACKAGE / room).rglob("*.py")]
    said = {
        node.value
        for path in files
        if path.name != "sentences.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(KNOWN) - said) == []

"""Every word that the server keeps of what a member did is one the workbench reads: else the case does not open."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import fairline
from fairline.cases.models import OPENED_MAILBOX, TOOK_IN

SOURCE = Path(fairline.__file__).parent
READ = SOURCE.parents[1] / "web" / "workers" / "reports" / "parcel.ts"


def read_by_pages() -> set[str]:
    found = re.search(r"const DONE = \[(.*?)\] as const", READ.read_text("utf-8"), re.DOTALL)
    assert found
    return set(re.findall(r'"([a-z-]+)"', found[1]))


def kept_by_the_server() -> set[str]:
    """The third argument of every call of `did`: a constant, or one of two."""
    # `mailboxes.opened` is given which of the two it keeps.
    found = {OPENED_MAILBOX, TOOK_IN}
    for path in SOURCE.rglob("*.py"):
        name = ".".join(("fairline", *path.relative_to(SOURCE).with_suffix("").parts))
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"did", "_did"}:
                word = call.args[2]
                for one in (word.body, word.orelse) if isinstance(word, ast.IfExp) else (word,):
                    assert isinstance(one, ast.Name)
                    value = getattr(importlib.import_module(name), one.id, None)
                    found |= {value} if isinstance(value, str) else set()
    return found


def test_the_workbench_reads_every_word_that_the_server_keeps():
    kept = kept_by_the_server()
    assert {"copy-declined", "declared", "aside", "set-alike", "held-back"} <= kept
    assert kept <= read_by_pages()

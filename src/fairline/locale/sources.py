"""Finds the texts that people see: in Python, in templates and in the TypeScript of the pages."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]

# Babel's form: which arguments are the texts; "c" marks the one that tells contexts apart.
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True)
class Text:
    """One text in the code.

    Attributes:
        id: The English words, or singular and plural.
        file: Where it stands, from the root of the project.
        context: What tells it from the same words with another meaning.
        comments: What the code tells translators, each beginning with `Translators:`.
    """

    id: str | tuple[str, str]
    file: str
    context: str | None = None
    comments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scripts:
    """What the TypeScript of the pages says.

    Attributes:
        texts: Every text in `t()`, `tp()` and `tn()`.
        faults: Calls whose text is made at run time, and visible words outside such a call; each a sentence.
        catalogues: For each JSON catalogue the files of its entry's own tree.
        without: For each JSON catalogue the ones that a page has loaded before it.
    """

    texts: tuple[Text, ...]
    faults: tuple[str, ...]
    catalogues: dict[str, frozenset[str]] = field(default_factory=dict)
    without: dict[str, tuple[str, ...]] = field(default_factory=dict)


class SourceError(Exception):
    """A text cannot be read from the code; the message says which and why."""


def python() -> Iterator[Text]:
    """Every text of the package's Python files."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from _read(path.read_bytes(), path)


def templates() -> Iterator[Text]:
    """Every text of the package's templates."""
    for path in sorted(PACKAGE.rglob("templates/**/*")):
        if path.suffix not in {".html", ".txt", ".svg", ".xml"}:
            continue
        calls = templatize(path.read_text("utf-8"), origin=str(path))
        # Django writes for xgettext, which is blind to indentation; Python's tokenizer is not.
        flat = "\n".join(line.strip() for line in calls.splitlines())
        yield from _read(flat.encode(), path)


def scripts(*, catalogues: bool = True) -> Scripts:
    """Every text of the pages' TypeScript, read by TypeScript's own parser.

    Args:
        catalogues: Also find which files each catalogue of `web/words.json` holds.

    Raises:
        SourceError: Node.js or a package it needs is missing, or a file cannot be parsed.
    """
    node = Path(sys.executable).with_name("node")
    command = [str(node) if node.exists() else "node", str(ROOT / "web" / "words.mjs")]
    if not catalogues:
        command.append("--texts")
    answer = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own script by a fixed path
    if answer.returncode != 0:
        raise SourceError(f"web/words.mjs stopped: {answer.stderr.decode(errors='replace').strip()}")
    found = json.loads(answer.stdout)
    texts = tuple(
        Text(
            (row["id"], row["plural"]) if "plural" in row else row["id"],
            row["file"],
            row.get("context"),
            tuple(row["comments"]),
        )
        for row in found["messages"]
    )
    faults = [f"{row['file']}:{row['line']}: {row['text']}" for row in found["faults"]]
    faults += [f"{row['file']}:{row['line']}: visible outside t(): {row['text']!r}" for row in found["bare"]]
    return Scripts(
        texts,
        tuple(faults),
        {name: frozenset(row["files"]) for name, row in found["catalogues"].items()},
        {name: tuple(row["without"]) for name, row in found["catalogues"].items()},
    )


def _read(code: bytes, path: Path) -> Iterator[Text]:
    file = path.relative_to(ROOT).as_posix()
    rows: Iterable[tuple[int, str | tuple[str, ...], list[str], str | None]] = extract(
        "python", BytesIO(code), keywords=KEYWORDS, comment_tags=("Translators:",)
    )
    for _line, message, comments, context in rows:
        if isinstance(message, tuple):
            yield Text((message[0], message[1]), file, context, tuple(comments))
        elif message:
            yield Text(message, file, context, tuple(comments))

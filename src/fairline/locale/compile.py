"""`python -m fairline.locale.compile`: writes the catalogues that run.

For Django one `.mo` beside each `django.po`. For the pages `web/dist/words/<name>.<language>.json`, one for
each entry of `web/words.json`: only the texts that this entry's files use, less what the page has loaded
before, so that the first form stays small. Keys are the English words, with the context before them and
U+0004 between; values are the translation, or an object with one text for each plural category.
"""

import argparse
import json
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from fairline.locale.catalogues import load, path
from fairline.locale.languages import TRANSLATED, Language
from fairline.locale.sources import ROOT, Scripts, Text, scripts

WORDS = ROOT / "web" / "dist" / "words"
CONTEXT = "\u0004"

Words = dict[str, str | dict[str, str]]


def server() -> None:
    """Writes the `.mo` files."""
    for language in TRANSLATED:
        file = path(language, "django", ".mo")
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            write_mo(stream, load(language, "django"))


def pages(folder: Path, found: Scripts) -> None:
    """Writes the JSON catalogues of every entry into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in TRANSLATED:
        known = load(language, "djangojs")
        for name, files in found.catalogues.items():
            earlier = frozenset[str]().union(*(found.catalogues[other] for other in found.without[name]))
            loaded = {_name(text) for text in found.texts if text.file in earlier}
            mine = [text for text in found.texts if text.file in files and _name(text) not in loaded]
            words = _words(known, language, mine)
            line = json.dumps(words, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            (folder / f"{name}.{language.code}.json").write_text(line + "\n", "utf-8")


def main() -> int:
    """Compiles for the server, and for the pages unless `--server` is given."""
    parser = argparse.ArgumentParser(prog="python -m fairline.locale.compile", description=__doc__)
    parser.add_argument("--server", action="store_true", help="only the .mo files, which need no Node.js")
    parser.add_argument("--into", type=Path, default=WORDS, help="folder of the JSON files")
    wanted = parser.parse_args()
    server()
    if not wanted.server:
        pages(wanted.into, scripts())
    return 0


def _name(text: Text) -> str:
    singular = text.id if isinstance(text.id, str) else text.id[0]
    return singular if text.context is None else text.context + CONTEXT + singular


def _words(known: Catalog, language: Language, texts: list[Text]) -> Words:
    words: Words = {}
    for text in texts:
        singular = text.id if isinstance(text.id, str) else text.id[0]
        message = known.get(singular, text.context)
        if message is None or message.fuzzy or not message.string:
            continue
        if isinstance(message.string, str):
            words[_name(text)] = message.string
        else:
            words[_name(text)] = dict(zip(language.plurals, message.string, strict=True))
    return words


if __name__ == "__main__":
    sys.exit(main())

"""The gettext catalogues: read, merged with what the code says, written the same way every time."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from fairline.locale.languages import Language
from fairline.locale.sources import Text

FOLDER = Path(__file__).resolve().parent
DOMAINS = ("django", "djangojs")
SILENT = (
    b'"POT-Creation-Date',
    b'"PO-Revision-Date',
    b'"Generated-By',
    b'"Last-Translator',
    b'"Language-Team',
    b'"Report-Msgid-Bugs-To',
    b'"Project-Id-Version',
)


def path(language: Language, domain: str, suffix: str = ".po") -> Path:
    """Where a catalogue lies; `domain` is `django` (server) or `djangojs` (pages)."""
    return FOLDER / language.folder / "LC_MESSAGES" / f"{domain}{suffix}"


def load(language: Language, domain: str) -> Catalog:
    """The catalogue as it lies there, or an empty one."""
    file = path(language, domain)
    if not file.exists():
        return Catalog(locale=language.folder, domain=domain, charset="utf-8")
    with file.open("rb") as stream:
        return read_po(stream, locale=language.folder, domain=domain, charset="utf-8")


def merge(known: Catalog, texts: Iterable[Text]) -> Catalog:
    """A catalogue of exactly these texts, with every translation that is known for them.

    A text that has left the code is kept aside as obsolete, and comes back with its translation when the code
    says it again: texts move between branches, translations are work.
    """
    merged = Catalog(
        locale=known.locale,
        domain=known.domain,
        charset="utf-8",
        project="Fairline",
        fuzzy=False,
        header_comment="# Words of Fairline. AGPL-3.0-or-later.",
    )
    merged.creation_date = merged.revision_date = known.creation_date
    before: dict[Any, Message] = {_key(one): one for one in [*known.obsolete.values(), *known]}
    for text in texts:
        old = before.pop((text.id, text.context), None) or merged.get(_singular(text.id), text.context)
        merged.add(
            text.id,
            old.string if old is not None else None,
            locations=[(text.file, 0)],
            flags=old.flags & {"fuzzy"} if old is not None else (),
            auto_comments=text.comments,
            context=text.context,
        )
    for key, old in before.items():
        if old.id and old.string and merged.get(_singular(old.id), old.context) is None:
            merged.obsolete[key] = old
    return merged


def save(language: Language, domain: str, catalogue: Catalog) -> bool:
    """Writes the catalogue; True when that changed the file."""
    file = path(language, domain)
    file.parent.mkdir(parents=True, exist_ok=True)
    forms = f"nplurals={len(language.plurals)}; plural=({language.rule});"
    catalogue.mime_headers = [("Plural-Forms", forms)]
    before = file.read_bytes() if file.exists() else b""
    with file.open("wb") as stream:
        write_po(stream, catalogue, width=110, sort_by_file=True, include_lineno=False, omit_header=False)
    # Dates and versions of the tools would change every file at every run and say nothing.
    lines = [line for line in file.read_bytes().splitlines(keepends=True) if not line.startswith(SILENT)]
    file.write_bytes(b"".join(lines))
    return b"".join(lines) != before


def _key(message: Message) -> tuple[str | tuple[str, str], str | None]:
    name = message.id
    return (name if isinstance(name, str) else (name[0], name[1])), message.context


def _singular(name: str | tuple[str, ...] | list[str]) -> str:
    return name if isinstance(name, str) else name[0]

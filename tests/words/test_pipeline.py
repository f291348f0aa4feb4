"""Words travel from the code to the page: found, merged without loss, compiled into what each page needs."""

from __future__ import annotations

import gettext
import json
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from fairline.locale import catalogues, compile, sources  # noqa: A004 - our own module of that name
from fairline.locale.languages import LANGUAGES, Language, language
from fairline.locale.sources import Scripts, Text

ARABIC = language("ar")
CHINESE = language("zh-hans")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    return tmp_path


def write(
    target: Language, domain: str, words: dict[str, str | tuple[str, ...]], plurals: dict[str, str] | None = None
) -> None:
    catalogue = Catalog(locale=target.folder)
    for name, translation in words.items():
        catalogue.add((name, (plurals or {})[name]) if isinstance(translation, tuple) else name, translation)
    catalogues.save(target, domain, catalogue)


def test_python_texts_are_found_with_context_plural_and_comment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "PACKAGE", tmp_path)
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    (tmp_path / "room.py").write_text(
        'a = _("Arrived")\n# Translators: on a button\nb = pgettext("verb", "Open")\n'
        'c = ngettext("one day", "%(n)s days", n)\n',
        "utf-8",
    )
    assert list(sources.python()) == [
        Text("Arrived", "room.py"),
        Text("Open", "room.py", "verb", ("Translators: on a button",)),
        Text(("one day", "%(n)s days"), "room.py"),
    ]


def test_template_texts_are_found_whatever_the_indentation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "PACKAGE", tmp_path)
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    page = tmp_path / "templates" / "page.html"
    page.parent.mkdir()
    page.write_text(
        '{% load i18n %}\n    <p>{% translate "Good day" %}</p>\n'
        '  <b title="{% translate "Page" context "neutral" %}">\n'
        "{% blocktranslate count n=n %}{{ n }} report{% plural %}{{ n }} reports{% endblocktranslate %}</b> it's",
        "utf-8",
    )
    assert [(text.id, text.context) for text in sources.templates()] == [
        ("Good day", None),
        ("Page", "neutral"),
        (("%(n)s report", "%(n)s reports"), None),
    ]


def test_merging_keeps_translations_and_brings_back_what_returns(folder: Path) -> None:
    write(ARABIC, "django", {"Send": "إرسال", "Leave": "مغادرة"})
    without = catalogues.merge(catalogues.load(ARABIC, "django"), [Text("Send", "a.py"), Text("New", "a.py")])
    catalogues.save(ARABIC, "django", without)
    kept = catalogues.load(ARABIC, "django")
    assert kept["Send"].string == "إرسال"
    assert kept["New"].string == ""
    assert kept.get("Leave") is None
    again = catalogues.merge(kept, [Text("Leave", "b.py")])
    assert again["Leave"].string == "مغادرة"


def test_writing_twice_changes_nothing(folder: Path) -> None:
    write(CHINESE, "django", {"Send": "发送"})
    assert catalogues.save(CHINESE, "django", catalogues.load(CHINESE, "django")) is False


def test_the_server_reads_what_is_compiled(folder: Path) -> None:
    write(ARABIC, "django", {"Send": "إرسال"})
    write(CHINESE, "django", {"Send": "发送"})
    compile.server()
    with (folder / "ar" / "LC_MESSAGES" / "django.mo").open("rb") as stream:
        assert gettext.GNUTranslations(stream).gettext("Send") == "إرسال"


def test_a_page_gets_the_words_of_its_own_files_once(folder: Path, tmp_path: Path) -> None:
    days = ("لا أيام", "يوم", "يومان", "{n} أيام", "{n} يومًا", "{n} يوم")
    write(ARABIC, "djangojs", {"Send": "إرسال", "{n} day": days, "Lock": "قفل"}, {"{n} day": "{n} days"})
    write(CHINESE, "djangojs", {"Send": "发送"})
    found = Scripts(
        (
            Text("Send", "first.ts"),
            Text("Send", "later.ts"),
            Text(("{n} day", "{n} days"), "later.ts"),
            Text("Lock", "office.ts"),
        ),
        (),
        {"first": frozenset({"first.ts"}), "later": frozenset({"first.ts", "later.ts"})},
        {"first": (), "later": ("first",)},
    )
    compile.pages(tmp_path / "out", found)
    read = {file.name: json.loads(file.read_text("utf-8")) for file in (tmp_path / "out").iterdir()}
    assert read["first.ar.json"] == {"Send": "إرسال"}
    assert read["later.ar.json"] == {"{n} day": dict(zip(ARABIC.plurals, days, strict=True))}
    assert read["first.zh-hans.json"] == {"Send": "发送"}
    assert read["later.zh-hans.json"] == {}


def test_plural_categories_are_as_many_as_the_catalogue_has_forms() -> None:
    assert {one.code: Catalog(locale=one.folder).num_plurals for one in LANGUAGES} == {
        one.code: len(one.plurals) for one in LANGUAGES
    }

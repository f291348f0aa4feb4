"""The sentences of a terminal in the language of who sits before it, from the catalogues that the pages use.

No Django: a reporting person's program must not need a server's. Where a catalogue is not compiled
(`python -m fairline.locale.compile --server`) or there is none for a language, everything is said in English.
"""

from __future__ import annotations

import os
from contextvars import ContextVar
from gettext import NullTranslations, translation
from pathlib import Path
from typing import TYPE_CHECKING

from fairline import locale
from fairline.locale.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(locale.__file__).parent
DOMAIN = "django"
ENVIRONMENT = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Where a machine names its language; the first that is set counts, as POSIX has it."""
CHINESE_TRADITIONAL = {"tw", "hk", "mo"}
ENGLISH = "en"

_SPOKEN: ContextVar[NullTranslations | None] = ContextVar("spoken", default=None)


def own_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the tag of the language that this machine speaks, such as `zh-Hans` or `pt`; English if it names none."""
    name = next((environment[one] for one in ENVIRONMENT if environment.get(one)), "")
    language, _line, country = name.partition(".")[0].partition("@")[0].partition("_")
    if language == "zh":
        return "zh-Hant" if country.lower() in CHINESE_TRADITIONAL else "zh-Hans"
    return language if language.isalpha() and language.islower() else ENGLISH


def speak(tag: str) -> None:
    """Say everything from here on in this language (a tag such as `zh-Hans`, `zh-CN` or `ar-EG`), if we have it."""
    _SPOKEN.set(translation(DOMAIN, FOLDER, [_folder(tag)], fallback=True))


def translates() -> bool:
    """Whether there is a catalogue of the language that is spoken."""
    return type(_SPOKEN.get() or NullTranslations()) is not NullTranslations


def gettext(text: str) -> str:
    """Return the text in the language that is spoken."""
    spoken = _SPOKEN.get()
    # The empty text stands for the catalogue's own head, which is for nobody's eyes.
    return text if spoken is None or not text else spoken.gettext(text)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form that fits the number, in the language that is spoken."""
    return (_SPOKEN.get() or NullTranslations()).ngettext(singular, plural, number)


def gettext_noop(text: str) -> str:
    """Mark a text that is translated where it is shown."""
    return text


def _folder(tag: str) -> str:
    """The gettext folder of a tag: of the tag itself, or of its language, unless that is written in another script."""
    wanted = tag.strip().replace("_", "-").lower()
    if wanted in {"zh", "zh-cn", "zh-sg"} or wanted.startswith("zh-hans"):
        wanted = "zh-hans"
    elif not wanted.startswith("zh"):
        wanted = wanted.partition("-")[0]
    return next((one.folder for one in LANGUAGES if one.code == wanted), ENGLISH)

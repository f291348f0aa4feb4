"""The languages the pages speak, each with what a page and a catalogue must know of it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Language:
    """One language.

    Attributes:
        code: Django's name of it, and its prefix in addresses, for example `zh-hans`.
        tag: BCP 47 tag for the `lang` attribute and for `Intl`.
        name: Its name in itself, for the switch.
        direction: The way it is written.
        folder: Its gettext folder, for example `zh_Hans`.
        plurals: Its plural categories (CLDR), in the order of its gettext plural forms.
        rule: Which of these forms a number `n` takes, as gettext's `Plural-Forms` has it. Babel's own rule for
            Arabic numbers the last two forms the other way round than the categories do.
    """

    code: str
    tag: str
    name: str
    direction: Literal["ltr", "rtl"]
    folder: str
    plurals: tuple[str, ...]
    rule: str


ENGLISH = Language("en", "en", "English", "ltr", "en", ("one", "other"), "n != 1")

LANGUAGES: tuple[Language, ...] = (
    ENGLISH,
    Language("zh-hans", "zh-Hans", "简体中文", "ltr", "zh_Hans", ("other",), "0"),
    Language(
        "ar", "ar", "العربية", "rtl", "ar", ("zero", "one", "two", "few", "many", "other"),
        "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5",
    ),
)  # fmt: skip
"""English, which stands in the code, and every language with catalogues here."""

TRANSLATED = LANGUAGES[1:]


def language(code: str) -> Language:
    """The language of Django's code, or English where the code names none of ours."""
    return next((one for one in LANGUAGES if one.code == code), ENGLISH)

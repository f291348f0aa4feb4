"""What several desks say of themselves, for a page that stands before a desk is chosen.

Each desk has its own profile. Whoever has not chosen yet must see whom to call whichever desk it will be, and no
promise that one of the desks does not make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Said = Sequence[tuple[Mapping[str, str], Mapping[str, Any]]]

FALLBACK: Final = "en"
SHARED: Final = ("emergency", "complaints")
"""Whom to call and where to complain is good to know from every desk; whose it is does not matter."""


def together(desks: Said) -> dict[str, Any]:
    """Return one profile for all of ``desks``: pairs of a desk's names by language and its profile as parsed.

    Texts that all of them share stand once; others stand one below the other, with the desk's name where it matters.
    The clocks are the slowest ones.
    """
    told = [(names, profile) for names, profile in desks if profile]
    if not told:
        return {}
    found: dict[str, Any] = {
        "acknowledge": {"days": max(one.get("acknowledge", {}).get("days", 7) for _names, one in told)},
        "feedback": {"months": max(one.get("feedback", {}).get("months", 3) for _names, one in told)},
        "ways": _ways(told),
    }
    for name in (*SHARED, "disclosure"):
        texts = {language: _text(told, name, language) for language in _languages(told, name)}
        if texts:
            found[name] = texts
    if leaves := [profile["leave"] for _names, profile in told if profile.get("leave")]:
        found["leave"] = leaves[0]
    return found


def _ways(told: Said) -> dict[str, Any]:
    """The other ways; each one text where no desk has it by language, else a text for each language that any has."""
    names = dict.fromkeys(name for _names, profile in told for name in profile.get("ways", {}))
    found: dict[str, Any] = {}
    for name in names:
        rows = [(desk, profile["ways"][name]) for desk, profile in told if name in profile["ways"]]
        tags = dict.fromkeys(tag for _desk, way in rows if not isinstance(way, str) for tag in way)
        texts = {tag: _joined([_way(desk, way, tag) for desk, way in rows], named=True) for tag in tags or (FALLBACK,)}
        found[name] = texts if tags else texts[FALLBACK]
    return found


def _way(desk: Mapping[str, str], way: str | Mapping[str, str], tag: str) -> tuple[str, str]:
    text = way if isinstance(way, str) else way.get(tag) or way.get(FALLBACK, "")
    return desk.get(tag) or desk.get(FALLBACK, ""), text


def _languages(told: Said, name: str) -> list[str]:
    return list(dict.fromkeys(language for _names, profile in told for language in profile.get(name, {})))


def _text(told: Said, name: str, language: str) -> str:
    pairs = [
        (desk.get(language) or desk.get(FALLBACK, ""), profile[name].get(language) or profile[name].get(FALLBACK, ""))
        for desk, profile in told
        if name in profile
    ]
    return _joined(pairs, named=name not in SHARED)


def _joined(pairs: Iterable[tuple[str, str]], *, named: bool) -> str:
    whose: dict[str, list[str]] = {}
    for desk, text in pairs:
        whose.setdefault(text, []).append(desk)
    if len(whose) == 1 or not named:
        return "\n".join(whose)
    return "\n".join(f"{' · '.join(desks)}: {text}" for text, desks in whose.items())

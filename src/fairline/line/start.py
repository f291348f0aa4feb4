"""What the first page says before anything is proven: the office's name, its desks, and its own words.

None of it decides who can read: the page's script proves the signed documents before it seals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fairline.core import publication
from fairline.locale.languages import language
from fairline.offices import queries as offices
from fairline.offices.queries import DeskFacts, OfficeFacts
from fairline.profiles import queries as profiles
from fairline.profiles.together import together
from fairline.seal import jsontext
from fairline.seal.errors import SealError
from fairline.seal.manifest import parse_manifest
from fairline.seal.primitives import b64
from fairline.seal.root import read_root

LEAVE = "https://www.wikipedia.org/"
"""Where people go who leave in a hurry, unless the office's profile names another place: a page that says nothing."""


@dataclass(frozen=True)
class DeskLine:
    """A desk as the first page names it."""

    id: str
    name: str
    open: bool


@dataclass(frozen=True)
class Start:
    """What the first page shows, in one language."""

    name: str
    desks: tuple[DeskLine, ...]
    emergency: str
    complaints: str
    disclosure: str
    telephone: str
    letter: str
    person: str
    leave: str
    acknowledge_days: int
    feedback_months: int
    alone: bool
    """Whether one root key can change who reads, so the published documents say; the page's script proves it."""


def start(office: OfficeFacts, code: str) -> Start:
    """Return the first page of ``office`` in the language with Django's ``code``."""
    desks = offices.desks(office.id)
    profile = _profile(desks)
    ways = profile.get("ways", {})
    return Start(
        name=text_in(office.names, code),
        desks=tuple(DeskLine(b64(desk.id), text_in(desk.names, code), desk.open) for desk in desks),
        emergency=text_in(profile.get("emergency", {}), code),
        complaints=text_in(profile.get("complaints", {}), code),
        disclosure=text_in(profile.get("disclosure", {}), code),
        telephone=_way(ways, "telephone", code),
        letter=_way(ways, "letter", code),
        person=_way(ways, "person", code),
        leave=profile.get("leave", LEAVE),
        acknowledge_days=profile.get("acknowledge", {}).get("days", 7),
        feedback_months=profile.get("feedback", {}).get("months", 3),
        alone=_alone(office.id),
    )


def text_in(texts: Mapping[str, str], code: str) -> str:
    """Return the text for the language with Django's ``code``, else the English one, else any."""
    return texts.get(language(code).tag) or texts.get("en") or next(iter(texts.values()), "")


def _way(ways: Mapping[str, str | Mapping[str, str]], name: str, code: str) -> str:
    """Return another way to report; older profiles have one text for every language."""
    way = ways.get(name, "")
    return way if isinstance(way, str) else text_in(way, code)


def _profile(desks: Sequence[DeskFacts]) -> Mapping[str, Any]:
    """Return what the open desks say together; where none is open yet, what all of them say."""
    asked = [desk for desk in desks if desk.open] or desks
    return together([(desk.names, _parsed(desk.profile)) for desk in asked])


def _parsed(profile: bytes) -> Mapping[str, Any]:
    text = profiles.document(profile)
    found = None if text is None else jsontext.parse(text)
    return found if isinstance(found, dict) else {}


def _alone(office: bytes) -> bool:
    file = publication.published(office, "manifest")
    return file is not None and _lone_root(file.body)


@lru_cache(maxsize=8)
def _lone_root(manifest: bytes) -> bool:
    """Return whether the newest root document asks for one signature; read, not proven, so no ground for trust."""
    try:
        return read_root(parse_manifest(manifest).roots[-1].doc).threshold == 1
    except SealError:
        return False

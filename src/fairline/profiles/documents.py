"""Forms and profiles, read strictly and held to the floor that no profile may lower (docs/formats.md §9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from fairline.profiles.grounds import asks_for_ground
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError

LIMIT: Final = 64 * 1024
VERSION: Final = 1
ACKNOWLEDGE_DAYS: Final = 7
"""EU Directive 2019/1937 article 9(1)(b): within seven days of receipt."""
FEEDBACK_MONTHS: Final = 3
"""The same, article 9(1)(f): within three months of the acknowledgement."""
CHOICES: Final = frozenset({"choice", "choices"})
KINDS: Final = frozenset({"text", "long"}) | CHOICES
PROFILE_TEXTS: Final = ("emergency", "complaints")
WAYS: Final = ("telephone", "letter", "person")

_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def kind_of(text: bytes) -> str:
    """Return ``form`` or ``profile`` for a document that passes all checks of its kind.

    Raises:
        MalformedError: with the code of the first check that it does not pass.
    """
    value = jsontext.parse(text, LIMIT)
    if not isinstance(value, dict) or value.get("v") != VERSION or isinstance(value["v"], bool):
        raise MalformedError("json-type", "A form or a profile is an object of version 1.")
    match value.get("kind"):
        case "form":
            _check_form(value)
            return "form"
        case "profile":
            _check_profile(value)
            return "profile"
        case _:
            raise MalformedError("json-type", "This is neither a form nor a profile.")


def _check_form(form: Mapping[str, Any]) -> None:
    _known(form, {"v", "kind", "sections"}, set())
    seen: set[str] = set()
    questions: list[Mapping[str, Any]] = []
    for section in _objects(form["sections"]):
        _known(section, {"id", "title", "questions"}, set())
        _id(section["id"], seen)
        _texts(section["title"])
        for question in _objects(section["questions"]):
            _check_question(question, seen)
            questions.append(question)
    if not questions or questions[0]["id"] != "what" or questions[0]["kind"] != "long":
        raise MalformedError("form-first", "A form begins with what the person saw or heard.")


def _check_question(question: Mapping[str, Any], seen: set[str]) -> None:
    _known(question, {"id", "kind", "label"}, {"help", "options"})
    _id(question["id"], seen)
    _texts(question["label"])
    _texts(question.get("help", {"en": "-"}))
    if question["kind"] not in KINDS or (question["kind"] in CHOICES) != bool(question.get("options")):
        raise MalformedError("form-options", "A choice needs options, and nothing else has any.")
    for option in _objects(question.get("options", [])):
        _known(option, {"id", "label"}, {"help"})
        _id(option["id"], seen)
        _texts(option["label"])
        _texts(option.get("help", {"en": "-"}))


def _check_profile(profile: Mapping[str, Any]) -> None:
    _known(profile, {"v", "kind", "acknowledge", "feedback", "ways", *PROFILE_TEXTS}, {"disclosure", "leave"})
    _clock(profile["acknowledge"], "days", ACKNOWLEDGE_DAYS)
    _clock(profile["feedback"], "months", FEEDBACK_MONTHS)
    for name in (*PROFILE_TEXTS, *(["disclosure"] if "disclosure" in profile else [])):
        _texts(profile[name])
        if any(not text.strip() for text in profile[name].values()):
            raise MalformedError("profile-floor", f"The text {name} may not be empty: people depend on it.")
    _ways(profile["ways"])
    leave = profile.get("leave", "https://example.org/")
    if not isinstance(leave, str) or urlsplit(leave).scheme != "https" or not urlsplit(leave).hostname:
        raise MalformedError("profile-leave", "Where Leave this page goes must be an https address.")


def _ways(value: Any) -> None:
    if not isinstance(value, dict):
        raise MalformedError("json-type", "The other ways to report are an object.")
    _known(value, set(), set(WAYS))
    if not value or not all(isinstance(text, str) and text.strip() for text in value.values()):
        raise MalformedError("profile-floor", "A profile names at least one other way to report, in words.")


def _clock(value: Any, unit: str, most: int) -> None:
    if not isinstance(value, dict):
        raise MalformedError("json-type", "A clock is an object.")
    _known(value, {unit}, set())
    number = value[unit]
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number <= most:
        raise MalformedError("profile-floor", f"A profile may not promise more than {most} {unit}.")


def _known(fields: Mapping[str, Any], needed: set[str], optional: set[str]) -> None:
    if missing := needed - fields.keys():
        raise MalformedError("json-missing", f"The field {min(missing)} is missing.")
    if fields.keys() - needed - optional:
        raise MalformedError("json-unknown", "There is a field that this format does not know.")


def _objects(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise MalformedError("json-type", "Here stands a list of objects.")
    return value


def _id(value: Any, seen: set[str]) -> None:
    if not isinstance(value, str) or not _ID.fullmatch(value) or value in seen:
        raise MalformedError("json-type", "An id is lower-case letters, digits and hyphens, and stands once.")
    if asks_for_ground("en", value.replace("-", " ")):
        raise _ground()
    seen.add(value)


def _texts(value: Any) -> None:
    if not isinstance(value, dict) or "en" not in value:
        raise MalformedError("json-type", "A text is written in English at least.")
    for language, text in value.items():
        if not _TAG.fullmatch(language) or not isinstance(text, str):
            raise MalformedError("json-type", "A text stands under the tag of its language.")
        if asks_for_ground(language, text):
            raise _ground()


def _ground() -> MalformedError:
    return MalformedError("form-ground", "Nobody is asked for a protected ground: it is never a reason for a concern.")

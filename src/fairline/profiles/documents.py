"""Forms and profiles, read strictly and held to the floor that no profile may lower (docs/formats.md §9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from fairline.profiles.grounds import asks_for_ground, names_a_freedom
from fairline.profiles.shipped import for_desks
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.form import FORM_LIMIT, Form, as_language_texts, as_name, read_form, texts_of

LIMIT: Final = FORM_LIMIT
VERSION: Final = 1
ACKNOWLEDGE_DAYS: Final = 7
"""EU Directive 2019/1937 article 9(1)(b): within seven days of receipt."""
FEEDBACK_MONTHS: Final = 3
"""The same, article 9(1)(f): within three months of the acknowledgement."""
PROFILE_TEXTS: Final = ("emergency", "complaints")
OPTIONAL_TEXTS: Final = ("disclosure", "children")
QUESTIONS_MAX: Final = 40
"""More to choose from is slower than writing it."""
APPLIES: Final = ("internal", "external")
"""Whether a desk receives reports inside an organisation or for everybody: some laws give the latter more time."""
WAYS: Final = ("telephone", "letter", "person")


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
            if ground_in(read_form(text)) is not None:
                raise _ground()
            return "form"
        case "profile":
            _check_profile(value)
            return "profile"
        case _:
            raise MalformedError("json-type", "This is neither a form nor a profile.")


def ground_in(form: Form) -> tuple[str, str] | None:
    """The first part of a form that asks for what is never a reason for a concern.

    Returns:
        The part's id, and the language in which it asks (empty: by the id itself); None if none does.
    """
    kinds = {option.id for question in form.questions for option in question.options}
    for part, language, text in texts_of(form):
        if asks_for_ground(text) or (part in kinds and names_a_freedom(text)):
            return part, language
    return None


def _check_profile(profile: Mapping[str, Any]) -> None:
    needed = {"v", "kind", "acknowledge", "feedback", "ways", *PROFILE_TEXTS}
    _known(profile, needed, {"law", "leave", "questions", *OPTIONAL_TEXTS})
    _clock(profile["acknowledge"], "days", ACKNOWLEDGE_DAYS)
    _clock(profile["feedback"], "months", FEEDBACK_MONTHS)
    for name in (*PROFILE_TEXTS, *(one for one in OPTIONAL_TEXTS if one in profile)):
        _texts(profile[name])
        if any(not text.strip() for text in profile[name].values()):
            raise MalformedError("profile-floor", f"The text {name} may not be empty: people depend on it.")
    if "law" in profile:
        _law(profile["law"])
    _ways(profile["ways"])
    if "questions" in profile:
        _questions(profile["questions"])
    if not _is_https(profile.get("leave", "https://example.org/")):
        raise MalformedError("profile-leave", "Where Leave this page goes must be an https address.")


def _is_https(address: Any) -> bool:
    try:
        parts = urlsplit(address) if isinstance(address, str) else urlsplit("")
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        # A bracket without its pair, a port that is none.
        return False


def _law(value: Any) -> None:
    """Which law the desk works under: one that we ship and that binds who receives reports."""
    if not isinstance(value, dict):
        raise MalformedError("json-type", "The law of a desk is an object.")
    _known(value, {"id"}, {"applies"})
    named = value["id"] if isinstance(value["id"], str) else ""
    if named not in for_desks() or value.get("applies", "internal") not in APPLIES:
        raise MalformedError("profile-law", "There is no such law for a desk that receives reports.")


def _ways(value: Any) -> None:
    if not isinstance(value, dict):
        raise MalformedError("json-type", "The other ways to report are an object.")
    _known(value, set(), set(WAYS))
    # Before a way had its words in each language it was one text for all of them; such documents are still read.
    # Not held to the grounds: an address may well be in Church Street.
    told = [
        text for way in value.values() for text in ([way] if isinstance(way, str) else as_language_texts(way).values())
    ]
    if not told or not all(text.strip() for text in told):
        raise MalformedError("profile-floor", "A profile names at least one other way to report, in words.")


def _questions(value: Any) -> None:
    """Check the questions that handlers choose from: public, in the office's words, none for a protected ground."""
    if not isinstance(value, list) or len(value) > QUESTIONS_MAX:
        raise MalformedError("json-type", f"Questions to choose from are a list of at most {QUESTIONS_MAX}.")
    for one in value:
        if not isinstance(one, dict):
            raise MalformedError("json-type", "A question is an object.")
        _known(one, {"id", "texts"}, set())
        if not all(text.strip() for text in _texts(one["texts"]).values()):
            raise MalformedError("json-type", "A question says something in each of its languages.")
    if len({as_name(one["id"]) for one in value}) < len(value):
        raise MalformedError("json-type", "Each question has an id of its own.")


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


def _texts(value: Any) -> dict[str, str]:
    texts = as_language_texts(value)
    if any(asks_for_ground(text) for text in texts.values()):
        raise _ground()
    return texts


def _ground() -> MalformedError:
    return MalformedError("form-ground", "Nobody is asked for a protected ground: it is never a reason for a concern.")

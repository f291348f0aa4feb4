"""JSON as our formats allow it: read strictly, written in one way.

Bytes are signed and hashed as written and only then parsed, so two readers must never see two meanings in the
same bytes. Refused are duplicate names, fractions, exponents, `-0`, numbers beyond 2^53 - 1 (a browser cannot
hold them), lone surrogates, nesting over 16, and texts over the limit given. Unknown names are refused by
`fairline.seal.fields`, which knows what each object may hold.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from fairline.seal.errors import MalformedError

INTEGER_LIMIT = 2**53 - 1
INTEGER_DIGITS = 16
NESTING_LIMIT = 16
TEXT_LIMIT = 64 * 1024

OUTSIDE_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)


def parse(text: bytes, limit: int = TEXT_LIMIT) -> Any:
    """The value that the UTF-8 bytes hold: dict, list, str, int, bool or None.

    Args:
        text: JSON in UTF-8 without byte order mark.
        limit: most bytes allowed.

    Raises:
        MalformedError: `json-long`, `json-malformed`, `json-depth`, `json-duplicate`, `json-number`,
            `json-range` or `json-surrogate`.
    """
    if len(text) > limit:
        raise MalformedError("json-long", "A text is longer than its format allows.")
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError:
        # The original errors carry the text itself, which may be a secret: they are not chained.
        raise MalformedError("json-malformed", "A text is not in UTF-8.") from None
    _check_nesting(text)
    try:
        value = _DECODER.decode(decoded)
    except json.JSONDecodeError as error:
        raise MalformedError("json-malformed", f"A text is not JSON at character {error.pos}.") from None
    if b"\\u" in text:  # half a character can only be written as an escape
        _check_value(value, 1)
    return value


def write(value: Any) -> bytes:
    """Compact JSON in UTF-8, names in the order given.

    Raises:
        MalformedError: what `parse` would refuse (`json-number`, `json-range`, `json-surrogate`,
            `json-depth`), or `json-malformed` for a value that JSON does not know.
    """
    _check_value(value, 1)
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8")


def _check_nesting(text: bytes) -> None:
    # What opens no more than the limit in all cannot be nested deeper; that is so for the head of every report.
    if text.count(b"[") + text.count(b"{") <= NESTING_LIMIT:
        return
    depth = 0
    for match in OUTSIDE_STRINGS.finditer(text):
        mark = match[0]
        if mark in b"[{":
            depth += 1
            if depth > NESTING_LIMIT:
                raise MalformedError("json-depth", "A text is nested too deep.")
        elif mark in b"]}":
            depth -= 1


def _check_string(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise MalformedError("json-surrogate", "A text holds half a character.") from None


def _check_value(value: Any, depth: int) -> None:
    match value:
        case str():
            _check_string(value)
        case int():  # bool included: always small
            if abs(value) > INTEGER_LIMIT:
                raise MalformedError("json-range", "A number is too large.")
        case float():
            raise MalformedError("json-number", "A number is not whole.")
        case list() | tuple() | dict():
            _check_nested(value, depth)
        case None:
            return
        case _:
            raise MalformedError("json-malformed", "A value is of a kind that JSON does not know.")


def _check_nested(value: list[Any] | tuple[Any, ...] | dict[Any, Any], depth: int) -> None:
    if depth > NESTING_LIMIT:
        raise MalformedError("json-depth", "A text is nested too deep.")
    if isinstance(value, dict):
        for name in value:
            if not isinstance(name, str):
                raise MalformedError("json-malformed", "A name is not a text.")
            _check_string(name)
        value = list(value.values())
    for item in value:
        _check_value(item, depth + 1)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise MalformedError("json-duplicate", "A name stands twice in one object.")
        found[name] = value
    return found


def _whole(digits: str) -> int:
    if digits == "-0":
        raise MalformedError("json-number", "A number is minus zero.")
    if len(digits.lstrip("-")) > INTEGER_DIGITS or abs(int(digits)) > INTEGER_LIMIT:
        raise MalformedError("json-range", "A number is too large.")
    return int(digits)


def _no_number(_digits: str) -> NoReturn:
    raise MalformedError("json-number", "A number is not whole.")


def _no_constant(_name: str) -> NoReturn:
    raise MalformedError("json-malformed", "A text is not JSON: it names a number that is none.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique,
    parse_float=_no_number,
    parse_int=_whole,
    parse_constant=_no_constant,
)

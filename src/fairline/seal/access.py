"""A person's request for what an office holds about them, sealed to those who hold its cases. `docs/formats.md` §25."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from fairline.seal.fields import Fields, as_text, document, wrong_type
from fairline.seal.jsontext import write

NAMES_MOST: Final = 8
NAME: Final = (2, 200)
"""One letter would be found everywhere; nobody is called by a page of text."""
LIMIT: Final = 64 * 1024


@dataclass(frozen=True)
class AccessRequest:
    """What is looked for, and how it was made sure that it is the person themselves who asks.

    Attributes:
        names: as the person is called and written; each is looked for word by word.
        verified: how their identity was verified, outside this program.
        language: of what was written.
    """

    names: tuple[str, ...] = field(repr=False)
    verified: str = field(repr=False)
    language: str


def read_access(body: bytes) -> AccessRequest:
    """The body of a request.

    Raises:
        MalformedError: as fields do; `json-type` for no name, too many, or one that is too short or too long.
    """
    return document(body, _access, LIMIT)


def write_access(request: AccessRequest) -> bytes:
    """The reverse of `read_access`."""
    return write({"names": list(request.names), "verified": request.verified, "language": request.language})


def _access(fields: Fields) -> AccessRequest:
    names = fields.list("names", as_text, NAMES_MOST)
    if not names or any(not NAME[0] <= len(name) <= NAME[1] or " " in (name[0], name[-1]) for name in names):
        raise wrong_type()
    return AccessRequest(names, fields.text("verified"), fields.text("language"))

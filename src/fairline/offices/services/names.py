"""Names that people sign in with."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from fairline.core.problems import Problem
from fairline.offices.limits import NAME_LETTERS


def normal(name: str) -> str:
    """Return ``name`` as it is compared: NFC, case folded, trimmed, at most 64 letters."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold().strip())[:NAME_LETTERS]


def checked(name: str) -> str:
    """Return the normal form of a name that somebody chooses.

    Raises:
        Problem: 422 ``signin-name``, it is empty, too long or holds control characters.
    """
    plain = normal(name)
    if not plain or len(name) > NAME_LETTERS or any(unicodedata.category(mark).startswith("C") for mark in plain):
        message = _("A sign-in name has 1 to 64 letters, digits or signs. Please choose another one.")
        raise Problem(422, "signin-name", message)
    return plain

"""What can be done: keep a form or a profile that passed its checks."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.profiles.documents import ground_in, kind_of
from fairline.profiles.models import KeptDocument
from fairline.seal.errors import MalformedError
from fairline.seal.form import read_form
from fairline.seal.primitives import H

REFUSALS = {
    "form-first": gettext_lazy("A form begins with the question what the person saw or heard. Nothing was changed."),
    "form-options": gettext_lazy("A choice needs something to choose from. Nothing was changed."),
    "form-if": gettext_lazy(
        "A question may only depend on a choice that stands before it, and that is still there. Nothing was changed."
    ),
    "json-long": gettext_lazy("This form is too long: all its texts together may take 64 KB. Nothing was changed."),
}
"""What an editor can do wrong, in words; of anything else a page of ours makes none."""


def keep(text: bytes) -> bytes:
    """Check a form or profile document, store it and return its hash. Keeping it again changes nothing.

    Raises:
        MalformedError: with the code of what is wrong with it (docs/formats.md §9).
    """
    kind = kind_of(text)
    key = H(text)
    with writing():
        KeptDocument.objects.get_or_create(hash=key, defaults={"kind": kind, "text": text})
    return key


def keep_form(text: bytes) -> bytes:
    """Keep a form that somebody of the office has edited, or say in words what is wrong with it and where.

    Raises:
        Problem: 422 with the code (docs/formats.md §9); for ``form-ground`` also ``part`` and ``language``: where.
        MalformedError: no form at all.
    """
    try:
        found = ground_in(read_form(text))
    except MalformedError as error:
        if error.code not in REFUSALS:
            raise
        raise Problem(422, error.code, str(REFUSALS[error.code])) from error
    if found is not None:
        part, language = found
        raise _ground({"part": part, "language": language})
    return keep(text)


def keep_profile(text: bytes) -> bytes:
    """Keep a profile that somebody of the office has edited, or say in words that it asks for a protected ground.

    Raises:
        Problem: 422 ``form-ground``.
        MalformedError: as ``keep``.
    """
    try:
        return keep(text)
    except MalformedError as error:
        if error.code != "form-ground":
            raise
        raise _ground({}) from error


def _ground(where: Mapping[str, str]) -> Problem:
    message = _(
        "Something here asks for what is never a reason for a concern: where people come from, what they believe, "
        "say or join, whom they love or meet. No form asks for that, in any language. Nothing was changed."
    )
    return Problem(422, "form-ground", message, dict(where))

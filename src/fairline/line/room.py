"""How much room is left for what nobody has read yet, so that nobody fills the disk with files that nobody reads."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fairline.core.limits import UNNAMED_LEAST
from fairline.core.problems import Problem
from fairline.core.statements import first, run
from fairline.line.models import Unnamed


def counted(size: int) -> int:
    """Return what ``size`` bytes count."""
    return max(size, UNNAMED_LEAST)


def take(whose: bytes, size: int, most: int) -> None:
    """Take room for ``size`` bytes out of at most ``most`` of a desk or an office; inside a transaction.

    Raises:
        Problem: 409 ``no-room``.
    """
    taken = first(
        Unnamed,
        "INSERT INTO {0} ({id}, {bytes}) VALUES (%s, %s) ON CONFLICT ({id})"
        " DO UPDATE SET {bytes} = {0}.{bytes} + excluded.{bytes} WHERE {0}.{bytes} + excluded.{bytes} <= %s"
        " RETURNING {bytes}",
        (whose, size, int(most)),
    )
    if taken is None:
        raise none_left()


def give_back(whose: bytes, size: int) -> None:
    """Give room back: it was named, or deleted; inside a transaction."""
    text = "UPDATE {} SET {bytes} = CASE WHEN {bytes} > %s THEN {bytes} - %s ELSE 0 END WHERE {id} = %s"
    run(Unnamed, text, (size, size, whose))


def none_left() -> Problem:
    """Return the refusal of an attachment or a draft; a report's text is never refused for want of this room."""
    message = _("There is no room for files now. Your text can still be sent; keep the file and send it later.")
    return Problem(409, "no-room", message)

"""The daily message: always the same words and the same number of bytes, whether something came or not.

No count, no name of an office, desk or thread, nothing of a report can get into it: nothing here is given any.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from fairline.seal.primitives import b64

MAIL_SIZE: Final = 4096
"""Bytes of every e-mail, headers included."""
WEBHOOK_SIZE: Final = 1024
"""Bytes of every webhook's body."""
FILLER: Final = b"\r\nX-Filler: "
LINE: Final = 72


def mail(*, key: bytes, sender: str, to: str, language: str, door: str, due: datetime) -> bytes:
    """Return the message as it goes to the mail server.

    Args:
        key: the row's id; a message that is sent twice has the same number, so that mail programs show it once.
        sender: the line's address.
        to: the member's address.
        language: the language of the words.
        door: the office door's origin.
        due: the fixed hour, with the office's offset; not the moment of sending.

    Raises:
        ValueError: it would be longer than every other message.
    """
    message = EmailMessage(policy=SMTP)
    with translation.override(language):
        message["Subject"] = _("Please look at your desk")
        message.set_content(_words(door), cte="quoted-printable")
    message["From"], message["To"] = sender, to
    message["Date"] = format_datetime(due)
    message["Message-ID"] = f"<{key.hex()}@{sender.rpartition('@')[2]}>"
    # Nobody's holiday notice should answer, and tell by its coming that somebody is away.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    head, blank, body = message.as_bytes().partition(b"\r\n\r\n")
    room = MAIL_SIZE - len(head) - len(FILLER) - len(blank) - len(body)
    if room < 1:
        raise ValueError("The daily message is longer than its fixed size.")
    return head + FILLER + _filler(room) + blank + body


def webhook(*, key: bytes, office: bytes, door: str, day: str) -> bytes:
    """Return the body that a webhook is sent: JSON of a fixed size.

    Raises:
        ValueError: it would be longer than every other body.
    """
    said = {"v": 1, "kind": "look-at-your-desk", "id": b64(key), "office": b64(office), "day": day, "address": door}
    room = WEBHOOK_SIZE - len(json.dumps({**said, "filler": ""}))
    if room < 0:
        raise ValueError("The webhook's body is longer than its fixed size.")
    return json.dumps({**said, "filler": "x" * room}).encode("ascii")


def signature(secret: bytes, body: bytes) -> str:
    """Return the value of the header ``Fairline-Signature``: HMAC-SHA256 of the body, in hexadecimal."""
    return f"sha256={hmac.new(secret, body, hashlib.sha256).hexdigest()}"


def _words(door: str) -> str:
    return "\n\n".join(
        (
            _("Please look at your desk:"),
            f"{door}/",
            _("This message comes every day at the same hour and always says the same, whether something came or not."),
            _("If it does not come one day, look at your desk all the same, and tell an administrator of your line."),
            "",
        )
    )


def _filler(room: int) -> bytes:
    """Return ``room`` bytes of a header's value, folded as mail servers like it."""
    text = bytearray(b"x" * room)
    for at in range(LINE, room - 3, LINE):
        text[at : at + 3] = b"\r\n "
    return bytes(text)

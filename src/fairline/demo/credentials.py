"""What the first page of the office door shows in a demonstration, so that anybody can sign in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fairline.demo.filing import Conversation
from fairline.demo.founding import DemoOffice
from fairline.seal.jsontext import write
from fairline.seal.primitives import b64


def written(office: DemoOffice, talks: Sequence[Conversation]) -> bytes:
    """Return the file that ``core.demonstration`` reads."""
    value: dict[str, Any] = {
        "v": 1,
        "office": b64(office.id),
        "members": [
            {
                "name": member.role.name,
                "work": dict(member.role.work),
                "sign_in": member.role.sign_in,
                "passphrase": member.role.passphrase,
                "totp": member.totp_secret,
                "way_back": " ".join(member.way_back()),
            }
            for member in office.members
        ],
        "receipts": [{"language": talk.language, "words": " ".join(talk.words())} for talk in talks],
    }
    return write(value)

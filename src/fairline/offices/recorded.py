"""What `fairline verify` needs to know of members: every key that one of them ever signed acts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.ledger import stored
from fairline.offices.models import Member, RosterEntry
from fairline.seal import jsontext
from fairline.seal.primitives import unb64

if TYPE_CHECKING:
    from collections.abc import Sequence


def sign_keys(office: bytes, member: bytes) -> Sequence[bytes]:
    """Return the sign keys of ``member``: the present one, and those of the charters they stood in."""
    keys = set(Member.objects.filter(id=member, office=office).values_list("sign", flat=True))
    for entry in RosterEntry.objects.filter(office=office, member=member).values_list("entry", flat=True).distinct():
        keys.add(unb64(jsontext.parse(entry)["sign"]))
    return sorted(keys)


stored.signers("offices", sign_keys)

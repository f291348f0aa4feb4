"""The arithmetic that a door asks for before it takes something new: done here, then sent along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairline.seal import jsontext, work
from fairline.terminal.door import NOT_FOUND
from fairline.terminal.errors import DoorRefusedError

if TYPE_CHECKING:
    from fairline.terminal.office import Office

CHALLENGE_LIMIT = 4096


def worked(office: Office, parcel: bytes) -> bytes:
    """The parcel with the work that the office's door asks for now; as it is where the door asks for none.

    Raises:
        DoorRefusedError, UnreachableError: the door could not be asked.
        MalformedError, RefusedError: it asks for nonsense, or for more than a door may (`work-hard`).
    """
    try:
        found = office.door.get(office.path("work"))
    except DoorRefusedError as error:
        if error.status == NOT_FOUND:
            return parcel
        raise
    return solved(parcel, jsontext.parse(found, CHALLENGE_LIMIT))


def solved(parcel: bytes, challenge: Any) -> bytes:
    """The parcel with the work that `challenge` (as it travels) asks for. Raises as `worked`."""
    return work.with_work(parcel, work.solve(work.read_challenge(challenge), work.salt(*work.asked_of(parcel))))

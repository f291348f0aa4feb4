"""What `fairline verify` needs to know of members: every key that one of them ever signed acts with.

Nothing of it is believed because it is stored. Root documents are proven from the office's fingerprint, the newest
charter by the newest of them, each earlier one by the one after it, and each member's entry by the charter in which it
stands: who can write the database but holds no administrator's key cannot add a member whose signature counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairline.ledger import stored
from fairline.offices.models import Document, Office, RosterEntry
from fairline.seal import jsontext
from fairline.seal.charter import prove_earlier, prove_signed
from fairline.seal.document import parse_file
from fairline.seal.errors import FairlineError
from fairline.seal.primitives import b64
from fairline.seal.root import prove_roots
from fairline.seal.roster import prove_entry, read_proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairline.seal.charter import ProvenCharter
    from fairline.seal.document import DocumentFile


def signers(office: bytes) -> stored.Signers:
    """Return the sign keys of everybody who stood in a charter of the office, and what of them is not proven."""
    faults: list[str] = []
    charters = {one.number: one for one in _charters(office, faults)}
    if charters:
        faults += [f"The charter {one} is missing, whose people are known." for one in _after(office, max(charters))]
    keys: dict[bytes, set[bytes]] = {}
    rows = RosterEntry.objects.filter(office=office).order_by("charter", "member")
    for row in rows.iterator(chunk_size=1000):
        charter = charters.get(row.charter)
        if charter is None:
            continue
        try:
            entry = prove_entry(row.entry, read_proof(jsontext.parse(row.proof)), charter)
        except FairlineError:
            faults.append(f"A member stands in the list of charter {row.charter} whom that charter does not name.")
            continue
        keys.setdefault(entry.id, set()).add(entry.sign)
    return stored.Signers(keys, faults)


def _charters(office: bytes, faults: list[str]) -> Iterator[ProvenCharter]:
    """Yield the charters that are proven, the newest first; what is not is said in ``faults``."""
    row = Office.objects.filter(id=office).first()
    if row is None:
        faults.append(f"The office {b64(office)} is missing, whose record is here: nobody's keys can be proven.")
        return
    files = dict(Document.objects.filter(office=office, kind=Document.CHARTER).values_list("number", "file"))
    roots = Document.objects.filter(office=office, kind=Document.ROOT).order_by("number").values_list("file", flat=True)
    number = max(files, default=0)
    try:
        root = prove_roots([parse_file(file) for file in roots], row.fingerprint)[-1]
        proven = prove_signed(_file(files, number), root)
        yield proven
        while proven.number > 0:
            number = proven.number - 1
            proven = prove_earlier(_file(files, number), proven)
            yield proven
    except FairlineError as error:
        faults.append(f"The office's documents do not hold, at charter {number}: {error.sentence}")


def _after(office: bytes, newest: int) -> list[int]:
    rows = RosterEntry.objects.filter(office=office, charter__gt=newest).order_by("charter")
    return list(rows.values_list("charter", flat=True).distinct())


def _file(files: dict[int, bytes], number: int) -> DocumentFile:
    return parse_file(files.get(number, b""))


stored.signers("offices", signers)

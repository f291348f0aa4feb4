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
    from collections.abc import Iterator, Sequence

    from fairline.seal.charter import ProvenCharter
    from fairline.seal.document import DocumentFile
    from fairline.seal.root import ProvenRoot


def signers(office: bytes) -> stored.Signers:
    """Return the sign keys of everybody who stood in a charter of the office, and what of them is not proven."""
    faults: list[str] = []
    roots = _roots(office, faults)
    charters = {one.number: one for one in _charters(office, roots, faults)}
    if charters:
        faults += [f"The charter {one} is missing, whose people are known." for one in _after(office, max(charters))]
    keys: dict[bytes, set[bytes]] = {}
    peopled: set[int] = set()
    rows = RosterEntry.objects.filter(office=office).order_by("charter", "member")
    for number, raw, proof in rows.values_list("charter", "entry", "proof").iterator(chunk_size=1000):
        charter = charters.get(number)
        if charter is None:
            continue
        try:
            entry = prove_entry(raw, read_proof(jsontext.parse(proof)), charter)
        except FairlineError:
            faults.append(f"A member stands in the list of charter {number} whom that charter does not name.")
            continue
        keys.setdefault(entry.id, set()).add(entry.sign)
        peopled.add(number)
    faults += [f"The list of people of charter {number} is missing." for number in sorted(set(charters) - peopled)]
    return stored.Signers(keys, faults, frozenset(root.hash for root in roots[1:]))


def _roots(office: bytes, faults: list[str]) -> Sequence[ProvenRoot]:
    """Return the root documents from number 0 on; none where they do not hold, which is said in ``faults``."""
    fingerprint = Office.objects.filter(id=office).values_list("fingerprint", flat=True).first()
    if fingerprint is None:
        faults.append(f"The office {b64(office)} is missing, whose record is here: nobody's keys can be proven.")
        return ()
    files = Document.objects.filter(office=office, kind=Document.ROOT).order_by("number").values_list("file", flat=True)
    try:
        return prove_roots([parse_file(file) for file in files], fingerprint)
    except FairlineError as error:
        faults.append(f"The office's root documents do not hold: {error.sentence}")
        return ()


def _charters(office: bytes, roots: Sequence[ProvenRoot], faults: list[str]) -> Iterator[ProvenCharter]:
    """Yield the charters that are proven, the newest first; what is not is said in ``faults``."""
    if not roots:
        return
    files = dict(Document.objects.filter(office=office, kind=Document.CHARTER).values_list("number", "file"))
    number = max(files, default=0)
    try:
        proven = prove_signed(_file(files, number), roots[-1])
        yield proven
        while proven.number > 0:
            number = proven.number - 1
            proven = prove_earlier(_file(files, number), proven)
            yield proven
    except FairlineError as error:
        faults.append(f"The office's charter {number} does not hold: {error.sentence}")


def _after(office: bytes, newest: int) -> list[int]:
    rows = RosterEntry.objects.filter(office=office, charter__gt=newest).order_by("charter")
    return list(rows.values_list("charter", flat=True).distinct())


def _file(files: dict[int, bytes], number: int) -> DocumentFile:
    return parse_file(files.get(number, b""))


stored.signers("offices", signers)

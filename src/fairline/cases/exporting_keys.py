"""What `fairline export` takes out of this room: the keys of each case, sealed to who is assigned, and their act.

Without them nobody would open from an export what is a case: its texts are sealed to keys that no desk holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairline.cases.models import Case, CaseAct, CaseKeys
from fairline.seal.primitives import H, b64

if TYPE_CHECKING:
    from collections.abc import Iterator


def index(office: bytes) -> Iterator[dict[str, Any]]:
    """Yield one row a case, in the order of their random ids: whose keys are in force, and by which act."""
    for case in Case.objects.filter(office=office).order_by("id").iterator(chunk_size=500):
        act = CaseAct.objects.filter(thread=case.id, n=case.n).first()
        files = CaseKeys.objects.filter(thread=case.id).order_by("member")
        if act is None or not files:
            continue
        yield {
            "thread": b64(case.id),
            "n": case.n,
            "what": b64(act.what),
            "sig": b64(act.signature),
            "files": [
                {"member": b64(one.member), "file": _path(case.id, case.n, one.member), "hash": b64(H(one.sealed))}
                for one in files
            ],
        }


def files(office: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every case's sealed keys."""
    numbers = dict(Case.objects.filter(office=office).values_list("id", "n"))
    for one in CaseKeys.objects.filter(office=office).order_by("thread", "member").iterator(chunk_size=200):
        if one.thread in numbers:
            yield _path(one.thread, numbers[one.thread], one.member), one.sealed


def _path(thread: bytes, n: int, member: bytes) -> str:
    return f"threads/{b64(thread)}/keys-{n}-{b64(member)}.age"

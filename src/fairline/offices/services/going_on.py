"""Whether an office can go on under its next charter: nobody signs one out of which there is no way back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from fairline.core.desks import something_lies_at
from fairline.core.problems import Problem
from fairline.offices.models import Desk, Document, Member, Office
from fairline.offices.queries.roster import entries_in_force
from fairline.offices.services import key_files
from fairline.seal.charter import read_charter
from fairline.seal.document import parse_file
from fairline.seal.manifest import VerifiedManifest


def require(office: Office, proven: VerifiedManifest) -> None:
    """Refuse a charter, stored a moment ago in the caller's transaction, that leaves people or reports behind.

    Raises:
        Problem: 409 ``administrators``, too few of those in it hold a root key for the next one to be signed;
            ``desk-reports``, it ends a desk at which reports lie: nobody would see them, nor that they are late;
            ``desk-empty``, nobody works at a desk that takes reports or has some; ``record``, it names another record
            than the office has had so far: every promise given would look broken, and no new one would hold.
    """
    _require_administrators(office, proven)
    _require_record(office, proven)
    named = {desk.id for desk in proven.charter.desks if desk.outside is None}
    for desk in Desk.objects.filter(office=office, gone=False):
        waits = something_lies_at(office.id, desk.id)
        if waits and desk.id not in named:
            message = _(
                "Reports lie at a desk that this charter ends. Close or delete them first: nobody would answer for "
                "them. Nothing was changed."
            )
            raise Problem(409, "desk-reports", message)
        if (waits or desk.open) and desk.id in named and not key_files.people_of(office.id, desk.id):
            message = _(
                "Nobody would work at a desk that takes reports or still has some. Name somebody for it in the same "
                "charter. Nothing was changed."
            )
            raise Problem(409, "desk-empty", message)


def _require_administrators(office: Office, proven: VerifiedManifest) -> None:
    people = [entry.member for entry in entries_in_force(office.id) if "administrator" in entry.roles]
    roots = set(Member.objects.filter(office=office, id__in=people).values_list("root", flat=True))
    if len({key.ed25519 for key in proven.root.keys} & set(map(bytes, roots))) < proven.root.threshold:
        message = _(
            "Under this charter nobody could sign the next one: it needs as many administrators as must sign. Nothing "
            "was changed."
        )
        raise Problem(409, "administrators", message)


def _require_record(office: Office, proven: VerifiedManifest) -> None:
    before = Document.objects.get(office=office, kind=Document.CHARTER, number=proven.charter.number - 1)
    if read_charter(parse_file(bytes(before.file)).doc).record != proven.charter.record:
        message = _(
            "This charter names another record, or other keys of it, than this office has had so far. Every promise "
            "that was given would look broken. Nothing was changed."
        )
        raise Problem(409, "record", message)

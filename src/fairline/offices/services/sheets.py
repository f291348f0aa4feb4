"""A desk's next sheet: opened or closed, a new epoch, other texts."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.offices.models import Desk, Document, KeyFile, Member, Office
from fairline.offices.services import acts, documents, key_files, opening
from fairline.offices.services.acts import Deed, SignedAct
from fairline.offices.services.documents import NewDocuments
from fairline.offices.services.key_files import NewKeys
from fairline.offices.services.turns import take_turn
from fairline.profiles import queries
from fairline.profiles import services as profiles
from fairline.seal.document import DocumentFile
from fairline.seal.primitives import H
from fairline.seal.sheet import Sheet, read_sheet


def publish_sheet(
    office: Office,
    member: Member,
    at: bytes,
    *,
    file: DocumentFile,
    keys: NewKeys | None,
    form: bytes = b"",
    profile: bytes = b"",
    act: SignedAct,
    now: datetime,
) -> None:
    """Put a desk's next sheet in force, with the keys of its epoch if that is new.

    Args:
        office: where.
        member: the lead who signed it.
        at: the desk that the lead means.
        file: the sheet.
        keys: needed with a new epoch, allowed without one (somebody new gets the living epochs).
        form: the form that the sheet names, empty if it is here already.
        profile: the profile document that the sheet names, empty if it is here already.
        act: `sheet` of the desk, from the sheet before to this one.
        now: the present instant.

    Raises:
        Problem: 404 ``desk``, 409 ``sheet`` or ``opening-…``, 422 ``keys``, ``texts`` or ``form-ground``; RefusedError
            as a browser would.
    """
    sheet = read_sheet(file.doc)
    if form:
        profiles.keep_form(form)
    if profile:
        profiles.keep_profile(profile)
    require_texts(sheet)
    with writing():
        # Every sheet keeps all desks anew: two at once would wait for each other's desk for ever.
        take_turn(office.id)
        desk = Desk.objects.select_for_update().filter(id=at, office=office, gone=False).first()
        if desk is None or sheet.desk != at:
            raise Problem(404, "desk", _("There is no such desk in this office."))
        before = Document.objects.get(office=office, kind=Document.SHEET, desk=desk.id, number=desk.sheet)
        if sheet.number != desk.sheet + 1 or sheet.prev != before.hash:
            message = _("A colleague has signed another sheet of this desk meanwhile. Please load the page again.")
            raise Problem(409, "sheet", message)
        _require_keys(desk, sheet, keys)
        if sheet.open and not desk.open:
            desk.profile = sheet.profile
            opening.require_nothing_missing(desk)
        documents.put_in_force(office, NewDocuments(sheets=(file,)), now)
        if keys is not None:
            key_files.store(desk, keys, act)
        deed = Deed("sheet", desk.id, before.hash, H(file.doc), keys.commitment if keys else None)
        acts.record(office.id, member.id, member.sign, act=act, deed=deed, now=now)
    documents.show(office, now)


def require_texts(sheet: Sheet) -> None:
    """Refuse a sheet whose form or profile is not here, or never passed its checks: reports would stop at once.

    Raises:
        Problem: 422 ``texts``.
    """
    if (queries.kind_of(sheet.form), queries.kind_of(sheet.profile)) != ("form", "profile"):
        raise Problem(422, "texts", _("The sheet names a form or texts that are not here. Nothing was changed."))


def _require_keys(desk: Desk, sheet: Sheet, keys: NewKeys | None) -> None:
    """A new epoch without its keys would take reports that nobody can ever open.

    Raises:
        Problem: 422 ``keys``.
    """
    if sheet.epoch not in {desk.epoch, desk.epoch + 1} or (sheet.epoch > desk.epoch) != (
        sheet.recipient != desk.recipient
    ):
        raise Problem(422, "keys", _("A new epoch needs a new key, and an old one keeps its own. Nothing was changed."))
    if keys is None:
        if sheet.epoch > desk.epoch:
            raise Problem(422, "keys", _("A new epoch came without its keys. Nothing was changed."))
        newest = key_files.next_number(desk.id) - 1
        if sheet.open and KeyFile.objects.filter(desk=desk, n=newest).count() < key_files.LEAST_PEOPLE:
            message = _("Only one person holds this desk's key. Give it to a second one before it opens.")
            raise Problem(409, "opening-unlocked", message)
        return
    if keys.epoch != sheet.epoch:
        raise Problem(422, "keys", _("The desk's keys are of another epoch than its sheet. Nothing was changed."))
    key_files.require_people(desk, keys, opened=sheet.open)

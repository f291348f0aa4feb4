"""Whether reporters may come to a desk: each thing that is still missing, in a sentence of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext_lazy as _

from fairline.core.problems import Problem
from fairline.core.transactions import writing
from fairline.offices.models import Desk, DeskDrill
from fairline.offices.services import key_files
from fairline.offices.services.accounts import profile_of

LEAST_UNLOCKED = 2
SENTENCES: Final = MappingProxyType(
    {
        "one-person": _(
            "Only one person works at this desk. If they were ill or lost their keys, reports would stay unread: "
            "invite a second person."
        ),
        "unlocked": _(
            "Fewer than two people have unlocked this desk's key so far. Ask your colleague to sign in once."
        ),
        "typed-back": _("Nobody has typed back a printed sheet yet. Try your way back under “My account”."),
        "complaints": _(
            "No place outside this office is named where people can complain about it. Name one in the desk's texts."
        ),
        "emergency": _("No text says whom to call in immediate danger. Write one in the desk's texts."),
        "test-report": _("No test report has come through yet. Send one from the desk's page; it takes two minutes."),
    },
)


@dataclass(frozen=True)
class Missing:
    """One thing that is missing before a desk may open."""

    code: str
    sentence: str


def missing(desk: Desk) -> Sequence[Missing]:
    """Return what is missing before ``desk`` may open, most basic first; empty if nothing is."""
    people = set(key_files.people_of(desk.office_id, desk.id))
    drills = list(DeskDrill.objects.filter(desk=desk))
    unlocked = {drill.member_id for drill in drills if drill.kind == DeskDrill.UNLOCKED} & people
    kinds = {drill.kind for drill in drills}
    profile = profile_of(desk)
    found = [
        (len(people) < LEAST_UNLOCKED, "one-person"),
        (len(unlocked) < LEAST_UNLOCKED, "unlocked"),
        (DeskDrill.TYPED_BACK not in kinds, "typed-back"),
        (not _said(profile, "complaints"), "complaints"),
        (not _said(profile, "emergency"), "emergency"),
        (DeskDrill.TEST_REPORT not in kinds, "test-report"),
    ]
    return [Missing(code, str(SENTENCES[code])) for is_missing, code in found if is_missing]


def require_nothing_missing(desk: Desk) -> None:
    """Refuse to open a desk that is not ready.

    Raises:
        Problem: 409 with the code and sentence of the first thing missing, and all codes as ``missing``.
    """
    found = missing(desk)
    if found:
        codes = [one.code for one in found]
        raise Problem(409, f"opening-{found[0].code}", found[0].sentence, {"missing": codes})


def tried(desk: bytes, kind: str, member: bytes | None, day: date) -> None:
    """Note that something was tried at a desk: ``unlocked`` or ``typed-back`` by a member."""
    with writing():
        # Two may come in the same moment. A second row says nothing new, and an error would refuse a report.
        if not DeskDrill.objects.filter(desk_id=desk, kind=kind, member_id=member).exists():
            drill = DeskDrill(desk_id=desk, kind=kind, member_id=member, day=day)
            DeskDrill.objects.bulk_create([drill], ignore_conflicts=True)


def typed_back(office: bytes, member: bytes, day: date) -> None:
    """Note for every desk at which ``member`` works that a printed sheet was typed back."""
    for desk in Desk.objects.filter(office=office, gone=False):
        if member in key_files.people_of(office, desk.id):
            tried(desk.id, DeskDrill.TYPED_BACK, member, day)


def test_report_came(office: bytes, desk: bytes, day: date) -> None:
    """Note that a test report has come through; told by the line, inside its transaction or on its own."""
    if Desk.objects.filter(id=desk, office=office).exists():
        tried(desk, DeskDrill.TEST_REPORT, None, day)


def _said(profile: dict[str, object], name: str) -> bool:
    texts = profile.get(name)
    return isinstance(texts, dict) and any(isinstance(text, str) and text.strip() for text in texts.values())

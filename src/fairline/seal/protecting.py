"""What a note says of protecting somebody: the situation, a measure, retaliation, compensation.

Kinds and words are closed lists. The situation is assessed, never a person. What is counted of it as a case closes
names nobody and no case. Source: `docs/formats.md` §22.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fairline.seal.casenotes import EvidenceFile
from fairline.seal.errors import MalformedError
from fairline.seal.fields import Fields, as_day, whole, wrong_type
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from datetime import date

SITUATIONS: Final = ("none-known", "some", "grave")
MEASURES: Final = (
    "identity-apart", "other-contact", "heard-apart", "workplace", "employer-told", "interim-relief", "support",
    "police", "safe-place", "other",
)  # fmt: skip
FOR: Final = ("reporter", "facilitator", "relative", "witness", "expert", "organisation")
GROUNDS: Final = ("request", "own-motion")
FORMS: Final = (
    "dismissal", "demotion", "duties", "training", "appraisal", "discipline", "harassment", "unfair-treatment",
    "not-made-permanent", "not-renewed", "reputation-or-money", "blacklisting", "supplier-contract", "licence",
    "medical-referral", "other",
)  # fmt: skip
"""The fifteen forms of retaliation of article 19 of directive (EU) 2019/1937, and anything else."""
CLAIMS: Final = ("asked", "decided", "paid")
SEVERAL: Final = "several"
NOT_SAID: Final = "not-said"
NONE: Final = "none"
SLIP: Final = {
    "for": (*FOR, SEVERAL, NOT_SAID),
    "grounds": GROUNDS,
    "measure": (*MEASURES, SEVERAL, NONE),
    "result": (NONE, "ended", "stands"),
}
"""What is counted of protection as a case closes: one word of each list. ``not-said``: they asked, and no measure says
for whom it was."""


@dataclass(frozen=True)
class Situation:
    """How dangerous the situation is; the note's text gives the reasons."""

    danger: str


@dataclass(frozen=True)
class Measure:
    """A measure of the catalogue; the note's text says what exactly, or why it ended.

    Attributes:
        id: 16 bytes; a later measure of the same id takes its place.
        measure: of `MEASURES`.
        whom: for whom it is, of `FOR`: what they are in the matter, never who.
        grounds: whether they asked, or the office acts of itself.
        who: id of the member who is responsible.
        begins: day from which it stands.
        review: day by which somebody looks whether it still fits. No measure is without one.
        ended: day on which it ended.
    """

    id: bytes
    measure: str
    whom: str
    grounds: str
    who: bytes
    begins: date
    review: date
    ended: date | None


@dataclass(frozen=True)
class Retaliation:
    """Something that was done to the person since they reported; the note's text says what.

    Attributes:
        id: a later entry of the same id takes its place.
        day: on which it happened.
        form: of `FORMS`.
        file: evidence of it, a file of the thread.
        struck: taken out, because it was wrong. What was written before stays in the story.
    """

    id: bytes
    day: date
    form: str
    file: EvidenceFile | None
    struck: bool


@dataclass(frozen=True)
class Compensation:
    """A request to make a loss good, and how far it has come; the note's text says what."""

    id: bytes
    state: str


@dataclass(frozen=True)
class ProtectionSlip:
    """What is counted of protection as a case closes, where somebody asked for it or a measure was taken.

    Attributes:
        whom: for whom, of `SLIP`: what they are in the matter, never who.
        grounds: ``request`` where anybody asked, else the office acted of itself.
        measure: the one of the catalogue, or that there were several, or none.
        result: whether no measure was taken, all have ended, or one stands on.
    """

    whom: str
    grounds: str
    measure: str
    result: str


Protecting = Situation | Measure | Retaliation | Compensation


def read_protecting(value: Any) -> Protecting:
    """Read what a note says of protection.

    Raises:
        MalformedError: as fields do; `json-type` for a kind or word that is not in its list; `protection-review` for a
            measure whose review lies before its beginning.
    """
    return whole(value, _read)


def protecting_json(said: Protecting) -> dict[str, Any]:
    """The reverse of `read_protecting`."""
    match said:
        case Situation(danger=danger):
            return {"kind": "situation", "danger": danger}
        case Measure():
            ended = {} if said.ended is None else {"ended": said.ended.isoformat()}
            return {
                "kind": "measure", "id": b64(said.id), "measure": said.measure, "for": said.whom,
                "grounds": said.grounds, "who": b64(said.who), "begins": said.begins.isoformat(),
                "review": said.review.isoformat(),
            } | ended  # fmt: skip
        case Retaliation(id=key, day=day, form=form, file=file, struck=struck):
            named = {} if file is None else {"file": {"blob": b64(file.blob), "hash": b64(file.hash)}}
            told = {"kind": "retaliation", "id": b64(key), "day": day.isoformat(), "form": form}
            return told | named | {"struck": struck}
        case Compensation(id=key, state=state):
            return {"kind": "compensation", "id": b64(key), "state": state}


def read_protection_slip(value: Any) -> ProtectionSlip:
    """Read what is counted of protection.

    Raises:
        MalformedError: as fields do; `json-type` for a word that is not in its list, and where measure and result do
            not agree on whether there was any.
    """
    return whole(value, _slip)


def protection_slip_json(slip: ProtectionSlip) -> dict[str, str]:
    """The reverse of `read_protection_slip`."""
    return {"for": slip.whom, "grounds": slip.grounds, "measure": slip.measure, "result": slip.result}


def _slip(fields: Fields) -> ProtectionSlip:
    found = ProtectionSlip(**{
        "whom" if name == "for" else name: fields.one(name, words) for name, words in SLIP.items()
    })
    if (found.measure == NONE) != (found.result == NONE):
        raise wrong_type()
    return found


def _read(fields: Fields) -> Protecting:
    match fields.one("kind", ("situation", "measure", "retaliation", "compensation")):
        case "situation":
            return Situation(fields.one("danger", SITUATIONS))
        case "measure":
            return _measure(fields)
        case "retaliation":
            file = fields.optional("file", lambda value: whole(value, _file))
            return Retaliation(
                fields.id("id"), fields.day("day"), fields.one("form", FORMS), file, fields.flag("struck")
            )
        case _:
            return Compensation(fields.id("id"), fields.one("state", CLAIMS))


def _measure(fields: Fields) -> Measure:
    found = Measure(
        fields.id("id"),
        fields.one("measure", MEASURES),
        fields.one("for", FOR),
        fields.one("grounds", GROUNDS),
        fields.id("who"),
        fields.day("begins"),
        fields.day("review"),
        fields.optional("ended", as_day),
    )
    if found.review < found.begins:
        raise MalformedError("protection-review", "A measure is reviewed after it begins.")
    return found


def _file(fields: Fields) -> EvidenceFile:
    return EvidenceFile(fields.id("blob"), fields.hash("hash"))

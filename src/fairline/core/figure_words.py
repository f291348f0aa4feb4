"""The words of published figures: what is counted, and the categories, as the public and the office read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEASURES: Final[Mapping[str, Promise]] = {
    "desk": _("By desk"),
    "class": _("What was reported"),
    "outcome": _("How it ended"),
    "took": _("How long it took"),
    "acknowledged": _("Acknowledged"),
    "read": _("Read by a person"),
    "answered": _("Answered"),
    "extended": _("More time was taken"),
    "closing": _("Closed for the first time or again"),
    "answer": _("What was answered"),
    "protection-for": _("For whom"),
    "protection-grounds": _("Asked for, or of the office's own motion"),
    "protection-measure": _("What was done"),
    "protection-result": _("How it stood when the case was closed"),
}
_IN_TIME: Final[Mapping[str, Promise]] = {"in-time": _("in time"), "late": _("late"), "never": _("never")}
CATEGORIES: Final[Mapping[str, Mapping[str, Promise]]] = {
    "class": {
        "approach": _("Approach or recruitment"),
        "elicitation": _("Questions that seek protected knowledge"),
        "access": _("Unauthorised access or entry"),
        "removal": _("Removal or copying of protected material"),
        "impersonation": _("Impersonation or false credentials"),
        "device": _("A covert device was found"),
        "tampering": _("Tampering or sabotage"),
        "intrusion": _("Intrusion into computers"),
        "coercion": _("Coercion or threat against a person"),
        "control": _("Undisclosed control or conflict"),
        "loss": _("Loss of a controlled item"),
        "handling": _("A handling failure by the organisation itself"),
        "complaint": _("A complaint about this office"),
        "other": _("Something else"),
    },
    "outcome": {
        "not-competent": _("Not for this office to decide"),
        "insufficient": _("Too little is known"),
        "unfounded": _("Unfounded"),
        "unsubstantiated": _("Could not be substantiated"),
        "substantiated": _("Substantiated"),
        "referred": _("Referred to another office"),
        "resolved": _("Resolved"),
        "knowingly-false": _("Unfounded, and knowingly false as a panel decided"),
    },
    "took": {
        "week": _("up to a week"),
        "month": _("up to 30 days"),
        "quarter": _("up to 91 days"),
        "half": _("up to 182 days"),
        "year": _("up to a year"),
        "longer": _("longer"),
    },
    "acknowledged": _IN_TIME,
    "read": _IN_TIME,
    "answered": _IN_TIME,
    "extended": {"no": _("no"), "yes": _("yes")},
    "answer": {"yes": _("yes"), "no": _("no")},
    "closing": {"first": _("for the first time"), "again": _("again, after it was reopened")},
    "protection-for": {
        "reporter": _("the reporting person"),
        "facilitator": _("somebody who helped them to report"),
        "relative": _("a relative or colleague"),
        "witness": _("a witness"),
        "expert": _("an expert"),
        "organisation": _("an organisation"),
        "several": _("several of these"),
        "not-said": _("not said"),
    },
    "protection-grounds": {"request": _("They asked for it"), "own-motion": _("The office does it by itself")},
    "protection-measure": {
        "identity-apart": _("The name is kept apart from the case"),
        "other-contact": _("They are reached another way"),
        "heard-apart": _("They are heard where nobody sees them"),
        "workplace": _("Other work, another place or leave"),
        "employer-told": _("The employer was told what it may not do"),
        "interim-relief": _("A court or an authority is asked to stop it for now"),
        "support": _("Advice and support by others"),
        "police": _("The police protect them"),
        "safe-place": _("A safe place"),
        "other": _("Another measure"),
        "several": _("several of these"),
        "none": _("No measure"),
    },
    "protection-result": {
        "none": _("No measure was taken"),
        "ended": _("All measures had ended"),
        "stands": _("A measure was still in force"),
    },
}
AMOUNTS: Final[Mapping[str, Promise]] = {
    "damage": _("Damage that was found out"),
    "recovered": _("Recovered"),
}
POPULATIONS: Final[Mapping[str, Promise]] = {
    "arrivals": _("Reports that arrived"),
    "closed": _("Cases that were closed"),
    "protection": _("Protection: cases in which somebody asked for it or was given it"),
    "asked-understood": _("Asked at the end: did you understand what was done, and why?"),
    "asked-safe": _("Asked at the end: did you feel safe using this line?"),
    "asked-fair": _("Asked at the end: were you treated fairly, whatever the outcome?"),
}

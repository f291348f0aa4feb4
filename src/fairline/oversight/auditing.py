"""Counts every published figure again, from the record's acts and from what was frozen, and says where they differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from fairline.cases import counting
from fairline.core import publication
from fairline.core.figure_sheets import FILE_LIMIT
from fairline.core.figures import Population, populations
from fairline.ledger import queries as ledger
from fairline.oversight import figures
from fairline.oversight.models import MonthCounts
from fairline.oversight.periods import Period, month_of, over
from fairline.seal import jsontext
from fairline.seal.closing import KNOWINGLY_FALSE
from fairline.seal.primitives import H, b64

if TYPE_CHECKING:
    from datetime import date

    from fairline.offices.queries import OfficeFacts

CLOSE: Final = "close"
OPENED: Final = frozenset({"open mailbox", "take in"})
"""Acts that begin what is no report and counted nowhere: a mailbox for somebody, an exported case that came back."""
LOOKED_AT: Final = frozenset({CLOSE, *OPENED, counting.COUNTED, figures.PUBLISHED, figures.FROZEN})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that does not come out."""

    place: str
    """A period with its population, or the number of an act."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Audit:
    """What counting again came to.

    Attributes:
        files: how many published files were counted again.
        closings: how many signed closings were looked at.
        tests: how many of them were said to be tests, by the member who signed.
        deleted: how many reports of the months counted are not here any more.
        differences: none where every figure comes out.
    """

    files: int
    closings: int
    tests: Mapping[bytes, int]
    deleted: int
    differences: tuple[Difference, ...]


def audit(office: OfficeFacts, today: date) -> Audit:
    """Count again everything that was published of ``office`` by ``today``."""
    acts = list(ledger.acts(office.id, LOOKED_AT))
    closings = [one.act for one in acts if one.act.act == CLOSE]
    tests = Counter(act.member or b"" for act in closings if act.fields.get("test") is True)
    told = {one.act.subject or "": one.act.fields for one in acts if one.act.act == figures.PUBLISHED}
    differences = [*_closings(acts), *_months(office.id, acts)]
    files = 0
    for population in populations():
        differences += _rare(office.id, population, acts) if population.rare else ()
        for period in over(office.founded, today):
            path = figures.path_of(population.name, period)
            if publication.published(office.id, path) is not None:
                files += 1
                differences += _file(office.id, population, period, told.get(path, {}))
            elif path in told:
                differences.append(Difference(path, _("The record says that this was published, and it is not there.")))
    arrived = list(_arrivals(office.id))
    differences += [one for one in arrived if isinstance(one, Difference)]
    deleted = sum(one for one in arrived if isinstance(one, int))
    return Audit(files, len(closings), tests, deleted, tuple(differences))


def _closings(acts: list[ledger.DoneAct]) -> Iterator[Difference]:
    """Each signed closing of a report that is no test is followed by one count of the same words, and none is alone."""
    waiting: dict[str, list[Any]] = defaultdict(list)
    opened: set[str] = set()
    for one in acts:
        subject, fields = one.act.subject or "", one.act.fields
        place = _("act %(number)s") % {"number": one.number}
        if one.act.act == CLOSE and not one.signed:
            yield Difference(place, _("A case was closed, and nobody signed it."))
        elif one.act.act in OPENED and one.signed:
            opened.add(subject)
        elif one.act.act == CLOSE and fields.get("test") is not True and subject not in opened:
            waiting[subject].append((one.number, fields))
        elif one.act.act == counting.COUNTED:
            signed = waiting[subject].pop(0)[1] if waiting[subject] else None
            if signed is None:
                yield Difference(place, _("Something was counted that nobody has closed."))
            elif _ending(signed) != (fields["found"].get("outcome"), fields["found"].get("class")):
                yield Difference(place, _("What was counted is not what was signed."))
    # Closings of before anything was counted have no row: they come before the first count.
    first = next((one.number for one in acts if one.act.act == counting.COUNTED), None)
    for number, _fields in (one for rows in waiting.values() for one in rows):
        if first is not None and number > first:
            yield Difference(_("act %(number)s") % {"number": number}, _("A closing was signed and not counted."))


def _ending(signed: Mapping[str, Any]) -> tuple[Any, Any]:
    """Outcome and class as they are counted: what a panel found is signed beside the outcome, and counted for it."""
    return KNOWINGLY_FALSE if signed.get("panel") is not None else signed.get("outcome"), signed.get("class")


def _rare(office: bytes, population: Population, acts: list[ledger.DoneAct]) -> Iterator[Difference]:
    """No act of a case says what a rare population counts; the act of each month does, and nothing is beside it."""
    said = {one.act.subject: one.act.fields for one in acts if one.act.act == figures.FROZEN}
    for row in MonthCounts.objects.filter(office=office, population=population.name):
        month = month_of(row.month)
        fields = said.get(figures.subject_of(population.name, month), {})
        counts = figures.group_counts(row.counts)
        if fields.get("counts") != b64(H(row.counts)) or fields.get("found") != counts:
            yield Difference(month.name, _("What was kept of this month is not what the record says."))
        if population.count(office, month.first, month.last) != counts:
            yield Difference(month.name, _("The rows that are counted are not those of the record."))
    kept = {f"{row:%Y-%m}" for row in _kept_months(office, population)}
    for subject in said:
        name, _slash, month_name = (subject or "").partition("/")
        if name == population.name and month_name not in kept:
            yield Difference(month_name, _("What was kept of this month is not what the record says."))


def _kept_months(office: bytes, population: Population) -> Iterator[date]:
    rows = MonthCounts.objects.filter(office=office, population=population.name)
    yield from rows.values_list("month", flat=True)


def _months(office: bytes, acts: list[ledger.DoneAct]) -> Iterator[Difference]:
    """What was frozen of closed cases is what the acts say, and so is what the next month will be made of."""
    by_month: dict[str, list[tuple[str, Mapping[str, str]]]] = defaultdict(list)
    for one in acts:
        if one.act.act == counting.COUNTED:
            by_month[one.act.fields["month"]].append((one.act.fields["law"], one.act.fields["found"]))
    kept = {
        f"{row.month:%Y-%m}": figures.group_counts(row.counts)
        for row in MonthCounts.objects.filter(office=office, population="closed")
    }
    for month in sorted({*by_month, *kept}):
        said = counting.tables(by_month.get(month, ()))
        if said != counting.counted(office, *_days(month)):
            yield Difference(month, _("The rows that are counted are not those of the record."))
        if month in kept and said != kept[month]:
            yield Difference(month, _("What was kept of this month is not what the record says."))


def _days(month: str) -> tuple[date, date]:
    period = next(one for one in Period(int(month[:4])).months() if one.name == month)
    return period.first, period.last


def _file(office: bytes, population: Population, period: Period, told: Mapping[str, Any]) -> Iterator[Difference]:
    path = figures.path_of(population.name, period)
    file = publication.published(office, path)
    if file is None:
        return
    if told.get("after") != b64(H(file.body)):
        yield Difference(path, _("What is published is not what the record says was published."))
    if period.month and told.get("counts") != b64(H(figures.frozen(office, population.name, period))):
        yield Difference(path, _("What was kept of this month is not what the record says."))
    again = figures.file_of(office, population, period, figures.decided(office, population, period))
    said = jsontext.parse(file.body, FILE_LIMIT)
    if again["groups"] != said["groups"]:
        yield Difference(path, _("Counted again, these figures are others."))


def _arrivals(office: bytes) -> Iterator[Difference | int]:
    """Reports are deleted lawfully, so fewer may be here than came; more never."""
    arrivals = next(one for one in populations() if one.name == "arrivals")
    for row in MonthCounts.objects.filter(office=office, population="arrivals"):
        month = month_of(row.month)
        came, here = _sum(figures.group_counts(row.counts)), _sum(arrivals.count(office, month.first, month.last))
        if here > came:
            yield Difference(month.name, _("More reports of this month are here than were counted."))
        else:
            yield came - here


def _sum(counts: Mapping[str, Any]) -> int:
    return sum(sum(group["desk"].values()) for group in counts.values())

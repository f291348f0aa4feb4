"""The figures of an office: counted when a month is over, published once, never changed (decisions 0074 and 0097)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from fairline.core import publication
from fairline.core.figure_sheets import FILE_LIMIT, PREFIX
from fairline.core.figures import Amount, Population, populations
from fairline.core.transactions import writing
from fairline.ledger import queries
from fairline.ledger import services as ledger
from fairline.offices import queries as offices
from fairline.offices.services.turns import take_turn
from fairline.oversight.disclosure import THRESHOLD, WITHHELD, Counts, Shown, Year
from fairline.oversight.models import MonthCounts
from fairline.oversight.periods import Period, over
from fairline.profiles.shipped import for_desks
from fairline.seal import jsontext
from fairline.seal.errors import MalformedError
from fairline.seal.primitives import ID_SIZE, H, b64, unb64

if TYPE_CHECKING:
    from datetime import date, datetime

PUBLISHED: Final = "publish figures"
"""The act that the machine records of each file."""
FROZEN: Final = "freeze figures"
"""The act that the machine records of a month of a rare population, of which no file is published: its numbers."""


def path_of(population: str, period: Period) -> str:
    """Return the path of a public file: it ends in a number, so it names one content for ever."""
    return f"{PREFIX}{population}/{period.key}"


def publish_due(office: offices.OfficeFacts, today: date, now: datetime) -> None:
    """Freeze and publish what is over and was not published yet, in the order of the calendar."""
    there = {path for path, _day in publication.listing(office.id, PREFIX)}
    for population in populations():
        for period in over(office.founded, today):
            if population.rare and (period.month or period.quarter):
                _freeze_rare(office.id, population, period, now)
            elif path_of(population.name, period) not in there:
                _publish(office.id, population, period, today, now)


def _freeze_rare(office: bytes, population: Population, period: Period, now: datetime) -> None:
    """Keep a month of which nothing is published, and what was counted in it as an act: no act of a case says it."""
    if not period.month or _kept(office, population.name, period) is not None:
        return
    with writing():
        take_turn(office)
        if _kept(office, population.name, period) is not None:
            return
        freeze(office, population, period)
        counts = frozen(office, population.name, period)
        what = {"act": FROZEN, "subject": subject_of(population.name, period), "counts": b64(H(counts))}
        found = {"found": jsontext.parse(counts, FILE_LIMIT)}
        ledger.record_act(office, jsontext.write(what | found), None, now)


def subject_of(population: str, month: Period) -> str:
    """Return how an act names a month that was kept and not published."""
    return f"{population}/{month.name}"


def _publish(office: bytes, population: Population, period: Period, today: date, now: datetime) -> None:
    if period.month:
        freeze(office, population, period)
    body = jsontext.write(file_of(office, population, period, decided(office, population, period)))
    path = path_of(population.name, period)
    what = {"act": PUBLISHED, "subject": path, "after": b64(H(body))}
    if period.month:
        what["counts"] = b64(H(frozen(office, population.name, period)))
    # Searched before the lock, behind which every report would wait; under it only what has come since.
    newest, known = _said(office, path, what["after"])
    with writing():
        # Two nights at once, or one after a stop between the record and the file: it is recorded once.
        take_turn(office)
        if not known and not _said(office, path, what["after"], newest)[1]:
            ledger.record_act(office, jsontext.write(what), None, now)
    # After the record: what is public and in no record would look like a forgery for ever.
    publication.publish(office, path, "application/json", body, today)


def _said(office: bytes, path: str, after: str, since: int = 0) -> tuple[int, bool]:
    """Return the number of the newest act after ``since``, and whether one of them records this file."""
    newest, known = since, False
    for one in queries.acts(office, since=since):
        newest = one.number
        known = known or (one.act.act, one.act.subject, one.act.fields.get("after")) == (PUBLISHED, path, after)
    return newest, known


def freeze(office: bytes, population: Population, month: Period) -> None:
    """Keep what was counted in a month; what is kept already stays."""
    counts = jsontext.write(population.count(office, month.first, month.last))
    with writing():
        MonthCounts.objects.get_or_create(
            office=office, population=population.name, month=month.first, defaults={"counts": counts}
        )


def frozen(office: bytes, population: str, month: Period) -> bytes:
    """Return the counts of a month as they were kept; an empty object where none were."""
    return _kept(office, population, month) or b"{}"


def _kept(office: bytes, population: str, month: Period) -> bytes | None:
    row = MonthCounts.objects.filter(office=office, population=population, month=month.first).first()
    return None if row is None else bytes(row.counts)


def _months(office: bytes, population: str, period: Period) -> dict[Period, dict[str, Counts]]:
    """Return what was kept of each month of the period's year that is over with it; of all of them at once."""
    months = list(period_months(period))
    rows = MonthCounts.objects.filter(office=office, population=population, month__in=[at.first for at in months])
    kept = {row.month: group_counts(bytes(row.counts)) for row in rows}
    return {at: kept.get(at.first, {}) for at in months}


def decided(office: bytes, of: Population, period: Period) -> dict[str, Shown]:
    """Return what may be shown of a period by group, beside everything that was published of its year."""
    population = of.name
    before = _known(office, population, period)
    old = _of_before(office, period) if population == "arrivals" else None
    months = {at: _folded(counts, of) for at, counts in _months(office, population, period).items()}
    found = {}
    for group in sorted({group for counts in months.values() for group in counts}):
        shown = {at: by.get(group, _nothing()) for at, by in before.items() if by is not None}
        own = {at: counts.get(group, {}) for at, counts in months.items()}
        # A case of a desk that has ended is still closed; a report comes there no more.
        ended = _ended(office) if population == "arrivals" else {}
        year = Year(own, shown, _begun(office, own.values()), ended)
        found[group] = year.decide(period) if old is None else old
    return _veiled(found) if of.rare else found


def _folded(counts: dict[str, Counts], of: Population) -> dict[str, Counts]:
    """Put what is published inside another category there."""
    folded: dict[str, Counts] = {}
    for group, tables in counts.items():
        folded[group] = {name: dict(table) for name, table in tables.items()}
        for name, inside in of.within.items():
            table = dict(folded[group].get(name, {}))
            for category, other in inside.items():
                table[other] = table.get(other, 0) + table.pop(category, 0)
            folded[group] = {**folded[group], name: table}
    return folded


def _veiled(found: Mapping[str, Shown]) -> dict[str, Shown]:
    """Leave out what is none like what is few: whether there was any at all is not told.

    To leave out more than is safe is safe.
    """
    shown = {group: one for group, one in found.items() if one.total}
    return {
        group: Shown(one.total, {name: {at: n or None for at, n in each.items()} for name, each in one.tables.items()})
        for group, one in shown.items()
    }


def _within(office: bytes, population: Population, period: Period, group: str, shown: Shown) -> dict[str, Any]:
    """Say of a year how many of a category are such that are published inside it, where neither part is few.

    Below five nothing is said, and nought is below five: a dot would tell that there was one.
    """
    if period.quarter or not shown.total:
        return {}
    said: dict[str, dict[str, int]] = {}
    months = [counts.get(group, {}) for counts in _months(office, population.name, period).values()]
    for name, inside in population.within.items():
        for category, other in inside.items():
            part, rest = (sum(one.get(name, {}).get(at, 0) for one in months) for at in (category, other))
            if min(part, rest) >= THRESHOLD and shown.tables.get(name, {}).get(other) is not None:
                said.setdefault(name, {})[category] = part
    return {"within": said} if said else {}


def _known(office: bytes, population: str, period: Period) -> dict[Period, dict[str, Shown] | None]:
    """What everybody knows of the year so far. Before an office there is nothing, and its first day is public.

    Were those months taken for unknown, the first small month would seem to be covered by them, and a quarter or a year
    would give it away.
    """
    there = offices.office(office)
    founded = Period(period.year).first if there is None else there.founded
    periods = _periods_before(period)
    files = publication.of_paths(office, [path_of(population, at) for at in periods if at.last >= founded])
    return {at: {} if at.last < founded else _read(files.get(path_of(population, at))) for at in periods}


def _begun(office: bytes, counts: Iterable[Counts]) -> dict[str, date]:
    """From which day on each desk has taken reports, as its public sheets say: before, nobody supposes one there."""
    desks = dict.fromkeys(desk for one in counts for desk in one.get("desk", ()))
    sheets = {desk: offices.profiles_of(office, key) for desk in desks if (key := _id(desk))}
    return {desk: days[0][0] for desk, days in sheets.items() if days}


def _ended(office: bytes) -> dict[str, date]:
    """From which day on each desk is gone, as the charters say, which are public: after it nobody supposes a report."""
    return {b64(desk): day for desk, day in offices.desks_ended(office).items()}


def _id(desk: str) -> bytes:
    try:
        return unb64(desk, ID_SIZE)
    except MalformedError:
        return b""


def period_months(period: Period) -> Iterator[Period]:
    """Yield the months of the period's year that are over with it."""
    yield from (month for month in Period(period.year).months() if month.last <= period.last)


def _periods_before(period: Period) -> Sequence[Period]:
    """The periods of a year that are published before this one."""
    year = over(Period(period.year).first, Period(period.year + 1).first)
    return list(_until(year, period))


def _until(periods: Iterator[Period], last: Period) -> Iterator[Period]:
    for period in periods:
        if period == last:
            return
        yield period


def group_counts(counts: bytes) -> dict[str, Counts]:
    """Read counts as they were frozen."""
    found: dict[str, Counts] = jsontext.parse(counts, FILE_LIMIT)
    return found


def _nothing() -> Shown:
    return Shown(0, {})


def file_of(office: bytes, population: Population, period: Period, shown: Mapping[str, Shown]) -> dict[str, Any]:
    """Return the public file of a period. Groups in which nothing was counted are not in it."""
    groups = []
    for group, one in sorted(shown.items()):
        if one.total != 0:
            tables = {name: dict(table) for name, table in one.tables.items()}
            said: dict[str, Any] = {"id": group, "total": one.total, "tables": tables}
            said |= _within(office, population, period, group, one)
            if population.amounts is not None and not period.quarter:
                given = population.amounts(office, period.first, period.last).get(group, ())
                said["amounts"] = sums_of(given) if one.total is not None else []
            groups.append(said)
    names = {b64(desk.id): dict(desk.names) for desk in offices.desks(office)}
    names |= {group["id"]: laws[group["id"]] for group in groups if group["id"] in (laws := for_desks())}
    return {
        "v": 1, "kind": "figures", "population": population.name, "period": period.name, "threshold": THRESHOLD,
        "groups": groups, "names": names,
    } | ({"rare": True} if population.rare else {})  # fmt: skip


def sums_of(given: Sequence[Amount]) -> list[dict[str, Any]]:
    """Add money up by kind and currency; null below five cases, and where one of them is more than half of it."""
    units: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in given:
        units[one.kind, one.currency].append(one.units)
    return [
        {"kind": kind, "currency": currency, "units": _sum(each)} for (kind, currency), each in sorted(units.items())
    ]


def _sum(each: Sequence[int]) -> int | None:
    total = sum(each)
    return None if len(each) < THRESHOLD or 2 * max(each) > total else total


def _read(file: publication.Published | None) -> dict[str, Shown] | None:
    """Return what was published of a period by group; None where nothing was."""
    if file is None:
        return None
    said = jsontext.parse(file.body, FILE_LIMIT)
    return {one["id"]: Shown(one["total"], one["tables"]) for one in said["groups"]}


def _of_before(office: bytes, month: Period) -> Shown | None:
    """A month of arrivals that was published before months, quarters and years were held together stays as it is."""
    file = publication.published(office, f"{PREFIX}{month.key}") if month.month else None
    if file is None:
        return None
    said = jsontext.parse(file.body, FILE_LIMIT)
    if said["total"] is None:
        return WITHHELD
    return Shown(said["total"], {"desk": {desk["id"]: desk["count"] for desk in said["desks"]}})

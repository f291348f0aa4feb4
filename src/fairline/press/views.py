"""The public pages of an office. They show public files only, keep no cookie, and may be kept by caches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairline.core import clock, figure_sheets, publication
from fairline.core.page import addresses
from fairline.core.problems import Problem
from fairline.press import fingerprint, record
from fairline.press.accounts import Account, account, accounts
from fairline.press.arrivals import arrivals
from fairline.seal.primitives import b64

if TYPE_CHECKING:
    from django.http import HttpRequest

CACHED: Final = "public, max-age=300"
YEAR_DIGITS: Final = 4


def home(request: HttpRequest) -> HttpResponse:
    """Show the one office, or the list of offices where there are several."""
    there = accounts(_language())
    if len(there) == 1:
        return office_home(request, there[0].id)
    return _page(request, "press/offices.html", {"accounts": there})


def office_home(request: HttpRequest, office: bytes) -> HttpResponse:
    """Show who the office is and how to report."""
    return _page(request, "press/home.html", _office(request, office))


def how_to_report(request: HttpRequest, office: bytes | None = None) -> HttpResponse:
    """Show every way to report, what each of them shows to whom, and what nobody can promise."""
    values = {**_office(request, _only(office)), "here": "how"}
    values["promises"] = values["account"].promises(values["today"])
    return _page(request, "press/how-to-report.html", values)


def check(request: HttpRequest, office: bytes | None = None) -> HttpResponse:
    """Show fingerprint, documents and record, and how to check them without trusting this page."""
    values = {**_office(request, _only(office)), "here": "check"}
    values["logs"] = record.logs(values["account"].id, days=7)
    return _page(request, "press/check.html", values)


def days(request: HttpRequest, office: bytes | None = None) -> HttpResponse:
    """List the published days of both logs with their files."""
    values = {**_office(request, _only(office)), "here": "check"}
    values["logs"] = record.logs(values["account"].id)
    return _page(request, "press/record.html", values)


def how_we_do(request: HttpRequest, office: bytes | None = None) -> HttpResponse:
    """Show the office's figures: reports that came by month, and years in full."""
    values = {**_office(request, _only(office)), "here": "figures"}
    found = values["account"].id
    values["arrivals"] = arrivals(figure_sheets.sheets(found, _language(), population="arrivals"))
    years = [one for one in figure_sheets.sheets(found, _language()) if len(one.key) == YEAR_DIGITS]
    return _page(request, "press/how-we-do.html", {**values, "years": years})


def figures_csv(request: HttpRequest, office: bytes) -> HttpResponse:
    """Serve all published figures of the office as one table."""
    found = _office(request, office)["account"]
    text = figure_sheets.as_csv(figure_sheets.sheets(found.id, _language()))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Cache-Control"] = CACHED
    return answer


def record_file(request: HttpRequest, office: bytes, path: str) -> HttpResponse:
    """Serve one public file as it was published."""
    file = publication.published(office, path)
    if file is None:
        raise _nothing()
    return publication.response(request, file)


def _office(request: HttpRequest, office: bytes) -> dict[str, Any]:
    found = account(office, _language())
    if found is None:
        raise _nothing()
    today = clock.now().date() if found.manifest is None else clock.today(found.manifest.zone)
    return {"account": found, "today": today, **_pins(request, found), **_countdown(found)}


def _pins(request: HttpRequest, found: Account) -> dict[str, Any]:
    report = f"{addresses(request)['report']}/at/{found.address}/"
    onion = settings.FAIRLINE.doors["report"].onion
    onion = f"{onion}/at/{found.address}/" if onion else ""
    if found.manifest is None:
        return {"report_address": report, "report_onion": onion}
    pinned = f"{report}#k={b64(found.manifest.fingerprint)}"
    return {
        "report_onion": onion,
        "report_address": pinned,
        "report_plain": report,
        "words": fingerprint.words(found.manifest.fingerprint, _language()),
        "words_in_english": fingerprint.in_english(_language()),
        "fingerprint": b64(found.manifest.fingerprint),
        "qr": fingerprint.qr(pinned),
    }


def _countdown(found: Account) -> dict[str, Any]:
    if found.manifest is None:
        return {}
    return {"days_left": found.manifest.ends_within(clock.today(found.manifest.zone))}


def _only(office: bytes | None) -> bytes:
    """Return the office that an address means: the named one, or the only one."""
    if office is not None:
        return office
    ids = publication.offices()
    if len(ids) != 1:
        raise _nothing()
    return ids[0]


def _nothing() -> Problem:
    return Problem(404, "not-found", _("There is nothing at this address."))


def _language() -> str:
    return get_language() or "en"


def _page(request: HttpRequest, template: str, values: dict[str, Any]) -> HttpResponse:
    page = render(request, template, values)
    page["Cache-Control"] = CACHED
    return page

"""Published figures on paper: a PDF that is made from one page of layout and from data, in every language.

``typst`` sets right-to-left and Chinese text and needs no library of the system. Its fonts are the machine's own:
without a font for a language its letters are empty boxes, and the page of operators says which to install.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import typst
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from fairline.core.figure_sheets import Sheet

FONTS: Final = (
    "Noto Sans", "Noto Sans Arabic", "Noto Naskh Arabic", "Noto Sans CJK SC", "Noto Serif CJK SC", "DejaVu Sans",
)  # fmt: skip
"""Tried for each letter in this order; all of them come with Debian's fonts-noto and fonts-noto-cjk."""
LAYOUT: Final = "templates/oversight/figures.typ"


def plain(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as plain values, null where a number is left out."""
    return {
        "population": sheet.population,
        "title": sheet.title,
        "nothing": sheet.nothing,
        "period": sheet.period,
        "groups": [
            {
                "title": group.title,
                "total": group.total,
                "tables": [
                    {"title": title, "rows": [[row.name, row.count] for row in rows]}
                    for title, rows in (
                        *((table.title, table.rows) for table in group.tables),
                        *(((_("Money, where it was found out"), group.amounts),) if group.amounts else ()),
                    )
                ],
            }
            for group in sheet.groups
        ],
    }


def pdf(office: str, sheets: Sequence[Sheet], language: str) -> bytes:
    """Return the sheets of one period as a PDF, in the language in force."""
    layout = resources.files("fairline.oversight").joinpath(LAYOUT).read_bytes()
    values = {"said": json.dumps(said(office, sheets, language))}
    # PDF/UA: tagged, so that it can be heard; typst refuses to write one that could not.
    return typst.compile(layout, format="pdf", pdf_standards="ua-1", sys_inputs=values)


def said(office: str, sheets: Sequence[Sheet], language: str) -> dict[str, Any]:
    """Return what the layout is filled with."""
    filled = [plain(one) for one in sheets]
    for sheet in filled:
        for group in sheet["groups"]:
            group["total"] = _number(group["total"])
            for table in group["tables"]:
                table["rows"] = [[name, _number(count)] for name, count in table["rows"]]
    period = sheets[0].period
    return {
        "lang": language.partition("-")[0],
        "rtl": get_language_bidi(),
        "fonts": FONTS,
        "office": office,
        "title": _("Figures of %(period)s") % {"period": period},
        "sheets": filled,
        "all": _("All:"),
        "withheld": _("Too few for anything more to be shown, or so that another small number does not follow."),
        "dots": _(
            "A dot stands where a number is smaller than five, or where such a number could be worked out from all "
            "tables of months, quarters and years together: a small number could tell who reported."
        ),
    }


def _number(count: int | None) -> str:
    return "·" if count is None else f"{count}"

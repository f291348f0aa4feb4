"""What the report door serves."""

from __future__ import annotations

from fairline.core.pages import bad_request, fault, forbidden, not_found
from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.core.views import api, standing
from fairline.line.api import REPORT_DOOR
from fairline.line.report_urls import urlpatterns as line

handler400, handler403, handler404, handler500 = bad_request, forbidden, not_found, fault

described = REPORT_DOOR

urlpatterns = [
    *table(
        route("GET", "standing", standing, access=Access.ANYONE),
        route("GET", "openapi.json", api, access=Access.ANYONE),
    ),
    *line,
]

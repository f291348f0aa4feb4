"""What the office door serves."""

from __future__ import annotations

from fairline.cases.urls import urlpatterns as cases
from fairline.core.pages import bad_request, fault, forbidden, not_found
from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.core.views import api, standing
from fairline.deciding.urls import urlpatterns as deciding
from fairline.duty.urls import urlpatterns as duty
from fairline.ledger.urls import urlpatterns as ledger
from fairline.line.urls import urlpatterns as line
from fairline.names.urls import urlpatterns as names
from fairline.notify.urls import urlpatterns as notify
from fairline.offices.urls import urlpatterns as offices
from fairline.oversight.urls import urlpatterns as oversight
from fairline.protection.urls import urlpatterns as protection
from fairline.referral.urls import urlpatterns as referral
from fairline.requests.urls import urlpatterns as requests

handler400, handler403, handler404, handler500 = bad_request, forbidden, not_found, fault

urlpatterns = [
    *table(
        route("GET", "standing", standing, access=Access.ANYONE),
        route("GET", "openapi.json", api, access=Access.ANYONE),
    ),
    *ledger,
    *offices,
    *line,
    *notify,
    *cases,
    *referral,
    *oversight,
    *protection,
    *duty,
    *deciding,
    *requests,
    *names,
]

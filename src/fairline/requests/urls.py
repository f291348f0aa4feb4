"""What this room serves on the office door, to handlers and leads; to oversight how many were late."""

from __future__ import annotations

from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.requests import views

REQUESTS = "api/at/<id16:office>/requests"
ONE = f"{REQUESTS}/<id16:key>"

urlpatterns = table(
    route("GET", REQUESTS, views.listed, access=Access.DESK, name="requests"),
    route("GET", f"{REQUESTS}/owed", views.owed, access=Access.DESK, name="requests-owed"),
    route("GET", f"{REQUESTS}/late", views.late, access=Access.WATCHES_CLOCKS, name="requests-late"),
    route("POST", REQUESTS, views.record, access=Access.DESK),
    route("POST", f"{ONE}/approval", views.approve, access=Access.DESK, name="request-approval"),
    route("GET", f"{ONE}/cases", views.searched, access=Access.DESK, name="request-cases"),
    route("POST", f"{ONE}/end/proposal", views.propose_end, access=Access.DESK, name="request-end-proposal"),
    route("POST", f"{ONE}/end", views.end, access=Access.DESK, name="request-end"),
    route("POST", f"{ONE}/run", views.ran, access=Access.DESK, name="request-run"),
)

"""What this room serves on the office door."""

from __future__ import annotations

from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.deciding import views

AT = "api/at/<id16:office>/"
PANEL = f"{AT}threads/<id16:thread>/panel"
SEAT = f"{AT}seats/<id16:copy>"

urlpatterns = table(
    route("GET", PANEL, views.of_thread, access=Access.DESK, name="panel-of"),
    route("POST", PANEL, views.ask, access=Access.DESK),
    route("POST", f"{PANEL}/seats", views.seat, access=Access.DESK, name="panel-seats"),
    route("POST", f"{PANEL}/end", views.end, access=Access.DESK, name="panel-end"),
    route("GET", f"{AT}seats", views.seats, access=Access.SIGNED_IN, name="seats"),
    route("POST", f"{SEAT}/declaration", views.declare, access=Access.SIGNED_IN, name="seat-declaration"),
    route("POST", f"{SEAT}/vote", views.vote, access=Access.SIGNED_IN, name="seat-vote"),
)

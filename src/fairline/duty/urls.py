"""What this room serves on the office door."""

from __future__ import annotations

from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.duty import views

AT = "api/at/<id16:office>/"
DUTY = f"{AT}threads/<id16:thread>/duty"

urlpatterns = table(
    route("GET", DUTY, views.of_thread, access=Access.DESK, name="duty-of"),
    route("POST", DUTY, views.note, access=Access.DESK),
    route("GET", f"{AT}duties", views.owed, access=Access.DESK, name="duties"),
    route("GET", f"{AT}duties/late", views.late, access=Access.WATCHES_CLOCKS, name="duties-late"),
)

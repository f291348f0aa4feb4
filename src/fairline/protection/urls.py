"""What this room serves on the office door."""

from __future__ import annotations

from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.protection import views

AT = "api/at/<id16:office>/"
PROTECTION = f"{AT}threads/<id16:thread>/protection"

urlpatterns = table(
    route("GET", PROTECTION, views.of_thread, access=Access.DESK, name="protection-of"),
    route("POST", PROTECTION, views.protect, access=Access.DESK),
    route("GET", f"{AT}protection/reviews", views.reviews, access=Access.DESK, name="protection-reviews"),
    route("GET", f"{AT}protection/late", views.late, access=Access.WATCHES_CLOCKS, name="protection-late"),
)

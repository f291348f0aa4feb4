"""What this room serves on the office door."""

from __future__ import annotations

from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.notify import views

AT = "api/at/<id16:office>/"

urlpatterns = table(
    route("GET", f"{AT}notices", views.notices, access=Access.SIGNED_IN, name="notify-notices"),
    route("PUT", f"{AT}notices", views.leave, access=Access.SIGNED_IN),
    route("POST", f"{AT}notices/deletion", views.forget, access=Access.SIGNED_IN),
    route("POST", f"{AT}notices/trial", views.trial, access=Access.SIGNED_IN),
    route("GET", f"{AT}health", views.of_office, access=Access.ADMINISTRATOR, name="notify-health"),
    route("GET", "health", views.for_monitoring, access=Access.ANYONE, name="notify-monitoring"),
)

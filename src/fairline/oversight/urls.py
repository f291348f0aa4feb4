"""What this room serves on the office door: for auditors and oversight, who see counts and signatures and no case."""

from __future__ import annotations

from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.oversight import views

AT = "api/at/<id16:office>/oversight"

urlpatterns = table(
    route("GET", AT, views.look, access=Access.AUDITS, name="oversight"),
    route("GET", f"{AT}/figures", views.check, access=Access.AUDITS, name="oversight-check"),
    route("GET", f"{AT}/figures.csv", views.as_csv, access=Access.AUDITS, name="oversight-csv"),
    route("GET", f"{AT}/figures/<int:key>.json", views.as_json, access=Access.AUDITS, name="oversight-json"),
    route("GET", f"{AT}/figures/<int:key>.pdf", views.as_pdf, access=Access.AUDITS, name="oversight-pdf"),
)

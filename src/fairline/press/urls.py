"""What the public door serves of this room."""

from __future__ import annotations

from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.press import views

AT = "at/<id16:office>/"

urlpatterns = table(
    route("GET", "", views.home, access=Access.ANYONE),
    route("GET", "how-to-report", views.how_to_report, access=Access.ANYONE),
    route("GET", "check", views.check, access=Access.ANYONE),
    route("GET", "check/record", views.days, access=Access.ANYONE),
    route("GET", "how-we-do", views.how_we_do, access=Access.ANYONE),
    route("GET", AT, views.office_home, access=Access.ANYONE),
    route("GET", f"{AT}how-to-report", views.how_to_report, access=Access.ANYONE, name="office_how"),
    route("GET", f"{AT}check", views.check, access=Access.ANYONE, name="office_check"),
    route("GET", f"{AT}check/record", views.days, access=Access.ANYONE, name="office_days"),
    route("GET", f"{AT}how-we-do", views.how_we_do, access=Access.ANYONE, name="office_figures"),
    route("GET", f"{AT}how-we-do.csv", views.figures_csv, access=Access.ANYONE, name="office_figures_csv"),
    route("GET", "record/<id16:office>/<path:path>", views.record_file, access=Access.ANYONE),
)

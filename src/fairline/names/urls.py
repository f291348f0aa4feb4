"""What this room serves on the office door: to who is assigned, to custodians, and to oversight what was asked."""

from __future__ import annotations

from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.names import share_views, views

AT = "api/at/<id16:office>/"
OF_THREAD = f"{AT}threads/<id16:thread>/names"
ONE = f"{AT}names/<id16:key>"
GATHERINGS = f"{AT}names/gatherings"

urlpatterns = table(
    route("GET", OF_THREAD, views.of_thread, access=Access.DESK, name="names-of"),
    route("POST", OF_THREAD, views.ask_for, access=Access.DESK),
    route("GET", f"{AT}names", views.listed, access=Access.NAMES, name="names"),
    route("GET", f"{AT}names/owed", views.owed, access=Access.SIGNED_IN, name="names-owed"),
    route("GET", f"{AT}names/shares", share_views.shares_of_names, access=Access.CUSTODIAN, name="name-shares"),
    route("POST", f"{AT}names/shares", share_views.pass_on, access=Access.CUSTODIAN),
    route("GET", GATHERINGS, share_views.gatherings, access=Access.NAMES, name="name-gatherings"),
    route("POST", GATHERINGS, share_views.gather, access=Access.CUSTODIAN),
    route("POST", f"{GATHERINGS}/<id16:key>/end", share_views.end_gathering, access=Access.CUSTODIAN,
          name="name-gathering-end"),
    route("POST", f"{GATHERINGS}/<id16:key>/refusal", share_views.decline_gathering, access=Access.CUSTODIAN,
          name="name-gathering-refusal"),
    route("POST", f"{ONE}/release", views.release, access=Access.CUSTODIAN, name="name-release"),
    route("POST", f"{ONE}/refusal", views.decline, access=Access.CUSTODIAN, name="name-refusal"),
    route("POST", f"{ONE}/end", views.take_back, access=Access.DESK, name="name-end"),
)

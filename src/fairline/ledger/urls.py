"""What the office door serves of the record."""

from __future__ import annotations

from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.ledger import views

urlpatterns = table(
    route("GET", "at/<id16:office>/record/<str:log>/<path:path>", views.record, access=Access.ANYONE),
    route("GET", "api/at/<id16:office>/acts/counter", views.counter, access=Access.SIGNED_IN),
    route("GET", "api/at/<id16:office>/acts/<str:day>", views.acts, access=Access.AUDITOR),
)

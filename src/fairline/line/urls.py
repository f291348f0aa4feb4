"""What the line serves on the office door."""

from __future__ import annotations

from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.line.views import room
from fairline.line.views.intake import intake
from fairline.line.views.tickets import test_ticket

urlpatterns = table(
    route("POST", "api/at/<id16:office>/desks/<id16:desk>/test-ticket", test_ticket, access=Access.LEAD),
    route("POST", "api/at/<id16:office>/intake", intake, access=Access.DESK, name="line-intake"),
    route("GET", "api/at/<id16:office>/room", room.room, access=Access.ROOM, name="line-room"),
    route(
        "POST",
        "api/at/<id16:office>/desks/<id16:desk>/unfinished-files/deletion",
        room.delete_unfinished,
        access=Access.ROOM,
        name="line-unfinished",
    ),
)

"""What the line serves on the report door."""

from __future__ import annotations

from fairline.core.permissions import Access
from fairline.core.routes import route, table
from fairline.line.views import blobs, own
from fairline.line.views.by_hash import by_hash
from fairline.line.views.document import document, front
from fairline.line.views.drop import drop
from fairline.line.views.listed import listed
from fairline.line.views.mailbox import answer, look_again, mailbox
from fairline.line.views.post import post
from fairline.line.views.published import charter, manifest, record
from fairline.line.views.work import work

urlpatterns = table(
    route("GET", "", front, access=Access.ANYONE, name="report-front"),
    route("GET", "offices", listed, access=Access.ANYONE),
    route("GET", "at/<id16:office>/", document, access=Access.ANYONE, name="report-document"),
    route("GET", "at/<id16:office>/by-hash/<str:name>", by_hash, access=Access.ANYONE),
    route("GET", "at/<id16:office>/manifest", manifest, access=Access.ANYONE),
    route("GET", "at/<id16:office>/charter/<int:number>", charter, access=Access.ANYONE),
    route("GET", "at/<id16:office>/record/<path:path>", record, access=Access.ANYONE),
    route("GET", "at/<id16:office>/work", work, access=Access.ANYONE, name="report-work"),
    route("POST", "at/<id16:office>/drop", drop, access=Access.ANYONE),
    route("POST", "at/<id16:office>/mailbox", mailbox, access=Access.ANYONE),
    route("POST", "at/<id16:office>/mailbox/answer", answer, access=Access.ANYONE),
    route("POST", "at/<id16:office>/mailbox/look-again", look_again, access=Access.ANYONE),
    route("POST", "at/<id16:office>/mailbox/part", blobs.mailbox_part, access=Access.ANYONE),
    route("POST", "at/<id16:office>/post", post, access=Access.ANYONE),
    route("POST", "at/<id16:office>/blobs/part", blobs.part, access=Access.ANYONE, name="report-blob-part"),
    route("POST", "at/<id16:office>/blobs/state", blobs.state, access=Access.ANYONE, name="report-blob-state"),
    route("POST", "at/<id16:office>/blobs/removal", blobs.removal, access=Access.ANYONE, name="report-blob-removal"),
    route("POST", "at/<id16:office>/own", own.own, access=Access.ANYONE),
    route("POST", "at/<id16:office>/own/read", own.read, access=Access.ANYONE, name="report-own-read"),
    route("POST", "at/<id16:office>/own/removal", own.removal, access=Access.ANYONE, name="report-own-removal"),
)

"""What this room serves on the office door: for handlers and leads, who see the threads of their desks only."""

from __future__ import annotations

from fairline.cases.views import (
    acts,
    attachments,
    calendars,
    case,
    clearances,
    clocks,
    closing,
    colleagues,
    copies,
    deletions,
    erasures,
    exports,
    files,
    hearing,
    imports,
    index,
    laws,
    mailboxes,
    many,
    outside,
)
from fairline.cases.views.arrivals import arrivals
from fairline.cases.views.forms import form
from fairline.cases.views.thread import thread
from fairline.core.permissions import Access
from fairline.core.routes import route, table

AT = "api/at/<id16:office>/"
THREAD = f"{AT}threads/<id16:thread>"
INDEX = f"{AT}index/<id16:owner>"
FILE = "at/<id16:office>/file/"
DUE = "at/<id16:office>/due/<hash32:secret>.ics"
VIEWER = "at/<id16:office>/viewer/"

urlpatterns = table(
    route("GET", f"{AT}arrivals", arrivals, access=Access.DESK, name="cases-arrivals"),
    route("GET", f"{AT}index", index.states, access=Access.DESK, name="cases-index"),
    route("GET", f"{INDEX}/pages/<int:page>", index.page, access=Access.DESK, name="cases-index-page"),
    route("PUT", f"{INDEX}/pages/<int:page>", index.put, access=Access.DESK),
    route("GET", f"{INDEX}/deltas", index.deltas, access=Access.DESK, name="cases-index-deltas"),
    route("POST", f"{INDEX}/deltas", index.add, access=Access.DESK),
    route("GET", f"{AT}forms/<str:name>", form, access=Access.DESK, name="cases-form"),
    route("GET", f"{AT}clocks", clocks.board, access=Access.DESK, name="cases-clocks"),
    route("GET", f"{AT}clocks/late", clocks.late, access=Access.WATCHES_CLOCKS, name="cases-late"),
    route("POST", f"{AT}laws/own/preview", laws.preview, access=Access.TERMS, name="cases-own-row-preview"),
    route("POST", f"{AT}laws/version/preview", laws.version, access=Access.TERMS, name="cases-law-version-preview"),
    route("POST", f"{AT}desks/<id16:desk>/terms/preview", laws.desk, access=Access.LEAD, name="cases-desk-terms"),
    route("GET", f"{THREAD}/clocks", clocks.of_thread, access=Access.DESK, name="cases-clocks-of"),
    route("POST", f"{THREAD}/clocks", clocks.move, access=Access.DESK),
    route("GET", f"{THREAD}/classes", clocks.classes, access=Access.DESK, name="cases-classes"),
    route("GET", f"{AT}colleagues", colleagues.board, access=Access.DESK, name="cases-colleagues"),
    route("GET", f"{AT}absence", colleagues.absences, access=Access.DESK),
    route("PUT", f"{AT}absence", colleagues.leave, access=Access.DESK, name="cases-absence"),
    route("DELETE", f"{AT}absence", colleagues.come_back, access=Access.DESK),
    route("GET", f"{AT}calendars", calendars.held, access=Access.DESK, name="cases-calendars"),
    route("POST", f"{AT}desks/<id16:desk>/calendar", calendars.make, access=Access.DESK, name="cases-calendar-make"),
    route("POST", f"{AT}desks/<id16:desk>/calendar/withdrawal", calendars.take_back, access=Access.DESK),
    # A calendar program cannot sign in; what its secret opens is days.
    route("GET", DUE, calendars.feed, access=Access.ANYONE, name="cases-calendar"),
    route("GET", THREAD, thread, access=Access.DESK, name="cases-thread"),
    route(
        "GET",
        f"{THREAD}/blobs/<id16:blob>/parts/<int:number>",
        attachments.part,
        access=Access.DESK,
        name="cases-part",
    ),
    route("POST", f"{THREAD}/blobs/part", attachments.hold, access=Access.DESK, name="cases-blob-part"),
    route("POST", f"{THREAD}/blobs/state", attachments.state, access=Access.DESK),
    route("POST", f"{THREAD}/blobs/removal", attachments.removal, access=Access.DESK),
    route("GET", f"{THREAD}/erasures", erasures.erasures, access=Access.DESK, name="cases-erasures"),
    route("POST", f"{THREAD}/blobs/<id16:blob>/erasure", erasures.ask, access=Access.DESK, name="cases-erasure"),
    route("POST", f"{THREAD}/blobs/<id16:blob>/erasure/agreement", erasures.agree, access=Access.DESK),
    route("POST", f"{THREAD}/declaration", acts.declare, access=Access.DESK, name="cases-declare"),
    route("POST", f"{THREAD}/read", acts.read, access=Access.DESK, name="cases-read"),
    route("POST", f"{THREAD}/posts", acts.post, access=Access.DESK, name="cases-post"),
    route("POST", f"{THREAD}/triage", case.triage, access=Access.DESK, name="cases-triage"),
    route("POST", f"{THREAD}/triage/confirmation", case.confirm, access=Access.DESK, name="cases-confirm"),
    route("POST", f"{THREAD}/triage/refusal", case.refuse, access=Access.DESK, name="cases-refuse"),
    route("POST", f"{THREAD}/keys", case.rekey, access=Access.DESK, name="cases-rekey"),
    route("GET", f"{THREAD}/copies", copies.of_thread, access=Access.DESK, name="cases-copies"),
    route("POST", f"{THREAD}/copies", copies.give, access=Access.DESK),
    route("POST", f"{THREAD}/copies/<id16:copy>/withdrawal", copies.withdraw, access=Access.DESK),
    route("GET", f"{AT}given", copies.given, access=Access.SIGNED_IN, name="cases-given"),
    route("GET", f"{AT}given/<id16:copy>", copies.look, access=Access.SIGNED_IN, name="cases-given-one"),
    route(
        "GET",
        f"{AT}given/<id16:copy>/parts/<int:number>",
        copies.part,
        access=Access.SIGNED_IN,
        name="cases-given-part",
    ),
    route("POST", f"{AT}given/<id16:copy>/answers", copies.answer, access=Access.SIGNED_IN, name="cases-given-answer"),
    route("POST", f"{THREAD}/takeover", case.take_over, access=Access.DESK, name="cases-take-over"),
    route("POST", f"{THREAD}/export", exports.take_out, access=Access.DESK, name="cases-export"),
    route("POST", f"{AT}exports/standing", imports.standing, access=Access.DESK, name="cases-export-standing"),
    route("POST", f"{AT}exports/parts", imports.hold, access=Access.DESK, name="cases-export-parts"),
    route("POST", f"{AT}exports/taking", imports.take_in, access=Access.DESK, name="cases-export-taking"),
    route("POST", f"{AT}mailboxes", mailboxes.open_mailbox, access=Access.DESK, name="cases-open-mailbox"),
    route("POST", f"{THREAD}/outside", outside.give, access=Access.DESK, name="cases-give-outside"),
    route("POST", f"{THREAD}/end", outside.end, access=Access.DESK, name="cases-end-mailbox"),
    route("GET", f"{AT}clearances/<id16:clearance>", clearances.shown, access=Access.DESK, name="cases-clearance"),
    route("PUT", f"{AT}clearances/<id16:clearance>", clearances.deposit, access=Access.DESK),
    route("GET", f"{AT}hearings", hearing.board, access=Access.DESK, name="cases-hearings"),
    route("GET", f"{THREAD}/hearing", hearing.of_thread, access=Access.DESK, name="cases-hearing"),
    route("POST", f"{THREAD}/hearing", hearing.take, access=Access.DESK),
    route("POST", f"{THREAD}/closing", closing.close, access=Access.DESK, name="cases-close"),
    route("POST", f"{THREAD}/reopening", closing.reopen, access=Access.DESK, name="cases-reopen"),
    route("GET", f"{AT}threads", many.threads, access=Access.DESK, name="cases-threads"),
    route("POST", f"{AT}desks/<id16:desk>/declarations", many.declare, access=Access.DESK, name="cases-declare-many"),
    route("POST", f"{AT}desks/<id16:desk>/reading", many.read, access=Access.DESK, name="cases-read-many"),
    route("GET", f"{AT}desks/<id16:desk>/aside", many.batches, access=Access.DESK, name="cases-batches"),
    route("POST", f"{AT}desks/<id16:desk>/aside", many.set_aside, access=Access.DESK, name="cases-aside"),
    route("POST", f"{THREAD}/taking-up", closing.take_up, access=Access.DESK, name="cases-take-up"),
    route("GET", f"{AT}retention", deletions.board, access=Access.DESK, name="cases-retention"),
    route("GET", f"{AT}retention/late", deletions.late, access=Access.WATCHES_CLOCKS, name="cases-retention-late"),
    route("GET", f"{AT}certificates", deletions.certificates, access=Access.SIGNED_IN, name="cases-certificates"),
    route("GET", f"{THREAD}/retention", deletions.of_thread, access=Access.DESK, name="cases-retention-of"),
    route("POST", f"{THREAD}/hold", deletions.hold, access=Access.DESK, name="cases-hold"),
    route("POST", f"{THREAD}/hold/agreement", deletions.agree_hold, access=Access.DESK),
    route("POST", f"{AT}desks/<id16:desk>/deletions", deletions.ask, access=Access.DESK, name="cases-deletions"),
    route(
        "POST", f"{AT}deletions/<id16:request_id>/agreement", deletions.agree, access=Access.DESK, name="cases-delete"
    ),
    # Documents without content, like the workbench itself: what is shown in them only a member's own worker can open.
    route("GET", f"{FILE}helper.js", files.helper, access=Access.ANYONE, name="cases-file-helper"),
    route("GET", f"{FILE}player", files.player, access=Access.ANYONE, name="cases-file-player"),
    route("GET", f"{VIEWER}picture", files.picture, access=Access.ANYONE, name="cases-viewer-picture"),
    route("GET", f"{VIEWER}document", files.document, access=Access.ANYONE, name="cases-viewer-document"),
)

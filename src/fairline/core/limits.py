"""Limits and lifetimes, each with its reason: the one file for Python, generated into ``web/seal/limits.gen.ts``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Self


class Limit(int):
    """A number with its unit and the reason why it is not another one."""

    unit: str
    reason: str

    def __new__(cls, value: int, unit: str, reason: str) -> Self:
        """Make the number; ``unit`` and ``reason`` are for people and for the generated file."""
        limit = super().__new__(cls, value)
        limit.unit = unit
        limit.reason = reason
        return limit


PART_MAX: Final = Limit(
    32 * (64 * 1024 + 16) + (64 << 10) + 16, "bytes", "a part of an attachment: 32 sealed chunks, the first with header"
)
REPORT_BODY_MAX: Final = Limit(
    PART_MAX + (8 << 10), "bytes", "one part of an attachment and its head; a report with all its copies is about 37 kB"
)
OFFICE_BODY_MAX: Final = Limit(
    8 << 20, "bytes", "a charter, its roster and the key files of a large desk in one request"
)
PUBLIC_BODY_MAX: Final = Limit(64 << 10, "bytes", "nobody sends anything to the public door")
HEADER_MAX: Final = Limit(16_384, "bytes", "no header of ours is long; long ones only fill memory")
CONNECTIONS_MAX: Final = Limit(
    4000, "connections", "with 100, a hundred stalled uploads shut every honest reporter out; each takes some kilobytes"
)
CHANNEL_SILENCE: Final = Limit(30, "seconds", "a silent connection is given up, long enough for a train's tunnel")
CROWDED_SILENCE: Final = Limit(3, "seconds", "where a door is crowded, who says nothing makes room for who does")
HEADER_PATIENCE: Final = Limit(10, "seconds", "a header is one packet; one that drips only takes up room")
BODY_PATIENCE: Final = Limit(60, "seconds", "for a body or an answer, on top of what the slowest line takes")
SLOWEST_LINE: Final = Limit(2048, "bytes a second", "the oldest mobile networks; below it a connection is given up")
TEXT_BODY_MAX: Final = Limit(
    320 << 10, "bytes", "a report of 32 kB of text with own copy, name and nine shares is about 290 kB when sealed"
)
BODIES_IN_FLIGHT: Final = Limit(
    256 << 20, "bytes", "of texts, and again of larger bodies, in one process: 128 parts of files, 800 long reports"
)
PRESSED: Final = Limit(30, "seconds", "after a refusal for want of room: so long whoever holds some is hurried")
HURRIED_TEXT: Final = Limit(
    20, "seconds", "for a text where room is short: a usual report on the slowest line has that"
)
HURRIED_FILE: Final = Limit(60, "seconds", "for a part of a file where room is short: a slow line of today has that")
FILE_BODY_LEAST: Final = Limit(16 << 10, "bytes", "what asks for a part of a file is shorter, what sends one longer")
THREADS: Final = Limit(4, "threads", "requests are short and buffered; more threads only wait for the database")

WORK_COST: Final = Limit(1000, "rounds", "a try costs a browser more than asking for it, and the door a fifth of a ms")
WORK_BITS: Final = Limit(8, "bits", "a second on an old phone, in the mean, while the person writes")
WORK_STEPS: Final = Limit(
    2, "bits", "each doubles the work; at the top 999 of 1000 old phones are done within 30 seconds (decision 0049)"
)
WORK_SPAN: Final = Limit(600, "seconds", "of one nonce: long enough to say nothing about when a page was opened")
WORK_SPANS: Final = Limit(6, "spans", "an hour for who writes slowly; longer only lets who floods lay up a stock")

ENVELOPE_HEADER_MAX: Final = Limit(64 << 10, "bytes", "as the format has it; a longer header is refused unread")
JSON_DEPTH_MAX: Final = Limit(16, "levels", "as the format has it; deeper nesting only serves to exhaust a parser")
FILES_MAX: Final = Limit(100, "files", "as the format has it, in one envelope")
REFERRED_FILES_MAX: Final = Limit(
    32 << 20, "bytes", "files that go along with one referral: documents and pictures, no film; the rest is asked for"
)
REFERRED_FILES_ALL: Final = Limit(
    512 << 20, "bytes", "files of all referrals that wait: another office that is away for weeks fills no disk of ours"
)
ATTACHMENT_MAX: Final = Limit(4 << 30, "bytes", "as the format has it; two hours of film from a telephone")
PARTS_MAX: Final = Limit(2048, "parts", "as the format has it: so many has the longest attachment")
UNNAMED_DAYS: Final = Limit(7, "days", "as long as a draft: who has not sent the report by then begins anew")
UNNAMED_MAX: Final = Limit(
    20 << 30, "bytes", "a desk, unfinished or unread: five of the longest files at once; a flood fills no usual disk"
)
UNNAMED_LEAST: Final = Limit(64 << 10, "bytes", "a small part counts as this: a file costs a disk more than its bytes")
OWN_MAX: Final = Limit(256 << 10, "bytes", "a long report in the making, a hundred file keys, and nobody's store")
DRAFTS_MAX: Final = Limit(1 << 30, "bytes", "all drafts of an office: some ten thousand; more is a flood, not people")
DISK_FILES: Final = Limit(85, "percent", "of a disk; above it files wait, so that a text never has to")
DISK_TEXT: Final = Limit(95, "percent", "of a disk; above it only the text of reports and messages is taken")
DISK_RESERVE_SHARE: Final = Limit(2, "percent", "of a disk is kept for the office: to sign in, to delete, to close")
DISK_RESERVE_LEAST: Final = Limit(8 << 20, "bytes", "two write-ahead logs of SQLite; a night and some sign-ins fit")
DISK_RESERVE_MOST: Final = Limit(1 << 30, "bytes", "no office needs more to make room, however large its disk is")

MAILBOX_PAGE: Final = Limit(64 << 10, "bytes", "every mailbox answer has this size, so that its length tells nothing")

ARRIVALS_PAGE: Final = Limit(
    1000, "reports", "of one desk in one answer: a hundred thousand come in a hundred answers that nobody waits behind"
)
INDEX_PAGE_MAX: Final = Limit(1280 << 10, "bytes", "500 entries with the longest texts, filled up, are 1.1 MB")
INDEX_DELTA_MAX: Final = Limit(192 << 10, "bytes", "64 entries with the longest texts, filled up, are 160 KiB")
INDEX_FOLD: Final = Limit(
    500, "entries", "so many wait before they are written into pages, all of them read at unlocking"
)
INDEX_DELTAS_MAX: Final = Limit(4096, "deltas", "who adds more without folding has a broken page; nobody else waits")
INDEX_PAGES_MAX: Final = Limit(20_000, "pages", "ten million reports of one desk")
VIEWED_BYTES_MAX: Final = Limit(
    128 << 20, "bytes", "a viewer holds the whole of a file in memory; what is larger is played by pieces or saved"
)
EXPORTED_FILES_MAX: Final = Limit(
    800_000_000, "bytes", "go through a browser piece by piece; an archive of 1 GiB holds them, and one more round them"
)
CASE_FILE_MAX: Final = Limit(
    1 << 30, "bytes", "of an exported case; a browser and a terminal open no larger, and an archive of ours is none"
)
VIEWED_POINTS_MAX: Final = Limit(
    100_000_000, "picture points", "400 MB when decoded; a file of some bytes can name a thousand million points"
)
VIEWED_PAGES_MAX: Final = Limit(500, "pages", "a document can name more pages than a browser has memory for")
COVERED_PAGES_MAX: Final = Limit(
    100, "pages", "of a covered copy, each a picture of half a megabyte; somebody has looked at every one of them"
)
COVERED_DENSITY: Final = Limit(200, "points an inch", "of a covered page: the small print of a form stays readable")
COVERED_POINTS_MAX: Final = Limit(
    8_000_000, "picture points", "of a covered page: a sheet of A3 at full density; larger ones are drawn coarser"
)

CHARTER_DAYS: Final = Limit(120, "days", "so long can a stale charter be shown to a first visitor at most")
CHARTER_DAYS_MAX: Final = Limit(180, "days", "browsers refuse a charter that claims to be valid for longer")
CHARTER_WARNING_DAYS: Final = Limit(60, "days", "an office has this long to sign the next charter, holidays included")
EPOCH_DAYS: Final = Limit(90, "days", "a stolen epoch seed opens the arrivals of one season at most")
INVITATION_DAYS: Final = Limit(7, "days", "long enough for a week's leave, short enough for a link that lies about")
COPY_DAYS: Final = Limit(90, "days", "a translator or expert needs no longer; what stays out is forgotten there")
COPY_BYTES: Final = Limit(600 << 10, "bytes", "the longest text of a report with its seals, filled up")
COPIES_MAX: Final = Limit(200, "documents", "given away of one case: more is a second case file outside the case")
COPY_ANSWERS_MAX: Final = Limit(20, "answers", "to one document: a translation comes in parts, a flood does not")
ABSENCE_DAYS: Final = Limit(366, "days", "a year's leave; who is away for longer hands over for good")
DUE_SOON_DAYS: Final = Limit(7, "days", "what is due within a week counts as due where work is handed on")
ERASURE_DAYS: Final = Limit(7, "days", "a request to delete a file to which nobody agreed in a week has fallen")
HELD_DAYS: Final = Limit(7, "days", "a triage that nobody confirmed in a week goes back to the desk")
SET_ASIDE_DAYS: Final = Limit(
    60, "days", "a person can ask for a second look for this long before anything is shredded"
)
RETENTION_WARNING_DAYS: Final = Limit(
    14, "days", "before something may be deleted, so that a hold or a last look can come first"
)
RETENTION_LATE_DAYS: Final = Limit(
    14, "days", "what should be deleted and is still here after this long is shown to leads and oversight"
)
MAILBOX_AFTER_DAYS: Final = Limit(
    90, "days", "a mailbox outlives its case by this, as its reader was told at sending: never make it shorter"
)
BACKUP_DAYS: Final = Limit(30, "days", "what was deleted in the office dies in the copies too, within this time")
LEGAL_HOLD_DAYS: Final = Limit(366, "days", "a hold is looked at by two people once a year, or it ends")
HOLD_AGAIN_DAYS: Final = Limit(
    30, "days", "nobody holds one report back for ever alone: who found no second person for a hold waits so long"
)
DRAFT_DAYS: Final = Limit(7, "days", "a draft is the most telling thing a server could keep")
NOTE_BYTES: Final = Limit((64 << 10) + 28, "bytes", "the longest note of an intake as its author's browser seals it")
NOTES_MAX: Final = Limit(50, "notes", "of one member: who leaves more unfiled has forgotten them")
NOTE_DAYS: Final = Limit(30, "days", "a note that nobody goes on with is forgotten: somebody told it in confidence")
SESSION_IDLE: Final = Limit(30 * 60, "seconds", "an unattended desk in an open office")
SESSION_LIFE: Final = Limit(10 * 60 * 60, "seconds", "one working day, so that each begins with a sign-in")
STATISTICS_LEAST: Final = Limit(5, "reports", "a smaller cell in a public table could point at a person")

BODY_MAX: Final[Mapping[str, int]] = MappingProxyType(
    {"report": REPORT_BODY_MAX, "office": OFFICE_BODY_MAX, "public": PUBLIC_BODY_MAX},
)


def limits() -> Mapping[str, Limit]:
    """Return every limit of this file by its name, in the file's order."""
    return {name: value for name, value in globals().items() if isinstance(value, Limit)}

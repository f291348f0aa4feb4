// Made from src/fairline/core/limits.py by bin/generate: change them there.
/** bytes: a part of an attachment: 32 sealed chunks, the first with header */
export const PART_MAX = 2163216;
/** bytes: one part of an attachment and its head; a report with all its copies is about 37 kB */
export const REPORT_BODY_MAX = 2171408;
/** bytes: a charter, its roster and the key files of a large desk in one request */
export const OFFICE_BODY_MAX = 8388608;
/** bytes: nobody sends anything to the public door */
export const PUBLIC_BODY_MAX = 65536;
/** bytes: no header of ours is long; long ones only fill memory */
export const HEADER_MAX = 16384;
/** connections: with 100, a hundred stalled uploads shut every honest reporter out; each takes some kilobytes */
export const CONNECTIONS_MAX = 4000;
/** seconds: a silent connection is given up, long enough for a train's tunnel */
export const CHANNEL_SILENCE = 30;
/** seconds: where a door is crowded, who says nothing makes room for who does */
export const CROWDED_SILENCE = 3;
/** seconds: a header is one packet; one that drips only takes up room */
export const HEADER_PATIENCE = 10;
/** seconds: for a body or an answer, on top of what the slowest line takes */
export const BODY_PATIENCE = 60;
/** bytes a second: the oldest mobile networks; below it a connection is given up */
export const SLOWEST_LINE = 2048;
/** bytes: a report of 32 kB of text with own copy, name and nine shares is about 290 kB when sealed */
export const TEXT_BODY_MAX = 327680;
/** bytes: of texts, and again of larger bodies, in one process: 128 parts of files, 800 long reports */
export const BODIES_IN_FLIGHT = 268435456;
/** seconds: after a refusal for want of room: so long whoever holds some is hurried */
export const PRESSED = 30;
/** seconds: for a text where room is short: a usual report on the slowest line has that */
export const HURRIED_TEXT = 20;
/** seconds: for a part of a file where room is short: a slow line of today has that */
export const HURRIED_FILE = 60;
/** bytes: what asks for a part of a file is shorter, what sends one longer */
export const FILE_BODY_LEAST = 16384;
/** threads: requests are short and buffered; more threads only wait for the database */
export const THREADS = 4;
/** rounds: a try costs a browser more than asking for it, and the door a fifth of a ms */
export const WORK_COST = 1000;
/** bits: a second on an old phone, in the mean, while the person writes */
export const WORK_BITS = 8;
/** bits: each doubles the work; at the top 999 of 1000 old phones are done within 30 seconds (decision 0049) */
export const WORK_STEPS = 2;
/** seconds: of one nonce: long enough to say nothing about when a page was opened */
export const WORK_SPAN = 600;
/** spans: an hour for who writes slowly; longer only lets who floods lay up a stock */
export const WORK_SPANS = 6;
/** bytes: as the format has it; a longer header is refused unread */
export const ENVELOPE_HEADER_MAX = 65536;
/** levels: as the format has it; deeper nesting only serves to exhaust a parser */
export const JSON_DEPTH_MAX = 16;
/** files: as the format has it, in one envelope */
export const FILES_MAX = 100;
/** bytes: files that go along with one referral: documents and pictures, no film; the rest is asked for */
export const REFERRED_FILES_MAX = 33554432;
/** bytes: files of all referrals that wait: another office that is away for weeks fills no disk of ours */
export const REFERRED_FILES_ALL = 536870912;
/** bytes: as the format has it; two hours of film from a telephone */
export const ATTACHMENT_MAX = 4294967296;
/** parts: as the format has it: so many has the longest attachment */
export const PARTS_MAX = 2048;
/** days: as long as a draft: who has not sent the report by then begins anew */
export const UNNAMED_DAYS = 7;
/** bytes: a desk, unfinished or unread: five of the longest files at once; a flood fills no usual disk */
export const UNNAMED_MAX = 21474836480;
/** bytes: a small part counts as this: a file costs a disk more than its bytes */
export const UNNAMED_LEAST = 65536;
/** bytes: a long report in the making, a hundred file keys, and nobody's store */
export const OWN_MAX = 262144;
/** bytes: all drafts of an office: some ten thousand; more is a flood, not people */
export const DRAFTS_MAX = 1073741824;
/** percent: of a disk; above it files wait, so that a text never has to */
export const DISK_FILES = 85;
/** percent: of a disk; above it only the text of reports and messages is taken */
export const DISK_TEXT = 95;
/** percent: of a disk is kept for the office: to sign in, to delete, to close */
export const DISK_RESERVE_SHARE = 2;
/** bytes: two write-ahead logs of SQLite; a night and some sign-ins fit */
export const DISK_RESERVE_LEAST = 8388608;
/** bytes: no office needs more to make room, however large its disk is */
export const DISK_RESERVE_MOST = 1073741824;
/** bytes: every mailbox answer has this size, so that its length tells nothing */
export const MAILBOX_PAGE = 65536;
/** reports: of one desk in one answer: a hundred thousand come in a hundred answers that nobody waits behind */
export const ARRIVALS_PAGE = 1000;
/** bytes: 500 entries with the longest texts, filled up, are 1.1 MB */
export const INDEX_PAGE_MAX = 1310720;
/** bytes: 64 entries with the longest texts, filled up, are 160 KiB */
export const INDEX_DELTA_MAX = 196608;
/** entries: so many wait before they are written into pages, all of them read at unlocking */
export const INDEX_FOLD = 500;
/** deltas: who adds more without folding has a broken page; nobody else waits */
export const INDEX_DELTAS_MAX = 4096;
/** pages: ten million reports of one desk */
export const INDEX_PAGES_MAX = 20000;
/** bytes: a viewer holds the whole of a file in memory; what is larger is played by pieces or saved */
export const VIEWED_BYTES_MAX = 134217728;
/** bytes: go through a browser piece by piece; an archive of 1 GiB holds them, and one more round them */
export const EXPORTED_FILES_MAX = 800000000;
/** bytes: of an exported case; a browser and a terminal open no larger, and an archive of ours is none */
export const CASE_FILE_MAX = 1073741824;
/** picture points: 400 MB when decoded; a file of some bytes can name a thousand million points */
export const VIEWED_POINTS_MAX = 100000000;
/** pages: a document can name more pages than a browser has memory for */
export const VIEWED_PAGES_MAX = 500;
/** pages: of a covered copy, each a picture of half a megabyte; somebody has looked at every one of them */
export const COVERED_PAGES_MAX = 100;
/** points an inch: of a covered page: the small print of a form stays readable */
export const COVERED_DENSITY = 200;
/** picture points: of a covered page: a sheet of A3 at full density; larger ones are drawn coarser */
export const COVERED_POINTS_MAX = 8000000;
/** days: so long can a stale charter be shown to a first visitor at most */
export const CHARTER_DAYS = 120;
/** days: browsers refuse a charter that claims to be valid for longer */
export const CHARTER_DAYS_MAX = 180;
/** days: an office has this long to sign the next charter, holidays included */
export const CHARTER_WARNING_DAYS = 60;
/** days: a stolen epoch seed opens the arrivals of one season at most */
export const EPOCH_DAYS = 90;
/** days: long enough for a week's leave, short enough for a link that lies about */
export const INVITATION_DAYS = 7;
/** days: a translator or expert needs no longer; what stays out is forgotten there */
export const COPY_DAYS = 90;
/** bytes: the longest text of a report with its seals, filled up */
export const COPY_BYTES = 614400;
/** documents: given away of one case: more is a second case file outside the case */
export const COPIES_MAX = 200;
/** answers: to one document: a translation comes in parts, a flood does not */
export const COPY_ANSWERS_MAX = 20;
/** days: a year's leave; who is away for longer hands over for good */
export const ABSENCE_DAYS = 366;
/** days: what is due within a week counts as due where work is handed on */
export const DUE_SOON_DAYS = 7;
/** days: a request to delete a file to which nobody agreed in a week has fallen */
export const ERASURE_DAYS = 7;
/** days: a triage that nobody confirmed in a week goes back to the desk */
export const HELD_DAYS = 7;
/** days: a person can ask for a second look for this long before anything is shredded */
export const SET_ASIDE_DAYS = 60;
/** days: before something may be deleted, so that a hold or a last look can come first */
export const RETENTION_WARNING_DAYS = 14;
/** days: what should be deleted and is still here after this long is shown to leads and oversight */
export const RETENTION_LATE_DAYS = 14;
/** days: a mailbox outlives its case by this, as its reader was told at sending: never make it shorter */
export const MAILBOX_AFTER_DAYS = 90;
/** days: what was deleted in the office dies in the copies too, within this time */
export const BACKUP_DAYS = 30;
/** days: a hold is looked at by two people once a year, or it ends */
export const LEGAL_HOLD_DAYS = 366;
/** days: nobody holds one report back for ever alone: who found no second person for a hold waits so long */
export const HOLD_AGAIN_DAYS = 30;
/** days: a draft is the most telling thing a server could keep */
export const DRAFT_DAYS = 7;
/** bytes: the longest note of an intake as its author's browser seals it */
export const NOTE_BYTES = 65564;
/** notes: of one member: who leaves more unfiled has forgotten them */
export const NOTES_MAX = 50;
/** days: a note that nobody goes on with is forgotten: somebody told it in confidence */
export const NOTE_DAYS = 30;
/** seconds: an unattended desk in an open office */
export const SESSION_IDLE = 1800;
/** seconds: one working day, so that each begins with a sign-in */
export const SESSION_LIFE = 36000;
/** reports: a smaller cell in a public table could point at a person */
export const STATISTICS_LEAST = 5;

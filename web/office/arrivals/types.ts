/**
 * What the worker tells the workbench: plain values that can be copied between the two, and never a key. Words of a
 * report are in them only after this member has declared that nothing in it concerns them.
 */

import type { DoneWord } from "../../workers/reports/parcel.js";
import type { AskedFor } from "../../seal/bodies.js";
import type { Outcome, Slip } from "../../seal/closing.js";
import type { Why } from "../../seal/correction.js";
import type { StatementWay } from "../../seal/hearing.js";
import type { WorkLabel } from "../../seal/labels.js";
import type { Assessment } from "../../seal/notes.js";
import type { PartedWhy } from "../../seal/related.js";
import type { CaseWork, WorkNote } from "../cases/worktypes.js";
import type { How } from "../files/kinds.js";
import type { PanelStory } from "../deciding/types.js";
import type { ProtectingNote, ProtectionStory } from "../protecting/types.js";
import type { Referred } from "../referral/types.js";
import type { ListRoute } from "./route.js";

/** One arrival in the list. */
export interface Arrival {
  readonly thread: string;
  readonly desk: string;
  /** Day of arrival, `YYYY-MM-DD` in the office's time zone; there is no time. */
  readonly day: string;
  /** Day of the newest message either way. */
  readonly newest: string;
  readonly status: string;
  /** Messages and notes of others that this member has not read. */
  readonly unread: number;
  /** Who spoke last in the conversation: whose turn it is. */
  readonly waiting: "us" | "them";
  /** Whether this member has declared that they know nobody in it; until then nothing of it is opened. */
  readonly declared: boolean;
  /** A case of this member's. */
  readonly assigned: boolean;
  /** A triage came to nothing, and none has followed: a lead's to do. */
  readonly alarm: boolean;
  /** A mailbox that a member opened for somebody. */
  readonly opened: boolean;
  /** `apart`: the reporting person asked that somebody of this member's name should not read it. */
  readonly state: "sealed" | "open" | "faulty" | "apart";
  /** The first words of the report; empty while sealed. */
  readonly title: string;
  /** Filed to try the line, by the office itself; known only once it is open. */
  readonly test: boolean;
  /** Of the closed list: what is to be done next, never what somebody is. */
  readonly labels: readonly WorkLabel[];
  /** Where the words stand that were searched for. */
  readonly hit?: Found;
}

/** A place in a text. */
export interface Found {
  /** Words around the place, cut at spaces. */
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

/** One question of the form with what was written; the label is the form's own, in the page's language. */
export interface Answer {
  readonly question: string;
  readonly label: string;
  readonly text: string;
}

/** A file as a proven envelope names it; nothing of it has been opened. */
export interface AttachedFile {
  readonly blob: string;
  /** As it may be shown, and as it is saved. */
  readonly name: string;
  /** Signs that would have made the name look like another were taken out of it. */
  readonly cleaned: boolean;
  /** Bytes. */
  readonly size: number;
  /** Media type as the sender's device said, untrusted. */
  readonly type: string;
  /** What it is said to be: which button stands beside it. */
  readonly said: How;
}

interface Placed {
  readonly chain: "r" | "o" | "i";
  readonly n: number;
  /** Day of the promise, or of storing for a note. */
  readonly day: string;
  /** Instant in ISO form where the office keeps one (its own messages and notes), else empty. */
  readonly at: string;
  readonly unread: boolean;
}

export interface ReportEntry extends Placed {
  readonly kind: "report";
  readonly answers: readonly Answer[];
  readonly files: readonly AttachedFile[];
  readonly language: string;
}

export interface TextEntry extends Placed {
  readonly kind: "message" | "note" | "notice";
  /** True for the office's own, false for the reporting person's. */
  readonly ours: boolean;
  /** Name of the member who signed it, from the proven roster entry; empty for the reporting person. */
  readonly author: string;
  /** Whether this member wrote it. */
  readonly mine: boolean;
  readonly text: string;
  readonly files: readonly AttachedFile[];
  readonly language: string;
  /** How the case ended, where this message says so. */
  readonly closing: Slip | null;
  /** What the office that referred this says has changed since; only where a referral is proven. */
  readonly correction: { readonly why: Why; readonly outcome: Outcome | "" } | null;
  /** What a message of the reporting person changed beside its words. */
  readonly beside: readonly ("contact" | "withdrawal" | "name" | AskedFor)[];
}

/** Something that happened and has no words of its own. */
export interface EventEntry extends Placed {
  readonly kind: "rekey" | "withdrawal" | "opening";
}

/** A file of a case that goes to a helper outside, and what it is called for them. */
export interface GoingFile {
  readonly blob: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
}

/** A mailbox that belongs to this case, or the case of this mailbox. */
export interface TiedEntry extends Placed {
  readonly kind: "tied";
  readonly thread: string;
  readonly side: "mailbox" | "case";
  readonly purpose: string;
  /** The file of the case that goes to the mailbox once that is open; null where none does. */
  readonly file: GoingFile | null;
}

/** Another report tells of the same event, or does not any more. */
export interface RelatedEntry extends Placed {
  readonly kind: "related";
  readonly author: string;
  readonly mine: boolean;
  /** Id of the other report. */
  readonly thread: string;
  /** Why it does not any more; empty where it does. */
  readonly why: PartedWhy | "";
}

/** This case was taken in of an exported one. */
export interface TakenEntry extends Placed {
  readonly kind: "taken";
  readonly author: string;
  readonly mine: boolean;
  /** The day of the export. */
  readonly exported: string;
}

/** A step of hearing a person concerned. */
export interface HearingEntry extends Placed {
  readonly kind: "hearing";
  readonly author: string;
  readonly mine: boolean;
  readonly text: string;
  readonly language: string;
  /** What an agreement names a draft by. */
  readonly c: string;
  readonly step:
    | { readonly step: "draft"; readonly days: number }
    | { readonly step: "agreed"; readonly draft: string }
    | { readonly step: "heard"; readonly how: StatementWay };
}

/** A step of protecting somebody. */
export interface ProtectionEntry extends Placed {
  readonly kind: "protection";
  readonly author: string;
  readonly mine: boolean;
  readonly note: ProtectingNote;
  readonly text: string;
  readonly language: string;
}

/** A question to a panel, or its end. */
export interface PanelEntry extends Placed {
  readonly kind: "panel";
  readonly step: "asked" | "ended";
  readonly text: string;
  readonly language: string;
}

/** From here on these people read. */
export interface HandoverEntry extends Placed {
  readonly kind: "handover";
  /** Member ids. */
  readonly people: readonly string[];
}

/** This was passed on to another office. */
export interface ReferralEntry extends Placed {
  readonly kind: "referral";
  readonly mine: boolean;
  readonly author: string;
  readonly host: string;
  readonly names: Readonly<Record<string, string>>;
}

/** What triage found. */
export interface TriageEntry extends Placed {
  readonly kind: "triage";
  readonly author: string;
  readonly mine: boolean;
  readonly found: Assessment;
}

/** A file that failed a check. It is named, and never shown as if it were an answer. */
export interface FaultEntry extends Placed {
  readonly kind: "fault";
  readonly code: string;
}

/** A member gave the report these labels and no others. */
export interface LabelsEntry extends Placed {
  readonly kind: "labels";
  readonly author: string;
  readonly mine: boolean;
  readonly labels: readonly WorkLabel[];
}

/** Daily work on the case: a task, an entry of the chronology, evidence, a letter. */
export interface WorkEntry extends Placed {
  readonly kind: "work";
  readonly author: string;
  readonly mine: boolean;
  readonly note: WorkNote;
  readonly text: string;
  readonly language: string;
}

export type Entry = ReportEntry | TextEntry | EventEntry | HandoverEntry | TriageEntry | LabelsEntry | WorkEntry | TiedEntry | HearingEntry | ProtectionEntry | PanelEntry | ReferralEntry | TakenEntry | RelatedEntry | FaultEntry;

/** A person of the office who may read this, as the newest charter says. */
export interface Reader {
  readonly id: string;
  readonly name: string;
  readonly lead: boolean;
}

/** Who closed it, as the signed closings in it prove. */
export interface Closings {
  /** Id of the member who signed the newest; empty where there is none. */
  readonly last: string;
  /** Numbers (chain o) of those that are signed by who signed the one before. */
  readonly alike: readonly number[];
}

/** What a member did here, and when. */
export interface Doing {
  readonly what: DoneWord;
  readonly member: string;
  readonly chain: "" | "o" | "i";
  readonly at: string;
  /** The attachment that was opened; else empty. */
  readonly blob: string;
  /** The number of the keys that were taken over; -1 for all else. */
  readonly generation: number;
}

/** How far a report has come on its way to a case. */
export interface CaseStory {
  /** Ids of those who are assigned: as the proven keys say for who holds them, else as the server does. */
  readonly people: readonly string[];
  /** Whether this member is one of them, and their keys are proven. */
  readonly mine: boolean;
  readonly triagedBy: string;
  readonly confirmed: boolean;
  readonly alarm: "" | "refused" | "lapsed";
  /** Codes of what a second person must not confirm. */
  readonly faults: readonly string[];
  /** Ids of members who are not to see it; only who holds the keys knows. */
  readonly barred: readonly string[];
  /** Number of the keys in force. */
  readonly generation: number;
  /** Ids of those who hold them and did not hold the keys before. */
  readonly joined: readonly string[];
  /** How many messages and notes this browser could not open or prove. */
  readonly unreadable: number;
}

/** One report with all that belongs to it, opened and verified. */
/** A sealed name, by the place on chain r of what it came with. */
export interface SealedName {
  readonly n: number;
  readonly day: string;
}

export interface Story {
  readonly thread: string;
  readonly desk: string;
  readonly day: string;
  readonly status: string;
  readonly entries: readonly Entry[];
  readonly doings: readonly Doing[];
  readonly language: string;
  /** How the reporting person agreed to be reached; empty if they gave nothing or took it back. */
  readonly contact: string;
  /** The day on which they took it back; empty if they did not, or gave another since. */
  readonly withdrawn: string;
  /** Their name, where they gave it to those who read the report; a name under seal is never here. */
  readonly name: string;
  /** Where a sealed name came along: with the report always, whether it holds one or none; later only where one was given. */
  readonly sealedNames: readonly SealedName[];
  /** People who, so the reporting person asks, should not read it. */
  readonly mustNotSee: readonly string[];
  /** False where the receipt was declined: nobody can read an answer. */
  readonly answerable: boolean;
  /** Where a member opened it: for what, until when it stays at least, and whether its holder has words of their own. */
  readonly opened: { readonly purpose: string; readonly until: string; readonly own: boolean } | null;
  /** The last day on which the words of its holder open it; null where it has none. */
  readonly ends: string | null;
  /** What the reporting person remembers of an earlier report whose words they lost; mostly empty. */
  readonly continues: string;
  /** Why a member filed it, proven; empty where none did. */
  readonly purpose: "" | "intake" | "own name" | "referral" | "test";
  /** Who that was: what reporting persons call them, and whether it is this member. */
  readonly filer: { readonly id: string; readonly alias: string; readonly mine: boolean } | null;
  /** It says that a member filed it, and nothing proves that. */
  readonly unproven: boolean;
  /** Which other office referred it, proven; null where none did. */
  readonly referred: Referred | null;
  /** Whether the report concerns the office itself. */
  readonly complaint: boolean;
  /** Once somebody has triaged it. */
  readonly case: CaseStory | null;
  /** As its newest note that sets any has them. */
  readonly labels: readonly WorkLabel[];
  readonly closings: Closings;
  /** Tasks, chronology, evidence and letters, as they stand now. */
  readonly work: CaseWork;
  /** What is done to protect somebody, as it stands now. */
  readonly protection: ProtectionStory;
  /** The newest question to a panel; null where none was put. */
  readonly panel: PanelStory | null;
  /** The day on which the acknowledgement was promised to be in the record. */
  readonly promised: string;
}

/** What opening one report came to. */
export type Opened =
  /** `lacks`: hash of the sheet whose form must be learned before the answers stand under their questions; mostly empty. */
  | { readonly state: "open"; readonly story: Story; readonly lacks: string }
  | { readonly state: "undeclared"; readonly arrival: Arrival }
  /** The reporting person asked that somebody of this member's name should not read it: no word of it is here. */
  | { readonly state: "apart"; readonly arrival: Arrival }
  | { readonly state: "gone" };

/** How many reports there are of each kind that the list can show. */
export type Counts = Readonly<Record<ListRoute["shown"], number>>;

/** Which rows of which list are asked for. */
export interface ListQuery extends Omit<ListRoute, "at"> {
  /** Words searched for; they live in the page and in the worker and nowhere else. */
  readonly words: string;
  /** A report whose place is asked for, or empty. */
  readonly thread: string;
  /** With `around`: so many rows before `thread` and up to (not with) so many after it; else places from 0. */
  readonly around: boolean;
  readonly from: number;
  readonly to: number;
}

/** Some rows of the list as it stands now. */
export interface Listing {
  /** The words that these rows hold. */
  readonly words: string;
  /** How many rows the list has. */
  readonly total: number;
  /** Place of the first of `rows`. */
  readonly from: number;
  readonly rows: readonly Arrival[];
  /** Place of the report that was asked for, -1 where the list does not show it. */
  readonly at: number;
  readonly counts: Counts;
  /** Whether all of the list and of the index has been read. */
  readonly whole: boolean;
}

/** Writes a message to the reporting person, or a note for the desk: signed by the member, sealed once for each audience. */

import type { WorkNote } from "../../office/cases/worktypes.js";
import { writeMessage, type ReporterKeys } from "../../seal/bodies.js";
import type { Protecting } from "../../seal/protecting.js";
import type { Hearing, Tied } from "../../seal/hearing.js";
import type { Slip } from "../../seal/closing.js";
import type { FileName } from "../../seal/envelope.js";
import { RefusedError } from "../../seal/errors.js";
import type { WorkLabel } from "../../seal/labels.js";
import { writeNote } from "../../seal/notes.js";
import type { PanelNote } from "../../seal/panel.js";
import { postParcel, sealPost } from "../../seal/post.js";
import { b64 } from "../../seal/primitives.js";
import type { Related } from "../../seal/related.js";
import type { Passed } from "../../seal/referral.js";
import type { Recipient } from "../../seal/recipients.js";
import { isOpening } from "../../seal/thread.js";
import type { Keyring } from "../keyring.js";
import { caseNote } from "./casenotes.js";
import type { OpenThread } from "./opening.js";

export interface Written {
  readonly chain: "o" | "i";
  readonly text: string;
  readonly language: string;
  /** The report's labels from here on; on a note only. */
  readonly labels?: readonly WorkLabel[];
  /** Daily work on a case; on a note only. */
  readonly work?: WorkNote;
  /** A mailbox that belongs to this case, or a step of hearing somebody; on a note only. */
  readonly tied?: Tied;
  readonly hearing?: Hearing;
  /** That another report tells of the same event, or does not any more; on a note only. */
  readonly related?: Related;
  /** A step of protecting somebody; on a note only. */
  readonly protection?: Protecting;
  /** A question to a panel, or its end; on a note only. */
  readonly panel?: PanelNote;
  /** Files that go with it: the server holds them whole. */
  readonly files?: readonly FileName[];
  /** How a case ends; in a message only. */
  readonly closing?: Slip;
  /** The code of a letter of clearance; in a message only. */
  readonly clearance?: Uint8Array;
  /** What was passed on to another office; on a note only. */
  readonly referral?: Passed;
}

/**
 * The parcel of one new post.
 *
 * @throws RefusedError `unanswerable`, `audience` where the desk's key in force is not the one the thread names,
 *   `not-proven` where the report itself failed a check: nobody writes to keys that nothing proves
 */
export async function writePost(open: OpenThread, keys: Keyring, written: Written): Promise<Uint8Array> {
  return (await writeNamed(open, keys, written)).parcel;
}

/** The same, with the `c` by which an act names it. */
export async function writeNamed(open: OpenThread, keys: Keyring, written: Written): Promise<{ readonly parcel: Uint8Array; readonly c: Uint8Array }> {
  const { sealed, thread } = open;
  const { chain, text, language, labels, tied, hearing, closing, clearance, work, referral, protection, panel, related } = written;
  const audience = currentRecipient(open, keys);
  const toThem = chain === "o" ? reporterOf(open) : undefined;
  const { place: { entry, proof } } = keys;
  const post = await sealPost({
    office: keys.office, desk: sealed.desk, thread: sealed.thread, chain, kind: chain === "o" ? "message" : "note",
    n: (sealed.heads.get(chain) ?? -1) + 1, prev: thread.chains.newest(chain),
    seen: chain === "o" || protection !== undefined ? thread.chains.newest("r") : undefined,
    files: written.files,
    body: chain === "o" ? writeMessage({ text, language, closing, clearance })
      : writeNote({ text, language, labels, tied, hearing, case: work && caseNote(work, open), referral, protection, panel, related }),
    audience, box: toThem?.box, tag: toThem?.tag, by: { entry: entry.bytes, proof }, seed: keys.vault.sign,
  });
  const parcel = postParcel(post, {
    thread: sealed.thread, heads: { r: sealed.heads.get("r"), o: sealed.heads.get("o") },
    audience: sealed.generation === undefined ? { epoch: sealed.epoch ?? 0 } : { generation: sealed.generation },
  });
  return { parcel, c: post.c };
}

/** The case's key as its proven keys and handover give it, or the desk's as its sheet does; never what the server says. */
function currentRecipient({ sealed, thread, caseKeys }: OpenThread, keys: Keyring): Recipient {
  if (thread.handover !== undefined && caseKeys !== undefined && sealed.generation === thread.handover.generation) {
    return thread.handover.recipient;
  }
  const sheet = keys.manifest.sheets.get(b64(sealed.desk));
  if (sheet === undefined || sealed.generation !== undefined || sheet.epoch !== sealed.epoch) {
    throw new RefusedError("audience", "Other people read this now. What you wrote is still here; please see who.");
  }
  return sheet.recipient;
}

/** To whom an answer goes, and by which tag its entry is found: as the report, or its newest rekey, gave them. */
function reporterOf({ thread }: OpenThread): ReporterKeys {
  const opening = thread.posts.find(isOpening);
  if (opening !== undefined && thread.reporter !== undefined) return thread.reporter;
  if (thread.report === undefined || thread.reporter === undefined) {
    throw new RefusedError("not-proven", "The report itself failed a check, so nothing proves to whom an answer would go.");
  }
  if (!thread.report.answerable) {
    throw new RefusedError("unanswerable", "The reporting person kept no words, so nobody could read an answer.");
  }
  return thread.reporter;
}

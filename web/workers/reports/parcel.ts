/** What the server gives of one thread, read strictly. Sealed files and claims; nothing in it is proven. */

import { readPromise, type Promised } from "../../ledger/promises.js";
import { MalformedError } from "../../seal/errors.js";
import { asHash, asInteger, asObject, asText, Fields, whole } from "../../seal/fields.js";
import type { Json } from "../../seal/jsontext.js";
import { readParcel } from "../../seal/parcel.js";
import { unb64 } from "../../seal/primitives.js";

export const CHAINS = ["r", "o", "i"] as const;
export type ThreadChain = (typeof CHAINS)[number];

/** One post: what the server says of it, and the office's sealed copy where it still has one. */
export interface SealedPost {
  readonly chain: ThreadChain;
  readonly n: number;
  readonly day: string;
  readonly c: Uint8Array;
  readonly f: Uint8Array;
  readonly T: Uint8Array | undefined;
  readonly promise: Promised | undefined;
  /** H of every file as it came, the office's copy first. */
  readonly hashes: readonly Uint8Array[];
  readonly file: Uint8Array | undefined;
  /** The file is a copy that was sealed anew at triage: its bytes are not those that came, what is in it is. */
  readonly anew: boolean;
}

/** What the server says of a case. */
export interface SealedCase {
  /** Number of the `keys` in force. */
  readonly n: number;
  /** Ids of those who hold them. */
  readonly people: readonly string[];
  /** The hash over the desk's copies that triage named. */
  readonly deskCopy: Uint8Array;
  /** Number of the newest post of each chain that was the desk's to read. */
  readonly upto: ReadonlyMap<string, number>;
  readonly triagedBy: string;
  readonly confirmed: boolean;
  /** A triage came to nothing, and none has followed. */
  readonly alarm: "" | "refused" | "lapsed";
  /** The signed act that names the keys in force. */
  readonly act: { readonly what: Uint8Array; readonly sig: Uint8Array } | undefined;
  /** The keys in force for this member; undefined for who is not assigned. */
  readonly keys: Uint8Array | undefined;
}

/** Every word with which the server says what a member did: a report with another one does not open. */
const DONE = ["declared", "aside", "read", "wrote", "triaged", "confirmed", "refused", "rekeyed", "closed", "reopened", "set-aside", "set-alike", "opened", "took-over", "took-over-part", "copy-given", "copy-withdrawn", "copy-opened", "copy-answered", "copy-declined", "opened-mailbox", "took-in", "gave-outside", "ended-mailbox", "exported", "asks-deletion", "asks-hold", "held-back"] as const;

export type DoneWord = (typeof DONE)[number];

export interface Done {
  readonly member: string;
  readonly what: DoneWord;
  readonly at: string;
  readonly chain: "" | "o" | "i";
  readonly n: number | undefined;
  /** The attachment that was opened, base64url; else empty. */
  readonly blob: string;
}

export interface SealedThread {
  readonly thread: Uint8Array;
  readonly desk: Uint8Array;
  readonly day: string;
  readonly status: string;
  /** The last day on which its holder's words open it; undefined where it has none. */
  readonly until: string | undefined;
  /** The desk's epoch that newly written things must be sealed to; undefined once a case has its own keys. */
  readonly epoch: number | undefined;
  readonly generation: number | undefined;
  /** Number of the newest post of each chain. */
  readonly heads: ReadonlyMap<string, number>;
  readonly posts: readonly SealedPost[];
  /** Number of the newest post of each chain that this member has read. */
  readonly marks: ReadonlyMap<string, number>;
  readonly doings: readonly Done[];
  /** Once somebody has triaged it. */
  readonly case: SealedCase | undefined;
}

/** @throws MalformedError `parcel` and as fields do */
export function readThread(bytes: Uint8Array): SealedThread {
  const { head, files } = readParcel(bytes);
  const fields = new Fields(head);
  fields.is("v", 1);
  const audience = asObject(fields.value("audience"));
  const left = [...files];
  const posts = fields.list("posts", (value) => readPost(value, () => {
    const file = left.shift();
    if (file === undefined) throw new MalformedError("parcel", "What was sent is cut or broken.");
    return file.bytes;
  }), Number.MAX_SAFE_INTEGER);
  const found = fields.optional("case", readCase);
  return {
    thread: fields.id("thread"), desk: fields.id("desk"), day: fields.day("day"), status: fields.text("status"), until: fields.has("until") ? fields.day("until") : undefined,
    epoch: "epoch" in audience ? asInteger(audience["epoch"] ?? null) : undefined,
    generation: "generation" in audience ? asInteger(audience["generation"] ?? null) : undefined,
    heads: numbers(fields.value("heads")), posts, marks: numbers(fields.value("marks")),
    doings: fields.list("doings", readDone, Number.MAX_SAFE_INTEGER),
    case: found && { ...found, keys: left.shift()?.bytes },
  };
}

function readPost(value: Json, next: () => Uint8Array): SealedPost {
  const fields = new Fields(value);
  return {
    chain: fields.one("chain", CHAINS), n: fields.integer("n"), day: fields.day("day"),
    c: fields.hash("c"), f: fields.hash("f"), T: fields.optional("T", asHash), promise: fields.optional("promise", readPromise),
    hashes: fields.list("hashes", asHash), file: fields.flag("held") ? next() : undefined,
    anew: fields.has("anew") && fields.flag("anew"),
  };
}

function readCase(value: Json): Omit<SealedCase, "keys"> {
  const fields = new Fields(value);
  return {
    n: fields.integer("n"), people: fields.list("people", asText), deskCopy: fields.hash("desk_copy"), upto: numbers(fields.value("upto")),
    triagedBy: fields.text("triaged_by"), confirmed: fields.flag("confirmed"),
    alarm: fields.one("alarm", ["", "refused", "lapsed"] as const),
    act: fields.optional("act", (act) => whole(act, (one) => ({ what: one.bytes("what"), sig: one.bytes("sig", 64) }))),
  };
}

function readDone(value: Json): Done {
  const fields = new Fields(value);
  return {
    member: fields.text("member"), what: fields.one("what", DONE),
    at: fields.text("at"), chain: fields.has("chain") ? fields.one("chain", ["o", "i"] as const) : "",
    n: fields.has("n") ? fields.integer("n") : undefined, blob: fields.has("blob") ? fields.text("blob") : "",
  };
}

function numbers(value: Json): ReadonlyMap<string, number> {
  return new Map(Object.entries(asObject(value)).map(([chain, n]) => [chain, asInteger(n)]));
}

/** The id that an address spells; throws `base64`. */
export function threadId(text: string): Uint8Array {
  return unb64(text, 16);
}


/** What the server gives of one thread, read strictly. Sealed files and claims; nothing in it is proven. */

import { readPromise, type Promised } from "../../ledger/promises.js";
import { MalformedError } from "../../seal/errors.js";
import { asHash, asInteger, asObject, Fields } from "../../seal/fields.js";
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
}

export interface Done {
  readonly member: string;
  readonly what: "declared" | "aside" | "read" | "wrote";
  readonly at: string;
  readonly chain: "" | "o" | "i";
  readonly n: number | undefined;
}

export interface SealedThread {
  readonly thread: Uint8Array;
  readonly desk: Uint8Array;
  readonly day: string;
  readonly status: string;
  /** The desk's epoch that newly written things must be sealed to; undefined once a case has its own keys. */
  readonly epoch: number | undefined;
  readonly generation: number | undefined;
  /** Number of the newest post of each chain. */
  readonly heads: ReadonlyMap<string, number>;
  readonly posts: readonly SealedPost[];
  /** Number of the newest post of each chain that this member has read. */
  readonly marks: ReadonlyMap<string, number>;
  readonly doings: readonly Done[];
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
  return {
    thread: fields.id("thread"), desk: fields.id("desk"), day: fields.day("day"), status: fields.text("status"),
    epoch: "epoch" in audience ? asInteger(audience["epoch"] ?? null) : undefined,
    generation: "generation" in audience ? asInteger(audience["generation"] ?? null) : undefined,
    heads: numbers(fields.value("heads")), posts, marks: numbers(fields.value("marks")),
    doings: fields.list("doings", readDone, Number.MAX_SAFE_INTEGER),
  };
}

function readPost(value: Json, next: () => Uint8Array): SealedPost {
  const fields = new Fields(value);
  return {
    chain: fields.one("chain", CHAINS), n: fields.integer("n"), day: fields.day("day"),
    c: fields.hash("c"), f: fields.hash("f"), T: fields.optional("T", asHash), promise: fields.optional("promise", readPromise),
    hashes: fields.list("hashes", asHash), file: fields.flag("held") ? next() : undefined,
  };
}

function readDone(value: Json): Done {
  const fields = new Fields(value);
  return {
    member: fields.text("member"), what: fields.one("what", ["declared", "aside", "read", "wrote"] as const),
    at: fields.text("at"), chain: fields.has("chain") ? fields.one("chain", ["o", "i"] as const) : "",
    n: fields.has("n") ? fields.integer("n") : undefined,
  };
}

function numbers(value: Json): ReadonlyMap<string, number> {
  return new Map(Object.entries(asObject(value)).map(([chain, n]) => [chain, asInteger(n)]));
}

/** The id that an address spells; throws `base64`. */
export function threadId(text: string): Uint8Array {
  return unb64(text, 16);
}


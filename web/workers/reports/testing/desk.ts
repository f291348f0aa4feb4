/** A fictional desk for tests: its keys unlocked, and a server that keeps what it is given, or lies. */

import { promiseFields, signPromise } from "../../../ledger/promises.js";
import { writeMessage, type AskedFor, type IdentityCard } from "../../../seal/bodies.js";
import { sealReport, type Drop } from "../../../seal/filing.js";
import type { Json, JsonObject } from "../../../seal/jsontext.js";
import { writeManifest, type VerifiedManifest } from "../../../seal/manifest.js";
import { readParcel, writeParcel, type ParcelFile } from "../../../seal/parcel.js";
import { received, sealPost, type SealedPost } from "../../../seal/post.js";
import { b64, H, join, random } from "../../../seal/primitives.js";
import type { Proven } from "../../../seal/proven.js";
import { derive, newReceipt } from "../../../seal/receipt.js";
import { proveEntry } from "../../../seal/roster.js";
import type { Sheet } from "../../../seal/sheet.js";
import { makeStatement, type Purpose } from "../../../seal/statement.js";
import { makeOffice, TODAY, type Person, type TestOffice } from "../../../seal/testing/office.js";
import { newVault } from "../../../seal/vault.js";
import { Keyring } from "../../keyring.js";

export const WORDS = "The keys to the fuel store are copied every week.";

/** A member's unlocked keys. */
export function unlocked(office: TestOffice, person: Person): Keyring {
  const vault = { ...newVault(person.id, office.manifest.F), sign: person.seed };
  const keys = new Keyring(office.id, person.id, vault, [person.seal], random(32));
  keys.documents = writeManifest(office.files);
  const people = [office.lead, office.handler, office.stranger, office.keeper].map((one) => ({
    entry: proveEntry(one.by.entry, one.by.proof, office.manifest.charter), proof: one.by.proof,
    recipient: one.seal.recipient,
  }));
  keys.settle(office.manifest, people, []);
  keys.desks.set(b64(office.desk), new Map([[1, { number: 1, identity: office.epoch }]]));
  return keys;
}

/** What a server holds of one post. */
export interface Row {
  chain: "r" | "o" | "i";
  n: number;
  day: string;
  files: readonly ParcelFile[];
  c: Uint8Array;
  T: Uint8Array | undefined;
}

/** One report and its conversation, as the server would give it to the office. */
export class TestThread {
  readonly rows: Row[] = [];
  marks: Record<string, number> = {};
  doings: JsonObject[] = [];

  private constructor(readonly office: TestOffice, readonly drop: Drop) {
    this.keep(drop.post);
  }

  static async filed(office = makeOffice(), answers: Record<string, string> = { what: WORDS }, more: {
    mustNotSee?: readonly string[]; answerable?: boolean; contact?: string; card?: IdentityCard;
    /** A member who states to have filed it, and why. */
    test?: Person; purpose?: Purpose;
    /** What the reporting person's browser was shown, where a server shows them something else than the office. */
    shown?: { readonly charter?: VerifiedManifest["charter"]; readonly sheet?: Proven<Sheet> };
  } = {}): Promise<TestThread> {
    const sheet = office.manifest.sheets.get(b64(office.desk));
    if (sheet === undefined) throw new Error("the office has one desk");
    const receipt = newReceipt();
    const { id, signPublic } = derive(receipt, office.id);
    const statement = more.test && makeStatement(
      more.test.seed, more.purpose ?? "test", more.test.by.entry, more.test.by.proof, id, signPublic,
    );
    return new TestThread(office, await sealReport({
      charter: more.shown?.charter ?? office.manifest.charter, sheet: more.shown?.sheet ?? sheet, receipt, answers: new Map(Object.entries(answers)),
      language: "en", answerable: more.answerable ?? true, mustNotSee: more.mustNotSee, contact: more.contact, card: more.card, statement,
    }));
  }

  /** What came to an office from elsewhere. */
  static holding(office: TestOffice, drop: Drop): TestThread {
    return new TestThread(office, drop);
  }

  /** The reporting person writes again. */
  async reply(text: string, seen?: Uint8Array, protection?: AskedFor): Promise<SealedPost> {
    const { id, sign, signPublic, box, tag } = this.drop.mailbox;
    const before = this.rows.filter((row) => row.chain === "r");
    const post = await sealPost({
      office: this.office.id, desk: this.office.desk, thread: id, kind: "message", chain: "r", n: before.length,
      prev: before.at(-1)?.c, seen, body: writeMessage({ text, language: "en", protection }), audience: this.office.epoch.recipient,
      box: box.recipient, by: { key: signPublic }, seed: sign, tag,
    });
    this.keep(post);
    return post;
  }

  keep(post: SealedPost, day = TODAY): void {
    this.rows.push({ chain: post.chain, n: post.n, day, files: post.files, c: post.c, T: post.T });
  }

  /** Keep what a member's browser posted, as the server would. */
  take(parcel: Uint8Array): JsonObject {
    const { head, files } = readParcel(parcel);
    const chain = head["chain"] as "o" | "i";
    const bytes = (name: string): Uint8Array => new Uint8Array(Buffer.from(head[name] as string, "base64url"));
    this.rows.push({
      chain, n: head["n"] as number, day: TODAY, files, c: bytes("c"), T: "T" in head ? bytes("T") : undefined,
    });
    return head;
  }

  /** The parcel that the office's browser gets. */
  parcel(): Uint8Array {
    const heads: Record<string, number> = {};
    for (const row of this.rows) heads[row.chain] = Math.max(row.n, heads[row.chain] ?? 0);
    const posts = this.rows.map((row): Json => this.post(row));
    const head = {
      v: 1, thread: b64(this.drop.mailbox.id), desk: b64(this.office.desk), day: TODAY, status: "arrived",
      audience: { epoch: 1 }, heads, posts, marks: this.marks, doings: this.doings,
    };
    return writeParcel(head, this.rows.flatMap((row) => row.files.slice(0, 1)));
  }

  private post(row: Row): JsonObject {
    const f = received(row.files.map((file) => file.bytes));
    const common = {
      chain: row.chain, n: row.n, day: row.day, c: b64(row.c), f: b64(f),
      hashes: row.files.map((file) => b64(H(file.bytes))), held: true,
    };
    if (row.T === undefined) return common;
    const promise = signPromise(this.office.id, join(row.T, row.c, f), row.day, this.office.promise);
    return { ...common, T: b64(row.T), promise: promiseFields(promise) };
  }
}


import { describe, expect, it } from "vitest";

import { unseal } from "../../seal/age.js";
import type { Charter } from "../../seal/charter.js";
import type { Json, JsonObject } from "../../seal/jsontext.js";
import { shareInside } from "../../seal/opening.js";
import { readParcel, writeParcel } from "../../seal/parcel.js";
import { b64, publicKey, random, unb64 } from "../../seal/primitives.js";
import { asProven, type Proven } from "../../seal/proven.js";
import { identity, recipientHash, type Identity } from "../../seal/recipients.js";
import { buildRoster, proofOf, proveEntry, writeEntry } from "../../seal/roster.js";
import { makeOffice, TODAY } from "../../seal/testing/office.js";
import type { Keyring, Place } from "../keyring.js";
import { givenName, nameInside } from "./openname.js";
import { openThread } from "./opening.js";
import { readThread } from "./parcel.js";
import { keeperOf, lostOf, ownOf, passedOf, readShares, worked, type NameShares, type SharesTask } from "./sharing.js";
import { TestThread, unlocked } from "./testing/desk.js";

const CARD = { name: "Noor Example", contact: "555 0100", note: "" };
const LATER = "2026-03-10";

interface Keeper {
  readonly id: Uint8Array;
  readonly seed: Uint8Array;
  readonly seal: Identity;
}

/** What the server keeps of a share that went on, with its sealed file. */
interface Row {
  readonly thread: string;
  readonly message: number;
  readonly index: number;
  readonly to: string;
  readonly by: string;
  readonly gathering: boolean;
  readonly file: Uint8Array;
}

class Stage {
  readonly office = makeOffice();
  readonly keepers = [1, 2, 3, 4, 5].map((): Keeper => ({ id: random(16), seed: random(32), seal: identity(random(32)) }));
  readonly charters: Proven<Charter>[] = [];
  readonly passed: Row[] = [];
  people = new Map<string, Place>();
  threads: readonly TestThread[] = [];

  /** The next charter, in which these keep names. */
  next(from: string, k: number, ...places: readonly number[]): void {
    const people = places.map((at) => this.of(at)), number = this.charters.length;
    const entries = people.map(({ id, seed, seal }, at) => writeEntry({
      id, sign: publicKey(seed), recipient: recipientHash(seal.recipient), roles: ["custodian"], alias: `Keeper ${at}`,
    }));
    const roster = buildRoster(entries), custody = { k, custodians: people.map(({ seal }) => seal.recipient) };
    const charter = asProven({ ...this.office.manifest.charter, number, from, roster, custody });
    this.charters.unshift(charter);
    this.people = new Map(people.map(({ id, seal }, at) => {
      const proof = proofOf(roster, roster.places[at] ?? 0, number);
      return [b64(id), { entry: proveEntry(entries[at] ?? random(1), proof, charter), proof, recipient: seal.recipient }];
    }));
  }

  async reports(count = 1): Promise<void> {
    const [charter] = this.charters;
    this.threads = await Promise.all(Array.from({ length: count }, () => TestThread.filed(this.office, undefined, { card: CARD, ...charter && { shown: { charter } } })));
  }

  of(at: number): Keeper {
    const found = this.keepers[at];
    if (found === undefined) throw new Error("five keepers");
    return found;
  }

  /** What is unlocked in one keeper's browser, under the newest charter. */
  keys(at: number): Keyring {
    const own = this.of(at), [charter, ...earlier] = this.charters;
    if (charter === undefined) throw new Error("no charter");
    return {
      office: this.office.id, member: own.id, seals: [own.seal], vault: { sign: own.seed }, manifest: { charter }, earlier, people: this.people,
      place: this.people.get(b64(own.id)),
    } as unknown as Keyring;
  }

  /** The page of all names, as the server gives it to one keeper. */
  page(at: number): readonly NameShares[] {
    const own = b64(this.of(at).id), files: { as: string; bytes: Uint8Array }[] = [];
    const names = this.threads.map((one): Json => {
      const thread = b64(one.drop.mailbox.id), dealt = (one.rows[0]?.files ?? []).filter(({ as }) => as === "share");
      const passed = this.passed.filter((row) => row.thread === thread), mine = passed.filter(({ to }) => to === own);
      files.push(...dealt, ...mine.map(({ file }) => ({ as: "passed", bytes: file })));
      return {
        thread, desk: b64(this.office.desk), message: 0, day: TODAY, shares: dealt.length,
        passed: passed.map(({ index, to, by, gathering }) => ({ index, to, by, gathering })), own: mine.map(({ index, gathering }) => ({ index, gathering })),
      };
    });
    return readShares(writeParcel({ v: 1, next: null, names }, files), this.keys(at)).names;
  }

  first(at: number): NameShares {
    const [name] = this.page(at);
    if (name === undefined) throw new Error("no report");
    return name;
  }

  /** One keeper's browser does a task, and the server keeps what it posts. */
  async does(at: number, kind: "pass" | "hand" | "again", to: number) {
    const receiver = b64(this.of(to).id);
    const task: SharesTask = kind === "hand" ? { kind, to: receiver, gathering: b64(random(16)) } : { kind, to: receiver };
    const { parcel, count } = await worked(task, this.page(at), this.keys(at), 3);
    if (parcel !== null) {
      const { head, files } = readParcel(parcel);
      for (const [n, row] of (head["names"] as JsonObject[]).entries()) {
        this.passed.push({
          thread: row["thread"] as string, message: 0, index: row["index"] as number, to: receiver, by: b64(this.of(at).id), gathering: head["gathering"] !== null, file: files[n]?.bytes ?? random(1),
        });
      }
    }
    return count;
  }

  /** The share that was dealt to a place, read with its keeper's key. */
  async dealt(place: number, thread = this.threads[0]): Promise<Uint8Array> {
    const file = (thread?.rows[0]?.files ?? []).filter(({ as }) => as === "share")[place]?.bytes ?? random(1);
    return shareInside(await unseal(file, [this.of(place).seal]), { office: this.office.id, desk: this.office.desk, thread: thread?.drop.mailbox.id ?? random(16) }, 0).share;
  }

  /** The name, put together from what these keepers hold. */
  async name(...places: readonly number[]) {
    const [thread] = this.threads;
    if (thread === undefined) throw new Error("no report");
    const handler = unlocked(this.office, this.office.handler);
    handler.settle({ ...this.office.manifest, charter: this.charters.at(-1) ?? this.office.manifest.charter }, [...handler.people.values()], []);
    const open = await openThread(readThread(thread.parcel()), handler);
    const releases = await Promise.all(places.map(async (at) => {
      const share = await ownOf(this.first(at), this.keys(at));
      return { request: random(32), index: share?.index ?? -1, share: share?.share ?? random(33) };
    }));
    const file = thread.rows[0]?.files.find(({ as }) => as === "identity")?.bytes ?? random(1);
    return nameInside(file, releases, givenName(open, handler, 0));
  }
}

async function staged(k = 2): Promise<Stage> {
  const stage = new Stage();
  stage.next("2026-02-01", k, 0, 1, 2);
  await stage.reports();
  return stage;
}

describe("a custodian who leaves", () => {
  it("passes their shares to a successor, who opens what they did and nobody else does", async () => {
    const stage = await staged();
    stage.next(LATER, 2, 0, 1, 2, 3);
    expect(await stage.does(0, "pass", 3)).toEqual({ sealed: 1, there: 0, held: 0, few: 0 });
    expect((await ownOf(stage.first(3), stage.keys(3)))?.share).toEqual(await stage.dealt(0));
    expect(await stage.name(3, 1)).toEqual(CARD);
    const [row] = stage.passed, [name] = stage.page(3);
    if (row === undefined || name === undefined) throw new Error("one was passed on");
    expect(await passedOf(row.file, name, stage.keys(1))).toBeUndefined();
    expect(await stage.does(0, "pass", 3)).toEqual({ sealed: 0, there: 1, held: 0, few: 0 });
    // Gone from the charter, their share is not lost: it has a keeper.
    stage.next("2026-03-20", 2, 1, 2, 3);
    expect(lostOf(stage.first(1), stage.keys(1))).toEqual({ sure: [], possible: [] });
  });

  it("passes none to who holds another share of the same name, dealt or passed on", async () => {
    const stage = await staged();
    stage.next(LATER, 2, 0, 1, 2, 3);
    expect(await stage.does(0, "pass", 1)).toEqual({ sealed: 0, there: 0, held: 1, few: 0 });
    await stage.does(0, "pass", 3);
    expect(await stage.does(1, "pass", 3)).toEqual({ sealed: 0, there: 0, held: 1, few: 0 });
    expect(stage.passed).toHaveLength(1);
  });

  it("is succeeded by who can pass it on again", async () => {
    const stage = await staged();
    stage.next(LATER, 2, 0, 1, 2, 3);
    await stage.does(0, "pass", 3);
    stage.next("2026-03-20", 2, 1, 2, 3, 4);
    expect(await stage.does(3, "pass", 4)).toEqual({ sealed: 1, there: 0, held: 0, few: 0 });
    expect(await stage.name(4, 2)).toEqual(CARD);
  });

  it("opens nothing where they were no custodian, and passes nothing to who is none", async () => {
    const stage = await staged();
    stage.next(LATER, 2, 1, 2, 3);
    expect(await stage.does(3, "pass", 1)).toEqual({ sealed: 0, there: 0, held: 0, few: 1 });
    expect(() => keeperOf(b64(stage.of(0).id), stage.keys(1))).toThrow(expect.objectContaining({ code: "no-custodian" }));
    expect(() => keeperOf(b64(stage.office.handler.id), stage.keys(1))).toThrow(expect.objectContaining({ code: "no-custodian" }));
  });
});

describe("a custodian who is gone", () => {
  it("is replaced: the others' shares make theirs again exactly as it was dealt", async () => {
    const stage = await staged();
    stage.next(LATER, 2, 0, 1, 3);
    expect(lostOf(stage.first(0), stage.keys(0))).toEqual({ sure: [2], possible: [2] });
    expect(await stage.does(0, "again", 3)).toEqual({ sealed: 0, there: 0, held: 0, few: 1 });
    expect(await stage.does(1, "hand", 0)).toEqual({ sealed: 1, there: 0, held: 0, few: 0 });
    expect(await stage.does(1, "hand", 0)).toEqual({ sealed: 0, there: 1, held: 0, few: 0 });
    expect(await stage.does(0, "again", 3)).toEqual({ sealed: 1, there: 0, held: 0, few: 0 });
    expect((await ownOf(stage.first(3), stage.keys(3)))?.share).toEqual(await stage.dealt(2));
    expect(await stage.name(3, 1)).toEqual(CARD);
    expect(await stage.does(0, "again", 3)).toEqual({ sealed: 0, there: 1, held: 0, few: 0 });
  });

  it("is not replaced by fewer than must agree, nor by a share of another deal", async () => {
    const stage = await staged(3);
    stage.next(LATER, 3, 0, 1, 3);
    await stage.does(1, "hand", 0);
    expect(await stage.does(0, "again", 3)).toEqual({ sealed: 0, there: 0, held: 0, few: 1 });
    const other = await staged();
    other.next(LATER, 2, 0, 1, 3);
    await other.does(1, "hand", 0);
    const [row] = other.passed;
    if (row === undefined) throw new Error("one was handed over");
    // Sealed for another report: a server that gives it here gets nothing for it.
    const strange = { ...row, thread: b64(unb64(row.thread).map((byte) => byte ^ 1)) };
    other.passed.splice(0, 1, { ...strange, thread: row.thread, file: random(500) });
    expect(await other.does(0, "again", 3)).toEqual({ sealed: 0, there: 0, held: 0, few: 1 });
  });

  it("is known also for names of the day of a new charter, once the others' shares show their places", async () => {
    const stage = await staged();
    stage.next(TODAY, 2, 0, 3, 1);
    expect(lostOf(stage.first(0), stage.keys(0))).toEqual({ sure: [], possible: [2] });
    expect(await stage.does(0, "pass", 3)).toEqual({ sealed: 0, there: 0, held: 1, few: 0 });
    stage.next(LATER, 2, 0, 1, 4);
    expect(await stage.does(0, "again", 4)).toEqual({ sealed: 0, there: 0, held: 0, few: 1 });
    expect(await stage.does(1, "hand", 0)).toEqual({ sealed: 1, there: 0, held: 0, few: 0 });
    expect(await stage.does(0, "again", 4)).toEqual({ sealed: 1, there: 0, held: 0, few: 0 });
    expect((await ownOf(stage.first(4), stage.keys(4)))?.share).toEqual(await stage.dealt(2));
  });

  it("is told by the charter of the day, whatever order the one before had", async () => {
    const stage = new Stage();
    stage.next("2026-01-01", 2, 2, 1, 0);
    stage.next("2026-02-01", 2, 0, 1, 2);
    await stage.reports();
    stage.next(LATER, 2, 0, 1, 3);
    expect(lostOf(stage.first(0), stage.keys(0))).toEqual({ sure: [2], possible: [2] });
  });

  it("is replaced also where somebody names another place than theirs, or has gone since", async () => {
    const stage = await staged();
    stage.next(LATER, 2, 0, 1, 3);
    await stage.does(1, "hand", 0);
    const [row] = stage.passed;
    if (row === undefined) throw new Error("one was handed over");
    // A place that fits no list takes none of them away: nothing becomes "not lost" by it, and nobody gets a second share.
    stage.passed.push({ ...row, index: 0, by: b64(stage.of(1).id), file: random(300) }, { ...row, index: 1, by: b64(random(16)), file: random(300) });
    expect(lostOf(stage.first(0), stage.keys(0))).toEqual({ sure: [2], possible: [2] });
    expect(await stage.does(0, "pass", 1)).toEqual({ sealed: 0, there: 0, held: 1, few: 0 });
    expect(await stage.does(0, "again", 3)).toEqual({ sealed: 1, there: 0, held: 0, few: 0 });
  });

  it("is replaced by one who came later and has no share, from what the others hand over", async () => {
    const stage = await staged();
    stage.next(LATER, 2, 0, 1, 3, 4);
    await stage.does(0, "hand", 4);
    await stage.does(1, "hand", 4);
    expect(await stage.does(4, "again", 3)).toEqual({ sealed: 1, there: 0, held: 0, few: 0 });
    expect((await ownOf(stage.first(3), stage.keys(3)))?.share).toEqual(await stage.dealt(2));
  });

  it("takes nothing from names whose custodians are all here", async () => {
    const stage = await staged();
    stage.next(LATER, 2, 0, 1, 2, 3);
    expect(await stage.does(1, "hand", 0)).toEqual({ sealed: 0, there: 1, held: 0, few: 0 });
    expect(await stage.does(0, "again", 3)).toEqual({ sealed: 0, there: 1, held: 0, few: 0 });
  });
});

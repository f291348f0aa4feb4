import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";

import { IndexPage, PAGE_ENTRIES, writeDelta, writePage, type IndexEntry } from "../../seal/indexpages.js";
import { INDEX_FOLD } from "../../seal/limits.gen.js";
import { b64, u32, utf8 } from "../../seal/primitives.js";
import { Shelf, type Fold, type Unsaved } from "./shelf.js";

const OWNER = new Uint8Array(16).fill(9);

function thread(n: number): Uint8Array {
  const id = new Uint8Array(16);
  id.set(u32(n));
  return id;
}

function entry(n: number, said = `report ${n}`, posts = 1): IndexEntry {
  const text = utf8(said);
  return {
    thread: thread(n), counts: [posts, 0, 0], ours: true, faulty: false, apart: false, test: false, labels: 0, title: 0, text,
    newestNote: new Uint8Array(32),
  };
}

/** What a server does: keeps what it is given under one lock, and looks into nothing. */
class Server {
  change = 0;
  readonly pages = new Map<number, { version: number; plain: Uint8Array }>();
  readonly deltas = new Map<string, { change: number; plain: Uint8Array }>();

  add(shelf: Shelf, { id, plain }: Unsaved): void {
    this.change += 1;
    this.deltas.set(b64(id), { change: this.change, plain });
    shelf.saved(b64(id), this.change);
  }

  /** Whether it was taken: not, if somebody else has written the page meanwhile. */
  put({ place, before, folds, plain }: Fold): boolean {
    if ((this.pages.get(place)?.version ?? 0) !== before) return false;
    this.pages.set(place, { version: before + 1, plain: plain.slice() });
    for (const id of folds) this.deltas.delete(id);
    return true;
  }

  /** A browser reads all that it has not read. */
  tell(shelf: Shelf): void {
    for (const [id, { change, plain }] of this.deltas) shelf.takeDelta(id, change, IndexPage.readDelta(plain));
    for (const [place, { version, plain }] of this.pages) {
      if (shelf.version(place) < version) shelf.takePage(place, version, IndexPage.readPage(plain.slice()));
    }
  }

  /** A page is read once more, to be written anew. */
  again(shelf: Shelf, place: number): void {
    const page = this.pages.get(place);
    if (page === undefined) throw new Error("no such page");
    shelf.takePage(place, page.version, IndexPage.readPage(page.plain.slice()), false, true);
  }

  read(): Shelf {
    const shelf = new Shelf(OWNER, "member");
    this.tell(shelf);
    return shelf;
  }
}

function save(shelf: Shelf, server: Server): void {
  for (let unsaved = shelf.nextDelta(16); unsaved !== undefined; unsaved = shelf.nextDelta(16)) server.add(shelf, unsaved);
}

function fold(shelf: Shelf, server: Server): void {
  for (let tries = 0; shelf.wantsFolding; tries += 1) {
    if (tries > 50) throw new Error("it never ends");
    const next = shelf.fold();
    if (typeof next === "number") server.again(shelf, next);
    else if (server.put(next)) shelf.folded(next);
    else server.tell(shelf);
  }
}

/** The next page, of which no other must be read again before. */
function nextPage(shelf: Shelf): Fold {
  const next = shelf.fold();
  if (typeof next === "number") throw new Error("it must be read again first");
  return next;
}

const texts = (shelf: Shelf): Map<string, string> => new Map([...shelf.known].map(([id, { page, place }]) => [id, page.text(place)]));
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, step) => from + step);

describe("an index", () => {
  let server: Server;
  beforeEach(() => { server = new Server(); });

  it("is read back as it was learnt, before and after folding", () => {
    const shelf = server.read();
    for (const n of numbers(0, 1300)) shelf.learn(entry(n));
    save(shelf, server);
    expect(texts(server.read())).toEqual(texts(shelf));
    fold(shelf, server);
    expect(server.pages.size).toBeGreaterThan(0);
    expect(texts(server.read())).toEqual(texts(shelf));
    expect(shelf.wantsFolding).toBe(false);
  });

  it("does not write pages while little waits", () => {
    const shelf = server.read();
    for (const n of numbers(0, INDEX_FOLD)) shelf.learn(entry(n));
    save(shelf, server);
    expect(shelf.wantsFolding).toBe(false);
  });

  it("loses nothing when two fold at once", () => {
    const one = server.read(), other = server.read();
    for (const n of numbers(0, 700)) one.learn(entry(n));
    for (const n of numbers(700, 1400)) other.learn(entry(n));
    save(one, server);
    save(other, server);
    server.tell(one);
    const late = nextPage(other);
    fold(one, server);
    expect(server.put(late)).toBe(false);
    server.tell(other);
    fold(other, server);
    const read = texts(server.read());
    expect(read.size).toBe(1400);
    for (const n of numbers(0, 1400)) expect(read.get(b64(thread(n)))).toBe(`report ${n}`);
  });

  it("keeps the entry that has seen more, in whatever order things come", () => {
    fc.assert(fc.property(fc.shuffledSubarray([1, 2, 3, 4], { minLength: 2 }), (order) => {
      const shelf = server.read();
      for (const [place, posts] of order.entries()) {
        shelf.takePage(place, 5, IndexPage.readPage(writePage([entry(7, `with ${posts}`, posts)])));
      }
      expect(texts(shelf).get(b64(thread(7)))).toBe(`with ${Math.max(...order)}`);
    }));
  });

  it("takes what is put back to an earlier version for older than what it has seen", () => {
    const old = IndexPage.readPage(writePage([entry(7, "earlier")])), now = IndexPage.readPage(writePage([entry(7, "later", 2)]));
    const shelf = server.read();
    shelf.takePage(0, 4, now);
    shelf.takePage(0, 3, old);
    expect([texts(shelf).get(b64(thread(7))), shelf.version(0)]).toEqual(["later", 4]);
  });

  it("writes a page that does not open anew, and nothing over one that is for another key", () => {
    const shelf = server.read();
    shelf.takePage(0, 3, undefined, true);
    expect(shelf.wantsFolding).toBe(false);
    shelf.takePage(1, 8, undefined);
    expect(shelf.wantsFolding).toBe(true);
    const next = nextPage(shelf);
    expect([next.place, next.before, next.threads]).toEqual([1, 8, []]);
    shelf.folded(next);
    expect(shelf.wantsFolding).toBe(false);
  });

  it("gets rid of a delta that does not open with the next page", () => {
    const shelf = server.read();
    shelf.takeDelta("broken", 3, undefined);
    expect(shelf.wantsFolding).toBe(true);
    const next = nextPage(shelf);
    expect(next.folds).toEqual(["broken"]);
    shelf.folded(next);
    expect(shelf.wantsFolding).toBe(false);
  });

  it("fills pages to the last place, and writes those of which half is superseded again", () => {
    const shelf = server.read();
    shelf.takePage(0, 1, IndexPage.readPage(writePage(numbers(0, PAGE_ENTRIES).map((n) => entry(n)))));
    server.pages.set(0, { version: 1, plain: writePage(numbers(0, PAGE_ENTRIES).map((n) => entry(n))) });
    for (const n of numbers(0, 600)) shelf.learn(entry(n, `newer ${n}`, 2));
    save(shelf, server);
    fold(shelf, server);
    expect([...server.pages.keys()]).toEqual([0]);
    const read = texts(server.read());
    expect(read.size).toBe(600);
    for (const n of numbers(0, 600)) expect(read.get(b64(thread(n)))).toBe(`newer ${n}`);
  });

  it("reads a page again whose bytes it has let go, before it writes it anew", () => {
    const filler = server.read();
    for (const n of numbers(0, 1600)) filler.learn(entry(n));
    save(filler, server);
    fold(filler, server);
    const shelf = server.read();
    for (const n of numbers(0, 700)) shelf.learn(entry(n, `Newer ${n}`, 2));
    save(shelf, server);
    expect(shelf.fold()).toBe(0);
    fold(shelf, server);
    const read = texts(server.read());
    expect(read.size).toBe(1600);
    for (const n of numbers(0, 1600)) expect(read.get(b64(thread(n)))).toBe(n < 700 ? `Newer ${n}` : `report ${n}`);
  });

  it("forgets what is not this member's any more, and writes it nowhere", () => {
    const shelf = server.read();
    for (const n of numbers(0, 600)) shelf.learn(entry(n));
    save(shelf, server);
    shelf.drop([b64(thread(3))]);
    fold(shelf, server);
    const read = texts(server.read());
    expect([read.size > 500, read.has(b64(thread(3)))]).toEqual([true, false]);
  });

  it("learns again what the server has refused, without the report that was the reason", () => {
    const shelf = server.read();
    for (const n of numbers(0, 3)) shelf.learn(entry(n));
    const unsaved = shelf.nextDelta(16);
    expect(unsaved?.threads.length).toBe(3);
    shelf.drop([b64(thread(1))]);
    shelf.saved(b64(unsaved?.id ?? OWNER), undefined);
    expect(shelf.nextDelta(16)?.threads).toEqual([b64(thread(0)), b64(thread(2))]);
  });

  it("has deltas of one size, whatever was written in a report", () => {
    const shelf = server.read();
    for (const said of ["", "short", "long ".repeat(300)]) {
      shelf.learn(entry(said.length, said));
      expect(shelf.nextDelta(16)?.plain.length).toBe(4096);
    }
    expect(writeDelta([entry(1, "")], 512).length).toBe(512);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Refusal } from "../api.js";
import type { Opened, Story } from "../arrivals/types.js";
import type { Session } from "../session.js";
import { WorkerRefusal } from "../worker.js";
import { MailboxDesk, type Lender } from "./desk.js";
import { hasGone, tiesWithFiles } from "./gone.js";

const CASE = "AAAAAAAAAAAAAAAAAAAAAA", BOX = "BBBBBBBBBBBBBBBBBBBBBA";
const FILE = { blob: "CCCCCCCCCCCCCCCCCCCCCA", name: "document.jpg", size: 4096 };
const LOST = new Refusal(0, "offline", "No answer."), CUT = new WorkerRefusal("offline", "No answer.");

/** A mailbox in which these files have been sent, by the office or by its holder. */
function story(files: readonly { readonly name: string; readonly size: number }[], ours = true): Story {
  return { entries: [{ kind: "opening" }, { kind: "message", ours, files }] } as unknown as Story;
}

let there: { name: string; size: number }[];
let sealed: number;
let mine: boolean;

beforeEach(() => { [there, sealed, mine] = [[], 0, true]; vi.useFakeTimers(); vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null }); });
afterEach(() => { vi.useRealTimers(); vi.unstubAllGlobals(); });

/** A desk whose worker and server answer these in turn, and then well; `kept` whether a post arrives although its answer is lost. */
function desk({ parts = [], posts = [], kept = false }: { readonly parts?: readonly Error[]; readonly posts?: readonly Error[]; readonly kept?: boolean }): MailboxDesk {
  const left = { parts: [...parts], posts: [...posts] };
  const session = {
    worker: {
      ask: (act: string) => {
        if (act !== "seal-file-anew") return Promise.resolve(new Uint8Array(1));
        sealed += 1;
        const error = left.parts.shift();
        return error === undefined ? Promise.resolve(null) : Promise.reject(error);
      },
    },
    api: {
      postBytes: () => {
        const error = left.posts.shift();
        if (error === undefined || kept) there.push({ name: FILE.name, size: FILE.size });
        return error === undefined ? Promise.resolve({}) : Promise.reject(error);
      },
    },
  };
  const lender = {
    open: (thread: string): Promise<Opened> => Promise.resolve(thread === CASE && !mine ? { state: "gone" } : { state: "open", story: story(there), lacks: "" }),
  };
  return new MailboxDesk(session as unknown as Session, lender as unknown as Lender, (_thread, sending) => sending());
}

/** Sends, with all pauses passed; the time that it took in seconds. */
async function sending(from: MailboxDesk): Promise<number> {
  const begun = Date.now();
  const done = from.sendFile(CASE, "", BOX, FILE).then(() => null, (error: unknown) => error);
  await vi.runAllTimersAsync();
  const error = await done;
  if (error !== null) throw error as Error;
  return (Date.now() - begun) / 1000;
}

describe("a file for a helper outside", () => {
  it("is sent once more where the way to the server was cut, in its parts or in the message that names it", async () => {
    await expect(sending(desk({ parts: [CUT], posts: [LOST, new Refusal(502, "fault", "Not we.")] }))).resolves.toBe(20);
    expect(there).toEqual([{ name: FILE.name, size: FILE.size }]);
    expect(sealed).toBe(4);
  });

  it("is given up after a few times, and by what was refused at once", async () => {
    await expect(sending(desk({ parts: [CUT, CUT, CUT, CUT] }))).rejects.toBe(CUT);
    expect(sealed).toBe(4);
    const refused = new WorkerRefusal("file-gone", "The server has this file no more.");
    await expect(sending(desk({ parts: [refused] }))).rejects.toBe(refused);
    expect(sealed).toBe(5);
  });

  it("lies there once although the answer to it was lost", async () => {
    await expect(sending(desk({ posts: [LOST], kept: true }))).resolves.toBe(1);
    expect([there.length, sealed]).toEqual([1, 1]);
  });

  it("is one sending however often the button is pressed", async () => {
    const from = desk({});
    expect(from.underway(BOX)).toBeUndefined();
    const [one, two] = [from.sendFile(CASE, "", BOX, FILE), from.sendFile(CASE, "", BOX, FILE)];
    expect(from.underway(BOX)).toBe(one);
    await Promise.all([one, two]);
    expect(from.underway(BOX)).toBeUndefined();
    expect([there.length, sealed]).toEqual([1, 1]);
  });

  it("goes from nobody who does not read its case", async () => {
    mine = false;
    await expect(sending(desk({}))).rejects.toMatchObject({ code: "case-closed" });
    expect(sealed).toBe(0);
  });

  it("has gone out when a message of the office brings it, and by no other file and nobody else's", () => {
    expect(hasGone(story([FILE]), FILE)).toBe(true);
    expect(hasGone(story([FILE], false), FILE)).toBe(false);
    expect(hasGone(story([{ ...FILE, size: 4097 }, { ...FILE, name: "document.png" }]), FILE)).toBe(false);
    const ties = [{ kind: "tied", thread: BOX, side: "mailbox", purpose: "helper", file: null }, { kind: "tied", thread: BOX, side: "mailbox", purpose: "helper", file: FILE }];
    expect(tiesWithFiles({ entries: ties } as unknown as Story)).toEqual([ties[1]]);
  });
});

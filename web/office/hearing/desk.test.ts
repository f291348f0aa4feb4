import { afterEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../api.js";
import { uponWhatCame } from "../arrivals/upon.js";
import type { Story } from "../arrivals/types.js";
import type { Session } from "../session.js";
import { HearingDesk } from "./desk.js";

const THREAD = "thread";
const DRAFT = { text: "words", language: "en", days: 10 } as const;

/** A desk whose case has moved on `moved` times unseen; what it does, in order. */
function moved(times: number, code = "heads"): { desk: HearingDesk; did: string[] } {
  const did: string[] = [];
  let behind = times;
  const worker = { ask: (name: string) => { did.push(name); return Promise.resolve(new Uint8Array()); } };
  const session = { worker, counter: () => Promise.resolve(1), api: { post: (path: string) => { did.push(path); return Promise.resolve(); } } };
  const send = async (seal: () => Promise<Uint8Array>): Promise<void> => {
    await seal();
    did.push("posts");
    if (behind > 0) {
      behind -= 1;
      throw new Refusal(409, code, "");
    }
  };
  const look = (): Promise<void> => { did.push("looks"); return Promise.resolve(); };
  // The worker and the server of a member, as far as a hearing needs them.
  const desk = new HearingDesk(session as unknown as Session, (_thread, seal) => uponWhatCame(look, () => send(seal)));
  return { desk, did };
}

afterEach(() => { vi.unstubAllGlobals(); });

describe("what a mailbox of a person concerned may end with", () => {
  const tied = (side: string) => ({ kind: "tied", side, thread: THREAD });
  const ends = (purpose: string, entries: unknown[], answer: () => Promise<unknown>): Promise<boolean> =>
    // The server as far as it is asked how the case stands, and the story as far as it says whose mailbox it is.
    new HearingDesk({ api: { get: answer } } as unknown as Session, () => Promise.resolve()).mayFind({ opened: { purpose }, entries } as unknown as Story);
  const says = (substantiable: boolean) => () => Promise.resolve({ hearing: { substantiable } });

  it("is what its case may end with", async () => {
    expect(await ends("hearing", [tied("case")], says(true))).toBe(true);
    expect(await ends("hearing", [tied("case")], says(false))).toBe(false);
  });

  it("is nothing found where the case is not theirs to read, or there is none", async () => {
    expect(await ends("hearing", [tied("case")], () => Promise.reject(new Refusal(404, "no-thread", "")))).toBe(false);
    expect(await ends("hearing", [tied("mailbox")], says(true))).toBe(false);
    await expect(ends("hearing", [tied("case")], () => Promise.reject(new Refusal(500, "broken", "")))).rejects.toThrow(Refusal);
  });

  it("is anything in a mailbox that was opened for something else", async () => {
    expect(await ends("protection", [], says(false))).toBe(true);
  });
});

describe("what is noted of a hearing", () => {
  it("is sealed anew upon what came meanwhile, so that no draft is lost to a colleague's note", async () => {
    const { desk, did } = moved(1);
    await desk.draftNotice(THREAD, DRAFT);
    expect(did).toEqual(["write-hearing", "posts", "looks", "write-hearing", "posts"]);
  });

  it("follows its signed step, which is signed once", async () => {
    vi.stubGlobal("document", { documentElement: { lang: "en" } });
    const { desk, did } = moved(2);
    await desk.recordStatement(THREAD, { about: "notice", how: "spoken", text: "words" });
    expect(did.slice(0, 2)).toEqual(["sign-hearing", "threads/thread/hearing"]);
    expect(did.filter((one) => one === "sign-hearing")).toHaveLength(1);
    expect(did.filter((one) => one === "write-hearing")).toHaveLength(3);
  });

  it("is given up where the server refuses it for another reason", async () => {
    const { desk, did } = moved(1, "closed");
    await expect(desk.draftNotice(THREAD, DRAFT)).rejects.toThrow(Refusal);
    expect(did).toEqual(["write-hearing", "posts"]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Refusal } from "../api.js";
import { Desk } from "../arrivals/desk.js";
import type { Workbench } from "../views.js";
import type { WishedMailbox } from "./asking.js";
import type { OpenedMailbox } from "./desk.js";

const ORIGIN = "AAAAAAAAAAAAAAAAAAAAAA", BOX = "BBBBBBBBBBBBBBBBBBBBBA";
const CODE = { words: ["amber"], tag: "en", digits: ["12"], office: ["birch"] };
const PARCEL = new Uint8Array([1, 2, 3]), NOTE = new Uint8Array([4]), LATER = new Uint8Array([5]);
const WISH = { purpose: "helper", language: "en", text: "Please read this.", people: [] } as const;
const LOST = new Refusal(0, "offline", "No answer."), STALE = new Refusal(409, "heads", "Something came.");

let posted: { readonly path: string; readonly body: Uint8Array }[];
let steps: string[];
let told: unknown[];
let inputs: [string, unknown][];
let made: number;
let asked: number;

beforeEach(() => { [posted, steps, told, inputs, made, asked] = [[], [], [], [], 0, 0]; vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null }); });
afterEach(() => { vi.unstubAllGlobals(); });

/** Opens a mailbox where the server's answers to each path are these in turn, and then none but good ones. */
function opening(answers: Readonly<Record<string, readonly Refusal[]>>, again = false, wish: WishedMailbox = WISH): Promise<OpenedMailbox> {
  const left = new Map(Object.entries(answers).map(([path, some]) => [path, [...some]]));
  const worker = {
    ask: (act: string, input: unknown) => {
      inputs.push([act, input]);
      if (act === "compose-mailbox") { made += 1; return Promise.resolve({ thread: BOX, code: CODE, parcel: PARCEL, note: NOTE }); }
      if (act === "arrival") return Promise.resolve({ thread: BOX, desk: "", declared: true });
      return Promise.resolve(act === "write-tie" ? { parcel: LATER, c: "of the note" } : act === "sign-giving-outside" ? "signed" : act === "open-report" ? { state: "open", lacks: "" } : undefined);
    },
  };
  const api = {
    bytes: (path: string) => {
      const error = left.get(path)?.shift();
      return error === undefined ? Promise.resolve(new Uint8Array(0)) : Promise.reject(error);
    },
    post: (path: string, body: unknown) => {
      steps.push(path);
      told.push(body);
      const error = left.get(path)?.shift();
      return error === undefined ? Promise.resolve({}) : Promise.reject(error);
    },
    postBytes: (path: string, body: Uint8Array) => {
      steps.push(path);
      posted.push({ path, body });
      const error = left.get(path)?.shift();
      return error === undefined ? Promise.resolve({}) : Promise.reject(error);
    },
  };
  const session = { worker, api, facts: { desks: [], me: { name: "", alias: "" } }, me: () => Promise.resolve({ counter: 7, today: "2026-03-02" }), caughtUp: () => Promise.resolve() };
  const goesOn = (): Promise<boolean> => { asked += 1; return Promise.resolve(again); };
  return Desk.of({ session } as unknown as Workbench).openMailbox(ORIGIN, "", wish, goesOn);
}

const to = (path: string): Uint8Array[] => posted.filter((one) => one.path === path).map(({ body }) => body);
const NOTES = `threads/${BOX}/posts`;

describe("the code of a mailbox that a member opens", () => {
  it("is told although everything fails that follows the opening", async () => {
    await expect(opening({ [NOTES]: [LOST] })).resolves.toEqual({ thread: BOX, code: CODE, tied: false });
    await expect(opening({ [`arrivals?thread=${BOX}`]: [LOST] })).resolves.toMatchObject({ code: CODE, tied: true });
  });

  it("is told where the answer to the opening was lost: the same bytes are sent once more", async () => {
    await expect(opening({ mailboxes: [LOST, new Refusal(502, "fault", "Not we.")] })).resolves.toMatchObject({ code: CODE, tied: true });
    expect(to("mailboxes")).toEqual([PARCEL, PARCEL, PARCEL]);
    expect([made, asked]).toEqual([1, 0]);
  });

  it("waits for a line that is down as long as somebody asks again, and no longer", async () => {
    const down = [LOST, LOST, LOST, LOST];
    await expect(opening({ mailboxes: down }, true)).resolves.toMatchObject({ code: CODE });
    expect([made, asked, to("mailboxes").length]).toEqual([1, 2, 5]);
    await expect(opening({ mailboxes: down })).rejects.toBe(LOST);
  });

  it("is nobody's where the server refused to open it", async () => {
    const refused = new Refusal(422, "people", "Two at least.");
    await expect(opening({ mailboxes: [refused] })).rejects.toBe(refused);
    expect([to("mailboxes").length, asked]).toEqual([1, 0]);
  });

  it("comes with a note that is signed again upon what came meanwhile, on both sides", async () => {
    await expect(opening({ [NOTES]: [STALE], [`threads/${ORIGIN}/posts`]: [STALE] })).resolves.toMatchObject({ tied: true });
    expect([to(NOTES), to(`threads/${ORIGIN}/posts`)]).toEqual([[NOTE, LATER], [LATER, LATER]]);
  });
});

describe("a document for a helper outside", () => {
  const outside = { until: "2026-03-16", recorded: "The translator of the court; sworn.", document: { text: "Er hat gefeilt.", language: "de" } };

  it("stands in the case and in the record before it goes out", async () => {
    await opening({}, false, { ...WISH, outside });
    expect(steps.slice(0, 3)).toEqual([`threads/${ORIGIN}/posts`, `threads/${ORIGIN}/outside`, "mailboxes"]);
    expect(told).toEqual([{ note: "of the note", until: outside.until, act: "signed" }]);
    const input = (act: string): unknown => inputs.find(([name]) => name === act)?.[1];
    expect(input("write-tie")).toMatchObject({ thread: ORIGIN, text: outside.recorded });
    // Two acts of one member, one after the other.
    expect(input("sign-giving-outside")).toMatchObject({ counter: 7 });
    expect(input("compose-mailbox")).toMatchObject({ counter: 8, until: outside.until, ends: true, document: outside.document });
  });

  it("goes nowhere where the record does not take it", async () => {
    const refused = new Refusal(409, "state", "It was closed.");
    await expect(opening({ [`threads/${ORIGIN}/outside`]: [refused] }, false, { ...WISH, outside })).rejects.toBe(refused);
    expect(to("mailboxes")).toEqual([]);
  });
});

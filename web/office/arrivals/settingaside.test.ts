import { describe, expect, it } from "vitest";

import { Refusal } from "../api.js";
import type { Session } from "../session.js";
import { setAsideButBack } from "./settingaside.js";

const ASIDE = { threads: ["a", "b", "c"], read: ["a", "b", "elsewhere"], reason: "advertising" } as const;

/** A server that refuses what names one of `back`; what it took, in order. */
function server(back: readonly string[], code = "review"): { session: Session; took: unknown[] } {
  const took: unknown[] = [];
  const worker = { ask: () => Promise.resolve({}) };
  const post = (_path: string, { threads, read }: { threads: readonly string[]; read: readonly string[] }): Promise<void> => {
    const found = threads.filter((one) => back.includes(one));
    if (found.length > 0) return Promise.reject(new Refusal(409, code, "", { threads: found }));
    took.push({ threads, read });
    return Promise.resolve();
  };
  // The worker and the server of a member, as far as setting aside needs them.
  return { session: { worker, api: { post }, counter: () => Promise.resolve(1) } as unknown as Session, took };
}

describe("what is set aside of many", () => {
  it("is all of it, in one act that names which of them were read", async () => {
    const { session, took } = server([]);
    expect(await setAsideButBack(session, "desk", ASIDE)).toEqual([]);
    expect(took).toEqual([{ threads: ["a", "b", "c"], read: ["a", "b"] }]);
  });

  it("is the rest, where some came back from who sets them aside", async () => {
    const { session, took } = server(["b"]);
    expect(await setAsideButBack(session, "desk", ASIDE)).toEqual(["b"]);
    expect(took).toEqual([{ threads: ["a", "c"], read: ["a"] }]);
  });

  it("is nothing where all came back", async () => {
    const { session, took } = server(["a", "b", "c"]);
    expect(await setAsideButBack(session, "desk", ASIDE)).toEqual(["a", "b", "c"]);
    expect(took).toEqual([]);
  });

  it("is refused whole for any other reason", async () => {
    const { session, took } = server(["b"], "state");
    await expect(setAsideButBack(session, "desk", ASIDE)).rejects.toThrow(Refusal);
    expect(took).toEqual([]);
  });
});

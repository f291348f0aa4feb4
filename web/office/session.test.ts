import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Refusal, type Api } from "./api.js";
import type { Facts } from "./facts.js";
import { Session } from "./session.js";
import type { OfficeWorker } from "./worker.js";

const ME = { id: "me", name: "Bao", alias: "B", roles: ["handler@desk", "custodian"], joined: "", wayBackTried: "", holdsRoot: false };

function facts(number: number, change: Partial<Facts> = {}): Facts {
  return {
    placed: true, me: ME, charter: { number, from: "2026-03-02", notAfter: "2026-06-01" },
    desks: [{ id: "desk", names: { en: "Integrity" } }], ...change,
  } as unknown as Facts;
}

/** A session under charter 3, and a server whose answers name another. */
function opened(named: number, next: Facts): { readonly session: Session; readonly took: string[] } {
  const took: string[] = [];
  const api = { charter: 3, get: (path: string) => { took.push(path); api.charter = named; return Promise.resolve({ counter: 8 }); } };
  const worker = {} as unknown as OfficeWorker;
  const session = new Session(worker, api as unknown as Api, "https://report.example.org");
  session.facts = facts(3);
  session.renew = () => { took.push("renewed"); session.facts = next; return Promise.resolve(); };
  session.drawn();
  return { session, took };
}

beforeEach(() => { vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null }); });
afterEach(() => { vi.unstubAllGlobals(); });

it("takes a newer charter in before it gives the number of an act, and none where there is none", async () => {
  const newer = opened(4, facts(4));
  expect(await newer.session.counter()).toBe(8);
  expect(newer.took).toEqual(["me", "renewed"]);
  const same = opened(3, facts(4));
  expect(await same.session.counter()).toBe(8);
  expect(same.took).toEqual(["me"]);
});

it("asks before what carries no number too, and once where several wait", async () => {
  const { session, took } = opened(4, facts(4));
  await Promise.all([session.worker.before(), session.worker.before(), session.counter()]);
  expect(took.filter((one) => one === "renewed")).toHaveLength(1);
});

it("signs nothing for a role that has gone, however often it is asked, until something else is shown", async () => {
  const { session } = opened(4, facts(4, { me: { ...ME, roles: ["custodian"] } }));
  const refused = { code: "charter-roles", sentence: expect.stringContaining("handler at Integrity") as string };
  await expect(session.counter()).rejects.toMatchObject(refused);
  await expect(session.worker.before()).rejects.toMatchObject(refused);
  session.drawn();
  expect(await session.counter()).toBe(8);
});

it("signs nothing for who is in the charter no more", async () => {
  const { session } = opened(4, facts(4, { placed: false, me: { ...ME, roles: [] } }));
  await expect(session.counter()).rejects.toMatchObject({ code: "charter-left" });
});

it("signs nothing where a newer charter is spoken of and not shown, or does not hold", async () => {
  await expect(opened(5, facts(4)).session.counter()).rejects.toMatchObject({ code: "charter-behind" });
  const { session } = opened(4, facts(4));
  session.renew = () => Promise.reject(new Error("no root"));
  await expect(session.counter()).rejects.toThrow("no root");
});

it("lets who waits for a charter sign the one that takes them in", async () => {
  const { session } = opened(4, facts(4));
  session.facts = facts(3, { placed: false, me: { ...ME, roles: [] } });
  session.drawn();
  expect(await session.counter()).toBe(8);
});

it("says which roles went where the server misses one, and else what the server says", async () => {
  const missed = new Refusal(403, "role", "Your roles in this office do not include this.");
  const explained = (session: Session): Promise<Refusal> => session.api.explained(missed);
  const { session, took } = opened(4, facts(4, { me: { ...ME, roles: ["custodian"] } }));
  expect(await explained(session)).toBe(missed);
  await session.api.get("list");
  expect(await explained(session)).toMatchObject({ status: 403, code: "charter-roles", sentence: expect.stringContaining("handler at Integrity") as string });
  expect(took).toEqual(["list", "renewed"]);
  expect(await session.api.explained(new Refusal(404, "no-report", "No."))).toMatchObject({ code: "no-report" });
  const kept = opened(4, facts(4)).session;
  await kept.api.get("list");
  expect(await explained(kept)).toBe(missed);
});

it("lets what is asked while a charter is taken in be refused as it is", async () => {
  const missed = new Refusal(403, "role", "Your roles in this office do not include this.");
  const { session } = opened(4, facts(4));
  const seen: Refusal[] = [];
  session.renew = async () => { seen.push(await session.api.explained(missed)); };
  await session.api.get("list");
  expect(await session.api.explained(missed)).toBe(missed);
  expect(seen).toEqual([missed]);
});

import { describe, expect, it } from "vitest";

import { random } from "../seal/primitives.js";
import { makeOffice, type Person } from "../seal/testing/office.js";
import type { Post } from "../seal/thread.js";
import { unb64 } from "../seal/primitives.js";
import { signAct } from "./acts.js";
import { unlocked } from "./reports/testing/desk.js";
import { approvedBy, naming, type Approval, type Held } from "./requests.js";

const office = makeOffice();
const { lead, handler, stranger } = office;
const keys = unlocked(office, handler);
const ID = random(16), C = random(32);

function approval(by: Person, act = "approve request", subject = ID, after = C): Approval {
  const { what, sig } = signAct(by.seed, by.id, 1, { act, subject, after });
  return { member: by.id, what: unb64(what), sig: unb64(sig) };
}

function request(approvals: readonly Approval[]): Held {
  return { id: ID, c: C, author: random(16), asked: { names: ["Ada Example"], verified: "Passport.", language: "en" }, approvals };
}

describe("a search for a person", () => {
  it("counts the signatures of two others who read cases, for just this request", () => {
    expect(approvedBy(request([approval(lead), approval(handler)]), keys)).toBe(2);
    expect(approvedBy(request([approval(lead), approval(lead)]), keys)).toBe(1);
    expect(approvedBy(request([approval(lead), approval(stranger)]), keys)).toBe(1);
    expect(approvedBy({ ...request([approval(lead), approval(handler)]), author: lead.id }, keys)).toBe(1);
  });

  it.each([
    ["another act", approval(lead, "run request")], ["another request", approval(lead, "approve request", random(16))],
    ["other names", approval(lead, "approve request", ID, random(32))], ["no act", { ...approval(lead), what: random(20) }],
    ["somebody else's", { ...approval(lead), member: handler.id }],
  ] as const)("does not count a signature for %s", (_what, one) => {
    expect(approvedBy(request([one]), keys)).toBe(0);
  });

  it("finds a name in whatever case, width and script, and nothing by a part of what is asked", () => {
    const post = (text: string): Post => ({ kind: "message", chain: "r", n: 1, body: { text, language: "en" }, envelope: { header: {} } }) as unknown as Post;
    const posts = [post("It was ADA\n example."), post("Ａｄａ Example said so"), post("Ada alone"), post("艾达在那里")];
    expect(naming(posts, ["Ada Example"])).toEqual(posts.slice(0, 2));
    expect(naming(posts, ["艾达", "Nobody"])).toEqual(posts.slice(3));
  });
});

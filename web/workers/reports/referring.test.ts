import { beforeAll, describe, expect, it } from "vitest";

import { readReport, type Report } from "../../seal/bodies.js";
import { readEnvelope } from "../../seal/envelope.js";
import { unseal } from "../../seal/age.js";
import { sealReport, type Drop, type Filing } from "../../seal/filing.js";
import { b64 } from "../../seal/primitives.js";
import { newReceipt } from "../../seal/receipt.js";
import type { Passed } from "../../seal/referral.js";
import { makeOffice, type TestOffice } from "../../seal/testing/office.js";
import type { Keyring } from "../keyring.js";
import type { ProvenPeer } from "../peers.js";
import { openThread, type OpenThread } from "./opening.js";
import { readThread } from "./parcel.js";
import { sealReferral } from "./referring.js";
import { storyOf } from "./story.js";
import { TestThread, unlocked } from "./testing/desk.js";
import type { Story } from "../../office/arrivals/types.js";

const SAID = "Twelve of our pumps were opened in March.";
let ours: TestOffice, theirs: TestOffice, strangers: TestOffice;
let keys: Keyring;
let open: OpenThread;
let passed: Passed;

beforeAll(async () => {
  ours = makeOffice({ officer: "lead" });
  theirs = makeOffice({ peers: [{ F: ours.manifest.F, host: "line.example.org" }] });
  strangers = makeOffice();
  keys = unlocked(ours, ours.lead);
  open = await openThread(readThread((await TestThread.filed(ours)).parcel()), keys);
  passed = passedTo(theirs);
});

function passedTo(office: TestOffice, manner: Passed["manner"] = "own"): Passed {
  const { F, charter } = office.manifest, names = new Map([["en", "Harbour"]]);
  return {
    receipt: newReceipt(), F, host: "line.example.org", at: charter.office, desk: office.desk, names, deskNames: names, manner, text: SAID, language: "en",
    files: [],
  };
}

function asPeer({ id, manifest }: TestOffice): ProvenPeer {
  const nobody = (): Promise<Uint8Array> => Promise.reject(new Error("nobody is asked"));
  return { F: manifest.F, host: "line.example.org", office: id, manifest, door: { get: nobody, post: nobody } };
}

/** What a member of the other office reads. */
async function read(office: TestOffice, drop: Drop): Promise<Story> {
  const reader = unlocked(office, office.handler);
  return storyOf(await openThread(readThread(TestThread.holding(office, drop).parcel()), reader), reader, undefined, "en");
}

/** The report as whoever has the words of its mailbox opens it: a colleague of the officer can. */
async function inside(drop: Drop): Promise<Report> {
  const own = drop.post.files.find((one) => one.as === "own");
  return readReport(readEnvelope(await unseal(own?.bytes ?? new Uint8Array(), [drop.mailbox.box])).body);
}

/** The officer's signatures as they are, in a report that somebody else wrote with the same words of the mailbox. */
async function refiled(office: TestOffice, change: Partial<Filing> = {}): Promise<Drop> {
  const { statement, referral } = await inside(await sealReferral(open, keys, asPeer(theirs), passed));
  const sheet = office.manifest.sheets.get(b64(office.desk));
  if (sheet === undefined) throw new Error("the office has one desk");
  return sealReport({
    charter: office.manifest.charter, sheet, receipt: passed.receipt, answers: new Map([["what", SAID]]), language: "en", answerable: true,
    statement, referral, ...change,
  });
}

describe("a report in an organisation's own name", () => {
  it("says at the other office who signed for which organisation, and that its charter names it", async () => {
    const story = await read(theirs, await sealReferral(open, keys, asPeer(theirs), passed));
    expect(story).toMatchObject({
      purpose: "own name", unproven: false,
      referred: { own: true, known: true, F: b64(ours.manifest.F), names: { en: "Office of the Harbour" }, member: { id: b64(ours.lead.id) }, original: null },
    });
    const [report] = story.entries;
    expect(report?.kind === "report" && report.answers.map(({ text }) => text)).toEqual([SAID]);
  });

  it("is proven and marked where the charter does not name the organisation", async () => {
    const story = await read(strangers, await sealReferral(open, keys, asPeer(strangers), passedTo(strangers)));
    expect(story).toMatchObject({ purpose: "own name", referred: { own: true, known: false } });
  });

  it("is told from a referral, which is nobody's own", async () => {
    const story = await read(theirs, await sealReferral(open, keys, asPeer(theirs), passedTo(theirs, "masked")));
    expect(story).toMatchObject({ purpose: "referral", referred: { own: false } });
  });

  it("is sealed by no handler who does not sign for the organisation", async () => {
    await expect(sealReferral(open, unlocked(ours, ours.handler), asPeer(theirs), passed)).rejects.toMatchObject({ code: "statement-role" });
  });

  it("holds for the very words: sealed again as it was it is proven", async () => {
    expect(await read(theirs, await refiled(theirs))).toMatchObject({ unproven: false, referred: { own: true } });
  });

  it.each<[string, Partial<Filing>]>([
    ["other words", { answers: new Map([["what", "Thirteen of our pumps."]]) }],
    ["more words", { answers: new Map([["what", SAID], ["where", "At the port."]]) }],
    ["a contact", { contact: "555 0117" }],
    ["another language", { language: "fr" }],
    ["who must not see it", { mustNotSee: ["Somebody"] }],
  ])("is nobody's word with %s by whoever holds its mailbox", async (_what, change) => {
    expect(await read(theirs, await refiled(theirs, change))).toMatchObject({ purpose: "", unproven: true, referred: null });
  });

  it("is nobody's word at another office's desk", async () => {
    expect(await read(strangers, await refiled(strangers))).toMatchObject({ purpose: "", unproven: true, referred: null });
  });
});

import { beforeAll, describe, expect, it } from "vitest";

import { seal } from "../../seal/age.js";
import { writeCopyAnswer, writeGivenCopy } from "../../seal/copies.js";
import { writeEnvelope, type FileName } from "../../seal/envelope.js";
import { write } from "../../seal/jsontext.js";
import { aboutText, signVote } from "../../seal/panel.js";
import { writeParcel } from "../../seal/parcel.js";
import { b64, random } from "../../seal/primitives.js";
import { identity, recipientHash } from "../../seal/recipients.js";
import { makeOffice, TODAY, type Person, type TestOffice } from "../../seal/testing/office.js";
import type { Keyring } from "../keyring.js";
import { givenFile, openCopies, openGiven, type CopyShown } from "./copies.js";
import type { OpenThread } from "./opening.js";
import { unlocked } from "./testing/desk.js";

const SEED = random(32), { recipient } = identity(SEED);
const BEFORE = "2025-12-01";
let office: TestOffice;
let keys: Keyring;

beforeAll(() => {
  office = makeOffice();
  keys = unlocked(office, office.handler);
});

interface Made {
  readonly copy: Uint8Array;
  readonly c: Uint8Array;
  readonly file: Uint8Array;
}

function envelope(by: Person, copy: Uint8Array, body: Uint8Array): { readonly bytes: Uint8Array; readonly c: Uint8Array } {
  return writeEnvelope({ kind: "copy", office: office.id, desk: office.desk, thread: copy, to: [recipientHash(recipient)], by: by.by }, body, by.seed);
}

async function given(title: string): Promise<Made> {
  const copy = random(16), { handler } = office;
  const body = writeGivenCopy({ title, text: "One page.", language: "en", purpose: "reading", until: "2026-04-01", masked: 0, reply: recipient });
  const { bytes, c } = envelope(handler, copy, body);
  return { copy, c, file: await seal(bytes, [recipient]) };
}

async function answer({ copy, c }: Made, body = writeCopyAnswer({ text: "It means “fuel”.", language: "en", copy: c })): Promise<Uint8Array> {
  return seal(envelope(office.stranger, copy, body).bytes, [recipient]);
}

function shown(rows: readonly { readonly made: Made; readonly answers: readonly Uint8Array[]; readonly day?: string }[], thread = random(16)): Promise<CopyShown[]> {
  const copies = rows.map(({ made, answers, day = TODAY }) => ({
    copy: b64(made.copy), giver: b64(office.handler.id), receiver: b64(office.stranger.id), day, until: "2026-04-01", open: true, c: b64(made.c), answers: answers.map(() => TODAY),
  }));
  const files = rows.flatMap(({ made, answers }) => [made.file, ...answers]);
  const open = { sealed: { desk: office.desk, thread }, caseKeys: { generations: [{ number: 0, seed: SEED }] } } as unknown as OpenThread;
  return openCopies(open, keys, writeParcel({ v: 1, copies }, files.map((bytes) => ({ as: "copy", bytes }))));
}

const FILE: FileName = { blob: random(16), seed: random(32), hash: random(32), size: 1234, name: "document.jpg", type: "image/jpeg" };

/** A document with these files, as the stranger of the office gets it. */
async function received(files: readonly FileName[]): Promise<{ readonly copy: string; readonly file: Uint8Array; readonly helper: Keyring }> {
  const copy = random(16), { handler, stranger } = office, helper = unlocked(office, stranger);
  const own = helper.seals[0]?.recipient ?? recipient;
  const body = writeGivenCopy({ title: "A picture", text: "", language: "en", purpose: "opinion", until: "2026-04-01", masked: 0, reply: recipient });
  const { bytes } = writeEnvelope({
    kind: "copy", office: office.id, desk: office.desk, thread: copy, to: [recipientHash(own), recipientHash(recipient)], by: handler.by, files,
  }, body, handler.seed);
  return { copy: b64(copy), file: await seal(bytes, [own]), helper };
}

describe("a file that goes with a document", () => {
  it("is shown without its key, which opens that file and stays in the worker", async () => {
    const { copy, file, helper } = await received([FILE]);
    expect((await openGiven(copy, file, helper)).file).toEqual({ blob: b64(FILE.blob), name: "document.jpg", cleaned: false, size: 1234, type: "image/jpeg", said: "picture" });
    expect(await givenFile(copy, file, helper)).toEqual(FILE);
  });

  it("is one at most, and none where words alone were given", async () => {
    const two = await received([FILE, { ...FILE, blob: random(16) }]);
    await expect(openGiven(two.copy, two.file, two.helper)).rejects.toMatchObject({ code: "envelope-files" });
    const none = await received([]);
    expect((await openGiven(none.copy, none.file, none.helper)).file).toBeNull();
    await expect(givenFile(none.copy, none.file, none.helper)).rejects.toMatchObject({ code: "state" });
  });
});

describe("what helpers send back", () => {
  it("is missed by itself where it is malformed, and everything else is read", async () => {
    const [one, other] = [await given("First"), await given("Second")];
    const malformed = [await answer(one, write({ text: 7 })), await answer(one, random(30)), random(90)];
    const rows = await shown([{ made: one, answers: [...malformed, await answer(one)] }, { made: other, answers: [await answer(other)] }]);
    expect(rows.map(({ title, answers }) => [title, answers.map(({ proven }) => proven)])).toEqual([["First", [false, false, false, true]], ["Second", [true]]]);
    expect(rows[0]?.answers.at(-1)?.text).toBe("It means “fuel”.");
  });

  it("is nobody's under a charter that was not in force on that day", async () => {
    const made = await given("First");
    const [row] = await shown([{ made, answers: [await answer(made)], day: BEFORE }]);
    expect([row?.title, row?.answers.map(({ proven }) => proven)]).toEqual(["", [true]]);
  });

  it("belongs to the document that it answers", async () => {
    const [one, other] = [await given("First"), await given("Second")];
    const [row] = await shown([{ made: one, answers: [await answer({ ...one, c: other.c })] }]);
    expect(row?.answers).toEqual([{ day: TODAY, text: "", language: "", proven: false, vote: "" }]);
  });

  it("is a vote only where it is signed for this case and this document", async () => {
    const copy = random(16), thread = random(16), { handler, stranger } = office;
    const body = writeGivenCopy({ title: "A question", text: "One page.", language: "en", purpose: "decision", until: "2026-04-01", masked: 0, reply: recipient, matter: thread });
    const { bytes, c } = envelope(handler, copy, body);
    const made = { copy, c, file: await seal(bytes, [recipient]) };
    const about = aboutText("One page.");
    const votes = [signVote(stranger.seed, "no", thread, about), signVote(stranger.seed, "yes", random(16), about), signVote(handler.seed, "yes", thread, about)];
    const answers = await Promise.all(votes.map((vote) => answer(made, writeCopyAnswer({ text: "Why.", language: "en", copy: c, vote }))));
    const [row] = await shown([{ made, answers }], thread);
    expect(row?.answers.map(({ vote }) => vote)).toEqual(["no", "", ""]);
  });
});

import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { unseal } from "../seal/age.js";
import { openArchive, openExport, writeDocuments } from "../seal/exportedcase.js";
import { asksForPassphrase, unsealWith } from "../seal/passphrases.js";
import { random, same, utf8 } from "../seal/primitives.js";
import { identity } from "../seal/recipients.js";
import { SealedSource } from "../seal/source.js";
import { unsealed } from "../importing/unsealing.js";
import { compose, digestOf, Measuring, Sealing, type Composed } from "./compose.js";
import { Face } from "./faces.js";
import type { Composition } from "./protocol.js";

const FONTS = new URL("../../node_modules/@embedpdf/", import.meta.url);
const font = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, FONTS)));
const PROMISE = { v: 1, kind: "promise" };
const ENVELOPE = utf8("fairline/1 an envelope"), PICTURE = utf8("a picture");

const WHAT: Composition = {
  office: random(16), desk: random(16), thread: random(16), by: random(16), day: "2026-03-02", reason: "court", words: "Ninth chamber.", status: "closed",
  audience: [random(32)], documents: writeDocuments(utf8("{}"), []),
  posts: [{ chain: "r", n: 0, day: "2026-03-01", c: random(32), f: random(32), T: random(32), promise: PROMISE, envelope: ENVELOPE }],
  files: [
    { blob: random(16), name: "lock.png", size: PICTURE.length, part: "attachments/01.png" },
    { blob: random(16), name: "a film.mov", size: 2 ** 32, part: undefined },
  ],
  stood: { hearing: [], panel: undefined, duties: [] },
  page: { title: "Case", language: "en", direction: "ltr", paragraphs: [{ as: "text", text: "What was written." }] },
};

const bytesOf = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.arrayBuffer());

function measured(...pieces: readonly Uint8Array[]): ReturnType<Measuring["end"]> {
  const one = new Measuring();
  for (const piece of pieces) one.add(piece);
  return one.end();
}

/** Rounds as few as the words of a test need. */
const WORK = 10;

async function sealed(one: Composed, recipients: readonly string[], pieces: readonly Uint8Array[] = [PICTURE]): Promise<{ file: Blob; words: readonly string[] }> {
  const sealing = new Sealing(one, utf8("a row"), PROMISE);
  await sealing.begin(recipients, WORK);
  for (const piece of pieces) await sealing.add(piece);
  return sealing.end();
}

function composed(what: Composition = WHAT, attached: Readonly<Record<string, readonly Uint8Array[]>> = { "attachments/01.png": [PICTURE] }): Promise<Composed> {
  return compose(what, {
    latin: new Face("NotoSans", font("fonts-latin/fonts/NotoSans-Regular.ttf"), undefined),
    chinese: new Face("NotoSansHans", font("fonts-sc/fonts/NotoSansHans-Regular.otf"), undefined),
    arabic: new Face("NotoNaskhArabic", font("fonts-arabic/fonts/NotoNaskhArabic-Regular.ttf"), "arab"),
  }, new Map(Object.entries(attached).map(([part, pieces]) => [part, measured(...pieces)])));
}

describe("an exported case", () => {
  it("opens for each key it was sealed to, and holds what the act names", async () => {
    const one = await composed(), keys = [identity(random(32)), identity(random(32))];
    const { file: made, words } = await sealed(one, keys.map(({ recipient }) => recipient)), file = await bytesOf(made);
    expect(words).toEqual([]);
    expect(asksForPassphrase(file)).toBe(false);
    for (const key of keys) {
      const { exported, record, digest, contents } = openArchive(await unseal(file, [key]));
      expect(digest).toEqual(digestOf(one));
      expect(record.row).toEqual(utf8("a row"));
      expect(contents.get("envelopes/r-0.fairline")).toEqual(ENVELOPE);
      expect(contents.get("attachments/01.png")).toEqual(PICTURE);
      expect(exported.files[1]).toMatchObject({ name: "a film.mov", part: undefined, hash: undefined });
    }
    await expect(unseal(file, [identity(random(32))])).rejects.toMatchObject({ code: "not-mine" });
  });

  it("opens with the words that are drawn for it, and with no others", async () => {
    const { file: made, words } = await sealed(await composed(), []), file = await bytesOf(made);
    expect(words).toHaveLength(8);
    expect(asksForPassphrase(file)).toBe(true);
    expect(openArchive(await unsealWith(file, words.join(" "))).exported.words).toBe("Ninth chamber.");
    await expect(unsealWith(file, words.toReversed().join(" "))).rejects.toMatchObject({ code: "not-mine" });
    file[file.length - 1] = (file.at(-1) ?? 0) ^ 1;
    await expect(unsealWith(file, words.join(" "))).rejects.toMatchObject({ code: "age-payload" });
  }, 60_000);

  it("takes attachments piece by piece, whatever their pieces, and gives them back by stretches", async () => {
    const large = random(5 * 1024 * 1024 + 77), key = identity(random(32));
    const files = [
      { blob: random(16), name: "empty.txt", size: 0, part: "attachments/01.txt" }, { blob: random(16), name: "case.zip", size: large.length, part: "attachments/02.zip" },
      { blob: random(16), name: "lock.png", size: PICTURE.length, part: "attachments/03.png" },
    ];
    const pieces = (step: number): Uint8Array[] => Array.from({ length: Math.ceil(large.length / step) }, (_, at) => large.subarray(at * step, (at + 1) * step));
    const one = await composed({ ...WHAT, files }, { "attachments/01.txt": [new Uint8Array()], "attachments/02.zip": pieces(1_000_003), "attachments/03.png": [PICTURE] });
    const { file } = await sealed(one, [key.recipient], [new Uint8Array(), ...pieces(1 << 20), PICTURE]);
    const whole = openArchive(await unseal(await bytesOf(file), [key]));
    expect(same(whole.contents.get("attachments/02.zip") ?? new Uint8Array(), large)).toBe(true);
    const seal = await unsealed({ file, opening: key.text }), from = new SealedSource(file, seal.key, seal.start);
    const told: number[] = [];
    const read = await openExport(from, (part) => { told.push(part); });
    expect([read.digest, [...read.contents.keys()].filter((name) => name.startsWith("attachments/"))]).toEqual([whole.digest, []]);
    const lying = read.attachments.get("attachments/02.zip");
    expect(same(await from.read((lying?.at ?? 0) + 70_000, 200_000), large.subarray(70_000, 270_000))).toBe(true);
    expect(await from.read(read.attachments.get("attachments/03.png")?.at ?? 0, PICTURE.length)).toEqual(PICTURE);
    // Read by stretches, and told of each: nothing waits for the whole.
    expect(told.length).toBeGreaterThan(8);
    expect(told.every((part, at) => part <= 1 && part >= (told[at - 1] ?? 0))).toBe(true);
  }, 60_000);

  it("is not sealed where an attachment is another than was measured, is cut, or goes on", async () => {
    const one = await composed(), key = identity(random(32)), other = PICTURE.slice();
    other[0] = (other[0] ?? 0) ^ 1;
    for (const pieces of [[other], [PICTURE.subarray(1)], [PICTURE, PICTURE], []]) {
      await expect(sealed(one, [key.recipient], pieces)).rejects.toMatchObject({ code: "export-changed" });
    }
  });
});

import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { unseal } from "../seal/age.js";
import { openArchive, writeDocuments } from "../seal/exportedcase.js";
import { asksForPassphrase, unsealWith } from "../seal/passphrases.js";
import { random, utf8 } from "../seal/primitives.js";
import { identity } from "../seal/recipients.js";
import { compose, digestOf, sealed } from "./compose.js";
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
    { blob: random(16), name: "lock.png", size: PICTURE.length, part: "attachments/01.png", content: PICTURE },
    { blob: random(16), name: "a film.mov", size: 2 ** 32, part: undefined, content: undefined },
  ],
  stood: { hearing: [], panel: undefined, duties: [] },
  page: { title: "Case", language: "en", direction: "ltr", paragraphs: [{ as: "text", text: "What was written." }] },
};

function composed(): ReturnType<typeof compose> {
  return compose(WHAT, {
    latin: new Face("NotoSans", font("fonts-latin/fonts/NotoSans-Regular.ttf"), undefined),
    chinese: new Face("NotoSansHans", font("fonts-sc/fonts/NotoSansHans-Regular.otf"), undefined),
    arabic: new Face("NotoNaskhArabic", font("fonts-arabic/fonts/NotoNaskhArabic-Regular.ttf"), "arab"),
  });
}

describe("an exported case", () => {
  it("opens for each key it was sealed to, and holds what the act names", async () => {
    const one = await composed(), keys = [identity(random(32)), identity(random(32))];
    const { file, words } = await sealed(one, utf8("a row"), PROMISE, keys.map(({ recipient }) => recipient));
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
    const { file, words } = await sealed(await composed(), utf8("a row"), PROMISE, []);
    expect(words).toHaveLength(8);
    expect(asksForPassphrase(file)).toBe(true);
    expect(openArchive(await unsealWith(file, words.join(" "))).exported.words).toBe("Ninth chamber.");
    await expect(unsealWith(file, words.toReversed().join(" "))).rejects.toMatchObject({ code: "not-mine" });
    file[file.length - 1] = (file.at(-1) ?? 0) ^ 1;
    await expect(unsealWith(file, words.join(" "))).rejects.toMatchObject({ code: "age-payload" });
  }, 60_000);
});

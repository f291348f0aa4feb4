import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { verifiesRaw } from "./ed25519.js";
import { SealError } from "./errors.js";
import { parse, write, type Json } from "./jsontext.js";
import { padme, sizeClass } from "./padding.js";
import { readParcel, writeParcel } from "./parcel.js";
import { b64, H, hex, kdf, publicKey, random, same, unb64, utf8 } from "./primitives.js";
import { asProven } from "./proven.js";
import { fromDigits, looksLikeDigits, toDigits } from "./receipt.js";
import { buildRoster, proofOf, proveEntry, writeEntry } from "./roster.js";
import { combine, split } from "./shares.js";
import { ALL_LISTS } from "./testing/wordlists.js";
import { entropyToWords, wordsToEntropy } from "./words.js";

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 }, fc.string({ unit: "binary" }), fc.maxSafeInteger().map((n) => (n === 0 ? 0 : n)), fc.boolean(),
    fc.constant(null), fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: "binary" }), tie("value"), { maxKeys: 4 }),
  ),
})).value;

describe("strict JSON", () => {
  it("gives back what was written, as every other reader would", () => {
    fc.assert(fc.property(json, (value) => {
      const text = write(value);
      expect(parse(text)).toEqual(JSON.parse(new TextDecoder().decode(text)));
      expect(write(parse(text))).toEqual(text);
    }));
  });

  it("never gives what a lenient reader would refuse, and only refuses by name", () => {
    const texts = fc.oneof(
      fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:0123456789.eE+-truefalsn \\u\n\t')) }),
      json.chain((value) => fc.nat().map((at) => {
        const text = JSON.stringify(value);
        return text.slice(0, at % text.length) + "," + text.slice(at % text.length);
      })),
    );
    fc.assert(fc.property(texts, (text) => {
      let value: Json;
      try {
        value = parse(utf8(text));
      } catch (error) {
        expect(error).toBeInstanceOf(SealError);
        return;
      }
      expect(value).toEqual(JSON.parse(new TextDecoder().decode(utf8(text))));
    }), { numRuns: 500 });
  });
});

describe("base64url", () => {
  it("has one spelling for each value", () => {
    fc.assert(fc.property(fc.uint8Array(), (value) => {
      expect(b64(value)).toBe(Buffer.from(value).toString("base64url"));
      expect(same(unb64(b64(value)), value)).toBe(true);
    }));
    fc.assert(fc.property(fc.base64String(), (text) => {
      const url = text.replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_");
      try {
        expect(b64(unb64(url))).toBe(url);
      } catch (error) {
        expect(error).toBeInstanceOf(SealError);
      }
    }));
  });
});

describe("receipts", () => {
  it("come back from words in every list, however they are typed", () => {
    fc.assert(fc.property(bytes(16), fc.constantFrom(...ALL_LISTS), fc.boolean(), (receipt, list, loud) => {
      const words = entropyToWords(receipt, list);
      const typed = words.map((word) => (loud ? word.toUpperCase() : word).normalize("NFC")).join(loud ? " \u3000\n" : " ");
      expect(same(wordsToEntropy(typed, [list]), receipt)).toBe(true);
    }));
  });

  it("come back from digits of any script, in any grouping", () => {
    const zeros = [0x30, 0x660, 0x6f0, 0x966, 0xe50, 0xff10, 0x1d7ce, 0x1d7e2];
    fc.assert(fc.property(bytes(16), fc.constantFrom(...zeros), fc.constantFrom("", " ", "-", "\u2013", "\n"), (receipt, zero, gap) => {
      const typed = toDigits(receipt).join(gap).replace(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)));
      expect(looksLikeDigits(typed)).toBe(true);
      expect(same(fromDigits(typed), receipt)).toBe(true);
    }));
  });

  it("notice every single wrong digit", () => {
    const groups = toDigits(random(16)).join("");
    for (let at = 0; at < groups.length; at += 1) {
      const wrong = String((Number(groups[at]) + 1) % 10);
      expect(() => fromDigits(groups.slice(0, at) + wrong + groups.slice(at + 1))).toThrow(SealError);
    }
  });
});

describe("shares", () => {
  it("rebuild the key from any k, and tell nothing with fewer", async () => {
    await fc.assert(fc.asyncProperty(bytes(32), fc.integer({ min: 2, max: 9 }), fc.nat(), fc.nat(), async (secret, n, a, b) => {
      const k = 2 + (a % (n - 1));
      const shares = await split(secret, n, k);
      const hashes = shares.map(H);
      const start = b % n;
      const some = new Map(Array.from({ length: k }, (_, i) => (start + i) % n).map((i) => [i, shares[i] ?? secret]));
      expect(same(await combine(some, hashes), secret)).toBe(true);
      some.delete(start);
      if (some.size >= 2) expect(same(await combine(some, hashes), secret)).toBe(false);
      else await expect(combine(some, hashes)).rejects.toMatchObject({ code: "share-count" });
    }), { numRuns: 30 });
  });
});

describe("sizes", () => {
  it("grow by at most an eighth, and never shrink", () => {
    fc.assert(fc.property(fc.integer({ min: 1024, max: 2 ** 40 }), (size) => {
      expect(padme(size)).toBeGreaterThanOrEqual(size);
      expect(padme(size)).toBeLessThanOrEqual(size * 1.12);
      expect(padme(padme(size))).toBe(padme(size));
      expect(sizeClass(size)).toBeGreaterThanOrEqual(sizeClass(size - 1));
    }));
  });
});

describe("parcels", () => {
  it("give back their files, and only zeros may follow", () => {
    const files = fc.array(fc.record({ as: fc.string(), bytes: fc.uint8Array({ minLength: 1 }) }), { maxLength: 5 });
    fc.assert(fc.property(files, fc.nat(100), (given, zeros) => {
      const parcel = writeParcel({ v: 1 }, given);
      const filled = new Uint8Array(parcel.length + zeros);
      filled.set(parcel);
      const read = readParcel(filled);
      expect(read.files.map(({ as, bytes: content }) => [as, hex(content)])).toEqual(given.map(({ as, bytes: content }) => [as, hex(content)]));
      if (zeros > 0) {
        filled[filled.length - 1] = 1;
        expect(() => readParcel(filled)).toThrow(SealError);
      }
    }));
  });
});

describe("rosters", () => {
  it("prove every entry at its place and nowhere else", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(), (count, pick) => {
      const entries = Array.from({ length: count }, (_, i) => writeEntry({
        id: random(16), sign: random(32), recipient: random(32), roles: ["auditor"], alias: `Member ${i}`,
      }));
      const roster = buildRoster(entries);
      const charter = asProven({ number: 7, roster });
      const at = pick % count;
      const [entry, place] = [entries[at] ?? random(1), roster.places[at] ?? 0];
      const proof = proofOf(roster, place, 7);
      expect(proveEntry(entry, proof, charter).alias).toBe(`Member ${at}`);
      const elsewhere = { ...proof, place: (place + 1) % roster.leaves.length };
      expect(() => proveEntry(entry, elsewhere, charter)).toThrow(SealError);
      expect(roster.leaves.length).toBeGreaterThanOrEqual(16);
    }), { numRuns: 30 });
  });
});

describe("signatures", () => {
  it("hold where the library says so, and fail after any change", () => {
    fc.assert(fc.property(bytes(32), fc.uint8Array(), fc.nat(511), (seed, message, bit) => {
      const key = publicKey(seed);
      const signature = ed25519.sign(message, seed);
      expect(verifiesRaw(key, message, signature)).toBe(true);
      const altered = signature.slice();
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verifiesRaw(key, message, altered)).toBe(false);
      expect(ed25519.verify(altered, message, key, { zip215: false })).toBe(false);
    }), { numRuns: 25 });
  });

  it("keep keys of different purposes apart", () => {
    const seen = new Set(["mailbox id", "mailbox auth", "record tag"].map((label) => hex(kdf(new Uint8Array(16), label))));
    expect(seen.size).toBe(3);
  });
});

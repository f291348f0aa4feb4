import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { begin, readHead, resume, seal, unseal } from "./age.js";
import { SealError } from "./errors.js";
import { H, hex, join, random, same, unb64 } from "./primitives.js";
import { identity } from "./recipients.js";
import * as stream from "./stream.js";

interface Cctv {
  cases: {
    name: string;
    input: { file: string; zlib: boolean; identities: string[] };
    expect: { sha256?: string; error?: string };
  }[];
}

const cctv = JSON.parse(readFileSync(new URL("../../vectors/age/cctv.json", import.meta.url), "utf8")) as Cctv;

describe("public age vectors", () => {
  it.each(cctv.cases)("$name", async ({ input, expect: wanted }) => {
    const packed = unb64(input.file);
    const file = input.zlib ? new Uint8Array(inflateSync(packed)) : packed;
    let outcome: string;
    try {
      outcome = hex(H(await unseal(file, input.identities)));
    } catch (error) {
      outcome = error instanceof SealError ? error.code : String(error);
    }
    expect(outcome).toBe(wanted.error ?? wanted.sha256);
  });
});

describe("whole files", () => {
  const mine = identity(random(32));
  const yours = identity(random(32));

  it("open for each recipient and for nobody else", async () => {
    const plain = random(100_000);
    const file = await seal(plain, [mine.recipient, yours.recipient]);
    expect(await unseal(file, [mine])).toEqual(plain);
    expect(await unseal(file, [identity(random(32)), yours])).toEqual(plain);
    await expect(unseal(file, [identity(random(32))])).rejects.toMatchObject({ code: "not-mine" });
  });

  it("give nothing when one bit is flipped or the end is missing", async () => {
    const file = await seal(random(200), [mine.recipient]);
    await fc.assert(fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
      const altered = file.slice();
      altered[at] = (altered[at] ?? 0) ^ (1 << bit);
      await expect(unseal(altered, [mine])).rejects.toBeInstanceOf(SealError);
      await expect(unseal(file.subarray(0, at), [mine])).rejects.toBeInstanceOf(SealError);
    }), { numRuns: 40 });
  });

  it("refuse a recipient of another kind or spelling", async () => {
    const classic = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    for (const text of [classic, mine.recipient.toUpperCase(), mine.recipient.slice(0, -1), ""]) {
      await expect(seal(random(1), [text])).rejects.toMatchObject({ code: "age-recipient" });
    }
  });

  it("go on after a break with the same key and nonce", async () => {
    const plain = random(3 * stream.CHUNK_SIZE + 5);
    const { start, head } = await begin([mine.recipient]);
    const again = resume(start, head.fileKey);
    const count = stream.chunkCount(plain.length);
    const parts = [start];
    for (let i = 0; i < count; i += 1) {
      const chunk = plain.subarray(i * stream.CHUNK_SIZE, (i + 1) * stream.CHUNK_SIZE);
      parts.push(stream.sealChunk(i < 2 ? head.key : again.key, i, count, chunk));
    }
    expect(await unseal(join(...parts), [mine])).toEqual(plain);
    expect((await readHead(start, [mine])).key).toEqual(head.key);
  });
});

describe("chunks", () => {
  it("give any range, and every length back", async () => {
    const key = random(32);
    const lengths = fc.oneof(fc.nat(300_000), fc.constantFrom(0, 1, 65_535, 65_536, 65_537, 131_072));
    await fc.assert(fc.asyncProperty(lengths, fc.nat(), fc.nat(), async (length, a, b) => {
      const plain = random(length);
      const sealed = stream.seal(key, plain);
      expect(sealed.length).toBe(stream.sealedSize(length));
      expect(stream.plainSize(sealed.length)).toBe(length);
      expect(same(stream.unseal(key, sealed), plain)).toBe(true);
      const [from, to] = [a % (length + 1), b % (length + 100)];
      const fetch = (x: number, y: number): Promise<Uint8Array> => Promise.resolve(sealed.subarray(x, y));
      expect(same(await stream.unsealRange(key, sealed.length, fetch, from, to), plain.subarray(from, Math.max(from, to)))).toBe(true);
    }), { numRuns: 25 });
  });

  it("notice a payload cut at a chunk's end before giving any byte of it", async () => {
    const key = random(32);
    const cut = stream.seal(key, random(3 * stream.CHUNK_SIZE)).subarray(0, 2 * stream.SEALED_CHUNK_SIZE);
    const fetch = (x: number, y: number): Promise<Uint8Array> => Promise.resolve(cut.subarray(x, y));
    expect(() => stream.unseal(key, cut)).toThrow(SealError);
    await expect(stream.unsealRange(key, cut.length, fetch, 0, 10)).rejects.toMatchObject({ code: "age-payload" });
  });
});

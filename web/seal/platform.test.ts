import { afterEach, describe, expect, it, vi } from "vitest";

import { beginAttachment, attachmentShape, PART_BYTES, partSpan, sealPart, sealPartFast } from "./attachment.js";
import { platformCipher } from "./platform.js";
import { random } from "./primitives.js";
import * as stream from "./stream.js";
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";

const SIZE = PART_BYTES + 100_000;
const content = Uint8Array.from({ length: SIZE }, (_, at) => (at * 7 + (at >> 13)) & 0xff);

/** WebCrypto as a browser that has the cipher; `wrong` gives other bytes than the cipher would. */
function browser(wrong: boolean): { sealed: number } {
  const count = { sealed: 0 };
  const bytes = (given: BufferSource): Uint8Array => new Uint8Array(given as ArrayBuffer);
  vi.stubGlobal("crypto", {
    getRandomValues: crypto.getRandomValues.bind(crypto),
    subtle: {
      importKey: (_format: string, key: Uint8Array) => Promise.resolve(key.slice()),
      encrypt: ({ iv }: { iv: Uint8Array }, key: Uint8Array, plain: BufferSource) => {
        count.sealed += 1;
        const out = chacha20poly1305(key, iv).encrypt(bytes(plain).slice());
        if (wrong) out[0] = (out[0] ?? 0) ^ 1;
        return Promise.resolve(out.buffer);
      },
      decrypt: ({ iv }: { iv: Uint8Array }, key: Uint8Array, sealed: BufferSource) =>
        // oxlint-disable-next-line @typescript-eslint/require-await -- a fault must reject and not throw
        (async () => chacha20poly1305(key, iv).decrypt(bytes(sealed).slice()).buffer)(),
    },
  });
  return count;
}

async function fresh(): Promise<typeof import("./attachment.js")> {
  vi.resetModules();
  return import("./attachment.js");
}

afterEach(() => { vi.unstubAllGlobals(); });

describe("a part sealed by the browser's own cipher", () => {
  it("is the same bytes, zeros behind the file included", async () => {
    const upload = await beginAttachment(SIZE);
    const shape = attachmentShape(SIZE);
    const count = browser(false);
    const { sealPartFast: fast } = await fresh();
    for (let part = 0; part < shape.parts; part += 1) {
      const { start, stop } = partSpan(shape, part);
      expect(await fast(upload, part, content.slice(start, stop))).toEqual(sealPart(upload, part, content.slice(start, stop)));
    }
    expect(count.sealed).toBeGreaterThan(shape.chunks);
  });

  it("is never one of a browser whose cipher gives other bytes", async () => {
    const upload = await beginAttachment(SIZE);
    browser(true);
    const { sealPartFast: fast } = await fresh();
    const piece = content.slice(0, PART_BYTES);
    expect(await fast(upload, 0, piece)).toEqual(sealPart(upload, 0, piece));
  });

  it("is sealed in JavaScript where the browser has none", async () => {
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const { platformCipher: cipher } = await import("./platform.js");
    expect(await cipher(random(32))).toBeUndefined();
    const upload = await beginAttachment(9000);
    const { sealPartFast: fast } = await fresh();
    expect(await fast(upload, 0, content.slice(0, 9000))).toEqual(sealPart(upload, 0, content.slice(0, 9000)));
  });
});

it("is refused as any other where a byte of it was changed", async () => {
  browser(false);
  vi.resetModules();
  const { platformCipher: cipher } = await import("./platform.js");
  const { openChunkBy } = await import("./stream.js");
  const key = random(32), own = await cipher(key);
  if (own === undefined) throw new Error("the cipher was not taken");
  const sealed = stream.sealChunk(key, 0, 1, content.slice(0, 500)).slice();
  expect(await openChunkBy(own, 0, 1, sealed)).toEqual(content.slice(0, 500));
  sealed[3] = (sealed[3] ?? 0) ^ 1;
  await expect(openChunkBy(own, 0, 1, sealed)).rejects.toMatchObject({ code: "age-payload" });
});

it("is opened again by the browser's own cipher, in any piece", async () => {
  const upload = await beginAttachment(SIZE);
  const parts = Array.from({ length: attachmentShape(SIZE).parts }, (_, part) => {
    const { start, stop } = partSpan(attachmentShape(SIZE), part);
    return sealPart(upload, part, content.subarray(start, stop));
  });
  browser(false);
  const { Attachment } = await fresh();
  const file = { ...upload, hash: new Uint8Array(32), name: "", type: "" };
  const attachment = new Attachment(file, (part) => Promise.resolve(parts[part] ?? new Uint8Array()));
  expect(await attachment.read(PART_BYTES - 9, SIZE)).toEqual(content.slice(PART_BYTES - 9));
  const changed = new Attachment(file, (part) => Promise.resolve((parts[part] ?? new Uint8Array()).map((byte, at) => (at === 5000 ? byte ^ 1 : byte))));
  await expect(changed.read(0, 1)).rejects.toMatchObject({ code: "age-payload" });
});

it("is whatever this platform has", async () => {
  const upload = await beginAttachment(9000);
  expect(await sealPartFast(upload, 0, content.slice(0, 9000))).toEqual(sealPart(upload, 0, content.slice(0, 9000)));
  await platformCipher(random(32));
});

import { beforeAll, describe, expect, it } from "vitest";

import {
  attachmentHash, attachmentShape, beginAttachment, PART_BYTES, partHash, partSpan, sealPart, type Upload,
} from "../../seal/attachment.js";
import type { FileName } from "../../seal/envelope.js";
import { SealError } from "../../seal/errors.js";
import { OpenFile } from "./openfile.js";

const SIZE = 5 * PART_BYTES + 1000;
const content = Uint8Array.from({ length: SIZE }, (_, at) => (at * 7 + (at >> 13)) & 0xff);
let parts: Uint8Array<ArrayBuffer>[];
let file: FileName;

async function sealed(upload: Upload): Promise<Uint8Array<ArrayBuffer>[]> {
  const shape = attachmentShape(upload.size);
  return Promise.resolve(Array.from({ length: shape.parts }, (_, part) => {
    const { start, stop } = partSpan(shape, part);
    return sealPart(upload, part, content.subarray(start, stop));
  }));
}

beforeAll(async () => {
  const upload = await beginAttachment(SIZE);
  parts = await sealed(upload);
  const hash = attachmentHash(await Promise.all(parts.map(partHash)));
  file = { blob: upload.blob, seed: upload.seed, hash, size: SIZE, name: "film.mp4", type: "video/mp4" };
});

function opened(change: Partial<FileName> = {}, give = (part: number) => parts[part]): { file: OpenFile; asked: number[] } {
  const asked: number[] = [];
  return {
    asked, file: new OpenFile({ ...file, ...change }, (part) => {
      asked.push(part);
      const bytes = give(part);
      return bytes === undefined ? Promise.reject(new SealError("file-gone", "gone")) : Promise.resolve(bytes);
    }),
  };
}

async function code(work: Promise<unknown>): Promise<string> {
  return work.then(() => "", (error: unknown) => (error as SealError).code);
}

describe("a stretch of a file", () => {
  it("is read without the rest, and the whole is not called checked", async () => {
    const { file: one, asked } = opened();
    expect(await one.read(3 * PART_BYTES + 10, 3 * PART_BYTES + 90)).toEqual(content.slice(3 * PART_BYTES + 10, 3 * PART_BYTES + 90));
    expect(asked).not.toContain(2);
    expect(one.reading.checked).toBe("not yet");
  });

  it("is never taken from a part that was changed", async () => {
    const { file: one } = opened({}, (part) => {
      const bytes = parts[part]?.slice();
      if (part === 2 && bytes !== undefined) bytes[1000] = (bytes[1000] ?? 0) ^ 1;
      return bytes;
    });
    expect(await one.read(0, 100)).toHaveLength(100);
    expect(await code(one.read(2 * PART_BYTES, 2 * PART_BYTES + 10))).toBe("age-payload");
  });

  it("is never taken from another place of the file, nor from one that was cut off", async () => {
    const { file: swapped } = opened({}, (part) => parts[part === 2 ? 3 : part]);
    expect(await code(swapped.read(2 * PART_BYTES, 2 * PART_BYTES + 10))).toBe("age-payload");
    const { file: cut } = opened({ size: 2 * PART_BYTES }, (part) => parts[part]);
    expect(await code(cut.read(0, 10))).toBe("age-payload");
  });
});

describe("the whole", () => {
  it("is called what was sent once all has been read, in whatever order", async () => {
    const { file: one } = opened();
    for (const part of [4, 1, 3, 0, 2]) await one.read(part * PART_BYTES, part * PART_BYTES + 1);
    await one.read(SIZE - 1, SIZE);
    expect(one.reading).toEqual({ parts: parts.length, read: parts.length, checked: "yes" });
  });

  it("is checked by reading the rest on demand", async () => {
    const { file: one } = opened();
    await one.read(0, 10);
    const told: number[] = [];
    expect(await one.checkAll((part) => { told.push(part); })).toBe("yes");
    expect(told.at(-1)).toBe(1);
  });

  it("gives its last bytes to nobody if it is another file than the one that was named", async () => {
    const { file: other } = opened({ hash: new Uint8Array(32) });
    let given = 0, refused = "";
    for (let at = 0; at < SIZE && refused === ""; at += PART_BYTES) {
      refused = await code(other.read(at, at + PART_BYTES).then(({ length }) => { given += length; }));
    }
    expect(refused).toBe("attachment-hash");
    expect(given).toBeLessThan(SIZE);
    expect(other.reading.checked).toBe("no");
    expect(await code(opened({ hash: new Uint8Array(32) }).file.whole(() => undefined))).toBe("attachment-hash");
  });

  it("is not what was sent if a part is another one the second time", async () => {
    let honest = true;
    const { file: one } = opened({}, (part) => (honest ? parts[part] : parts[part]?.map((byte, i) => (i === 5 ? byte ^ 1 : byte))));
    await one.checkAll(() => undefined);
    expect(one.reading.checked).toBe("yes");
    honest = false;
    await code(one.read(PART_BYTES, PART_BYTES + 10));
    expect(one.reading.checked).toBe("no");
  });

  it("comes in one piece for a viewer", async () => {
    const { file: one, asked } = opened();
    const told: number[] = [];
    expect(await one.whole((part) => { told.push(part); })).toEqual(content);
    expect(one.reading.checked).toBe("yes");
    expect(told.at(-1)).toBe(1);
    expect([...asked].sort((a, b) => a - b)).toEqual(parts.map((_, part) => part));
  });

  it("asks again for a part that did not come", async () => {
    let there = false;
    const { file: one } = opened({}, (part) => (part === 1 && !there ? undefined : parts[part]));
    expect(await code(one.read(PART_BYTES, PART_BYTES + 10))).toBe("file-gone");
    there = true;
    expect(await one.read(PART_BYTES, PART_BYTES + 10)).toEqual(content.slice(PART_BYTES, PART_BYTES + 10));
  });
});

it("knows by the first bytes what it is", async () => {
  expect(await opened().file.kind()).toEqual({ how: "other", type: "" });
});

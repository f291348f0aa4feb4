import { describe, expect, it } from "vitest";

import {
  Attachment, attachmentHash, attachmentShape, beginAttachment, checkUpload, PART_BYTES, partHash, partSpan, sealPart,
} from "./attachment.js";
import type { FileName } from "./envelope.js";
import { random } from "./primitives.js";
import { keptName, shownName } from "./shownname.js";

const SIZE = PART_BYTES + 100_000;
const content = random(SIZE);

async function sealed(): Promise<{ file: FileName; parts: Uint8Array[] }> {
  const upload = structuredClone(await beginAttachment(SIZE));
  const shape = attachmentShape(SIZE);
  const parts = [];
  const hashes = [];
  for (let part = 0; part < shape.parts; part += 1) {
    const { start, stop } = partSpan(shape, part);
    const bytes = sealPart(checkUpload(upload), part, content.subarray(start, stop));
    parts.push(bytes);
    hashes.push(await partHash(bytes));
  }
  const { blob, seed, size } = upload;
  return { file: { blob, seed, hash: attachmentHash(hashes), size, name: "", type: "" }, parts };
}

const { file, parts } = await sealed();
const part = (number: number): Uint8Array => parts[number] ?? new Uint8Array(0);

describe("an attachment", () => {
  it("is read whole, and held against its hash", async () => {
    const pieces = [];
    for await (const piece of new Attachment(file, (p) => Promise.resolve(part(p))).whole()) pieces.push(piece);
    expect(new Uint8Array(await new Blob(pieces).arrayBuffer())).toEqual(content);
  });

  it("is read in any piece, without fetching more than it must", async () => {
    const asked: number[] = [];
    const attachment = new Attachment(file, (p) => {
      asked.push(p);
      return Promise.resolve(part(p));
    });
    const [start, stop] = [PART_BYTES - 7, PART_BYTES + 7];
    expect(await attachment.read(start, stop)).toEqual(content.slice(start, stop));
    expect(await attachment.read(0, 3)).toEqual(content.slice(0, 3));
    expect(asked).toEqual([0, 1]);
  });

  it("asks again for a part that did not come", async () => {
    let failures = 2;
    const attachment = new Attachment(file, (p) => {
      failures -= 1;
      return failures >= 0 ? Promise.reject(new TypeError("network")) : Promise.resolve(part(p));
    });
    await expect(attachment.read(0, 1)).rejects.toThrow("network");
    await expect(attachment.read(0, 1)).rejects.toThrow("network");
    expect(await attachment.read(0, 1)).toEqual(content.slice(0, 1));
  });

  it("leaves no failure unheard when an earlier part is broken", async () => {
    const broken = part(0).slice();
    broken[5000] = (broken[5000] ?? 0) ^ 1;
    const attachment = new Attachment(file, (p) => (p === 0 ? Promise.resolve(broken) : Promise.reject(new Error("late"))));
    await expect(attachment.whole().next()).rejects.toMatchObject({ code: "age-payload" });
  });
});

describe("a name", () => {
  it("with half characters is sealed and shown without them", () => {
    expect(keptName("a\ud800.txt")).toBe("a\ufffd.txt");
    expect(shownName("a\udcff.txt")).toBe("a.txt");
  });
});

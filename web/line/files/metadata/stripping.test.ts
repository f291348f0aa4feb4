import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { look } from "./stripping";

const bytes = (...parts: readonly (Uint8Array | readonly number[] | string)[]): Uint8Array => {
  const all = parts.map((part) => typeof part === "string" ? new TextEncoder().encode(part) : Uint8Array.from(part));
  const out = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};
const u32 = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const le32 = (n: number): number[] => u32(n).reverse();
const segment = (marker: number, content: Uint8Array): Uint8Array =>
  bytes([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255], content);
const chunk = (type: string, content: Uint8Array): Uint8Array => bytes(u32(content.length), type, content, [1, 2, 3, 4]);
const riff = (type: string, content: Uint8Array): Uint8Array =>
  bytes(type, le32(content.length), content, content.length % 2 ? [0] : []);

/** Exif of a camera: its make, the orientation, a place. */
function exif(orientation: number): Uint8Array {
  return bytes("II*\0", le32(8), [3, 0],
    [0x0f, 0x01, 2, 0, ...le32(4)], "Cam\0", [0x12, 0x01, 3, 0, ...le32(1), orientation, 0, 0, 0],
    [0x25, 0x88, 4, 0, ...le32(1), ...le32(99)], [0, 0, 0, 0]);
}

const PICTURE = bytes([0xff, 0xdb, 0, 4, 7, 7], [0xff, 0xda, 0, 4, 1, 1], [5, 0xff, 0x00, 6, 0xff, 0xd3, 9], [0xff, 0xd9]);
const JFIF = segment(0xe0, bytes("JFIF\0", [1, 1, 0, 0, 1, 0, 1, 0, 0]));

function jpeg(orientation: number): Uint8Array {
  return bytes([0xff, 0xd8], JFIF, segment(0xe1, bytes("Exif\0\0", exif(orientation))), segment(0xe1, bytes("http://ns.adobe.com/xap/1.0/\0<x>SECRET</x>")),
    segment(0xed, bytes("Photoshop 3.0\0SECRET")), segment(0xfe, bytes("SECRET")), segment(0xe2, bytes("ICC_PROFILE\0colours")),
    segment(0xee, bytes("Adobe", [0, 100, 0, 0, 0, 0, 1])), PICTURE, "SECRET behind the end");
}

async function stripped(file: Uint8Array): Promise<{ bare: Uint8Array; hidden: readonly string[] }> {
  const looked = await look(new Blob([file as Uint8Array<ArrayBuffer>]));
  if (looked.kind !== "picture") throw new Error(looked.kind);
  return { bare: new Uint8Array(await looked.bare.arrayBuffer()), hidden: looked.hidden };
}
const text = (file: Uint8Array): string => String.fromCharCode(...file);

describe("a JPEG picture", () => {
  it("loses what it says of place, time, device and people, and keeps colours and pixels byte by byte", async () => {
    const { bare, hidden } = await stripped(jpeg(1));
    expect(bare).toEqual(bytes([0xff, 0xd8], JFIF, segment(0xe2, bytes("ICC_PROFILE\0colours")),
      segment(0xee, bytes("Adobe", [0, 100, 0, 0, 0, 0, 1])), PICTURE));
    expect([...hidden].sort()).toEqual(["device", "other", "place"]);
  });

  it("stays turned as it was", async () => {
    const { bare } = await stripped(jpeg(6));
    expect(text(bare)).not.toContain("Cam");
    expect(text(bare)).toContain("Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006");
    expect((await stripped(bare)).bare).toEqual(bare);
  });

  it("without anything hidden stays the very same file", async () => {
    const plain = bytes([0xff, 0xd8], JFIF, PICTURE);
    const { bare, hidden } = await stripped(plain);
    expect(hidden).toEqual([]);
    expect(bare).toEqual(plain);
  });

  it("loses the small picture in its beginning, which may show what was cut away", async () => {
    const small = segment(0xe0, bytes("JFIF\0", [1, 1, 0, 0, 1, 0, 1, 1, 1], [9, 9, 9]));
    const { bare } = await stripped(bytes([0xff, 0xd8], small, PICTURE));
    expect(bare).toEqual(bytes([0xff, 0xd8], JFIF, PICTURE));
  });

  it("of several megabytes with a marker across two windows is read to its end", async () => {
    const long = new Uint8Array(3 * 256 * 1024 + 17).fill(5);
    const file = bytes([0xff, 0xd8], JFIF, [0xff, 0xda, 0, 4, 1, 1], long, [0xff, 0xd9], "SECRET");
    const { bare } = await stripped(file);
    expect(bare).toEqual(file.subarray(0, file.length - 6));
  });
});

describe("a PNG picture", () => {
  const head = chunk("IHDR", new Uint8Array(13));
  const rest = bytes(chunk("iCCP", bytes("colours")), chunk("IDAT", bytes("pixels")), chunk("IEND", new Uint8Array(0)));
  const signature = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10];

  it("loses texts, times, Exif and what programs invented, and what lies behind its end", async () => {
    const file = bytes(signature, head, chunk("tEXt", bytes("Author\0SECRET")), chunk("tIME", new Uint8Array(7)),
      chunk("eXIf", exif(1)), chunk("caBX", bytes("SECRET")), rest, "SECRET");
    const { bare, hidden } = await stripped(file);
    expect(bare).toEqual(bytes(signature, head, rest));
    expect([...hidden].sort()).toEqual(["device", "other", "place", "time"]);
  });

  it("stays turned as it was", async () => {
    const { bare } = await stripped(bytes(signature, head, chunk("eXIf", exif(8)), rest));
    expect(text(bare)).not.toContain("Cam");
    expect((await stripped(bare)).bare).toEqual(bare);
    // The check sum, as zlib computes it.
    expect(bare.subarray(8 + head.length + 8 + 26, 8 + head.length + 12 + 26)).toEqual(Uint8Array.from([0x86, 0x58, 0x30, 0x34]));
  });
});

describe("a WebP picture", () => {
  const extended = (flags: number): Uint8Array => riff("VP8X", bytes([flags, 0, 0, 0, 1, 0, 0, 1, 0, 0]));
  const file = (...chunks: Uint8Array[]): Uint8Array => {
    const body = bytes("WEBP", ...chunks);
    return bytes("RIFF", le32(body.length), body);
  };

  it("loses Exif and XMP, says so in its flags and in its length", async () => {
    const given = bytes(file(extended(0x3c), riff("ICCP", bytes("col")), riff("VP8 ", bytes("pixel")), riff("EXIF", exif(1)), riff("XMP ", bytes("SECRET"))), "SECRET");
    const { bare, hidden } = await stripped(given);
    expect(bare).toEqual(file(extended(0x30), riff("ICCP", bytes("col")), riff("VP8 ", bytes("pixel"))));
    expect([...hidden].sort()).toEqual(["device", "other", "place"]);
  });

  it("stays turned as it was", async () => {
    const { bare } = await stripped(file(extended(0x08), riff("VP8 ", bytes("pixel")), riff("EXIF", exif(3))));
    expect(text(bare)).not.toContain("Cam");
    expect(bare[20]).toBe(0x08);
    expect((await stripped(bare)).bare).toEqual(bare);
  });
});

describe("any other file", () => {
  it.each([
    ["video/mp4", "film"], ["application/pdf", "document"], ["audio/webm", "sound"], ["image/heic", "image"], ["", "other"],
  ])("%s stays as it is, and is called %s", async (type, kind) => {
    expect(await look(new Blob(["anything"], { type }))).toEqual({ kind });
  });

  it("that only begins like a picture is not called clean", async () => {
    const cut = jpeg(1).subarray(0, 60);
    expect(await look(new Blob([cut as Uint8Array<ArrayBuffer>], { type: "image/jpeg" }))).toEqual({ kind: "image" });
  });

  it("is looked into without a fault, whatever its bytes are", async () => {
    const begins = [[0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10], [...bytes("RIFF"), 40, 0, 0, 0, ...bytes("WEBP")]];
    await fc.assert(fc.asyncProperty(fc.constantFrom(...begins), fc.uint8Array({ maxLength: 300 }), async (begin, rest) => {
      const looked = await look(new Blob([bytes(begin, rest) as Uint8Array<ArrayBuffer>]));
      expect(["picture", "image", "other"]).toContain(looked.kind);
    }));
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fits, saidKind, seenKind, type How } from "./kinds.js";

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

describe("what a file is, by its first bytes", () => {
  const known: readonly (readonly [string, string, How])[] = [
    ["\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png", "picture"],
    ["\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg", "picture"],
    ["GIF89a=1;/*", "image/gif", "picture"],
    ["RIFF\x24\0\0\0WEBPVP8 ", "image/webp", "picture"],
    ["\0\0\0\x20ftypavif", "image/avif", "picture"],
    ["%PDF-1.7\n", "application/pdf", "document"],
    ["\0\0\0\x20ftypisom", "video/mp4", "video"],
    ["\0\0\0\x14ftypqt  ", "video/mp4", "video"],
    ["\x1a\x45\xdf\xa3\x9f", "video/webm", "video"],
    ["OggS\0", "video/ogg", "video"],
    ["\0\0\0\x20ftypM4A ", "audio/mp4", "audio"],
    ["ID3\x04", "audio/mpeg", "audio"],
    ["\xff\xfb\x90\x64", "audio/mpeg", "audio"],
    ["\xff\xf1\x50\x80", "audio/aac", "audio"],
    ["RIFF\x24\0\0\0WAVEfmt ", "audio/wav", "audio"],
    ["fLaC\0", "audio/flac", "audio"],
  ];
  it.each(known)("%j is %s", (first, type, how) => { expect(seenKind(bytes(first))).toEqual({ how, type }); });

  it("is other for whatever begins otherwise, whatever stands further on", () => {
    for (const first of ["", "<svg xmlns=", "<?xml ", "<!doctype html>", "\n%PDF-1.7", "<html>%PDF-1.7", "PK\x03\x04", "MZ\x90",
      "BM6\0", "#!/bin/sh", "RIFF\0\0\0\0AVI ", "\0\0\0\x20ftypheic", "GIF80a", "\x89PNG"]) {
      expect(seenKind(bytes(first))).toEqual({ how: "other", type: "" });
    }
  });

  it("never makes a type of its own out of a file", () => {
    const types = new Set(known.map(([, type]) => type)).add("");
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (first) => { expect(types).toContain(seenKind(first).type); }));
  });
});

describe("what a file was said to be", () => {
  it("is told by its type, and by its ending where no type was given", () => {
    expect(saidKind("image/JPEG; q=1", "x.exe")).toBe("picture");
    expect(saidKind("", "Evening.MOV")).toBe("video");
    expect(saidKind("application/octet-stream", "scan.pdf")).toBe("document");
    expect(saidKind("audio/webm;codecs=opus", "")).toBe("audio");
  });

  it("is other for what nobody here shows", () => {
    for (const type of ["image/svg+xml", "text/html", "application/zip", "image/tiff", "constructor", "__proto__"]) {
      expect(saidKind(type, "picture.png")).toBe("other");
    }
    for (const name of ["", "pdf", "invoice.pdf.exe", "x.constructor", "a.svg"]) expect(saidKind("", name)).toBe("other");
  });

  it("must fit what it is", () => {
    expect(fits("video", "audio")).toBe(true);
    expect(fits("picture", "document")).toBe(false);
    expect(fits("document", "other")).toBe(false);
  });
});

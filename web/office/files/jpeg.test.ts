import { createCanvas } from "@napi-rs/canvas";
import { describe, expect, it } from "vitest";

import { onlyThePicture } from "./jpeg.js";

const MARK = "OrchardKestrel4417";

function picture(): Buffer {
  const canvas = createCanvas(40, 30), pen = canvas.getContext("2d");
  pen.fillStyle = "#c42";
  pen.fillRect(5, 5, 20, 10);
  return canvas.toBuffer("image/jpeg", 90);
}

function segment(marker: number, content: string): Buffer {
  const bytes = Buffer.from(content, "latin1");
  return Buffer.concat([Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff]), bytes]);
}

describe("what is taken of a picture from a viewer", () => {
  it("is its points and its size, the same after it was taken once", () => {
    const { bytes, across, down } = onlyThePicture(picture());
    expect([across, down]).toEqual([40, 30]);
    expect(onlyThePicture(bytes).bytes).toEqual(bytes);
  });

  it("is no word beside the picture, nor anything behind its end", () => {
    const plain = picture(), words = [0xe0, 0xe1, 0xe2, 0xed, 0xee, 0xfe].map((marker) => segment(marker, MARK));
    const full = Buffer.concat([plain.subarray(0, 2), ...words, plain.subarray(2), Buffer.from(MARK)]);
    expect(Buffer.from(onlyThePicture(full).bytes).includes(MARK)).toBe(false);
    expect(onlyThePicture(full)).toEqual(onlyThePicture(plain));
  });

  it.each([
    ["nothing", Buffer.alloc(0)], ["words", Buffer.from(MARK)], ["a PDF", Buffer.from(`%PDF-1.7 ${MARK}`)],
    ["a picture that ends early", picture().subarray(0, -2)], ["no more than a beginning", picture().subarray(0, 30)],
    ["an end without a picture", Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
    ["a segment of no kind", Buffer.concat([picture().subarray(0, 2), segment(0xf7, MARK), picture().subarray(2)])],
    ["a length beyond the end", Buffer.from([0xff, 0xd8, 0xff, 0xdb, 0xff, 0xff, 0, 0])],
  ])("is refused where it is %s", (_name, bytes) => {
    expect(() => onlyThePicture(bytes)).toThrow(RangeError);
  });
});

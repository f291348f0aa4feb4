/**
 * Hidden details of pictures, taken out before sealing without touching the picture itself: no pixel is coded anew, and
 * it stays turned as it was. The kind is told by the bytes, since a name says nothing.
 */
import type { Hidden } from "./exif";
import { stripJpeg } from "./jpeg";
import { isPng, stripPng } from "./png";
import { NotUnderstoodError, Source } from "./source";
import { isWebp, stripWebp } from "./webp";

/** What a file is, as far as its hidden details matter to who sends it. */
export type Looked =
  /** A picture from which they can be taken: `bare` is the file without them, the same one where there are none. */
  | { readonly kind: "picture"; readonly bare: Blob; readonly hidden: readonly Hidden[] }
  /** Another kind of picture, or one that is not built as it should be: it stays as it is. */
  | { readonly kind: "image" | "film" | "sound" | "document" | "other" };

/** Looks into a file; the order of its bytes is read once, and never more than a window of it is in memory. */
export async function look(file: Blob): Promise<Looked> {
  const source = new Source(file);
  const first = (await source.window(0)).slice(0, 16);
  try {
    const strip = stripperOf(first);
    if (strip !== undefined) {
      const { pieces, hidden } = await strip(source);
      return { kind: "picture", bare: hidden.length === 0 ? file : pieces.from(file), hidden };
    }
  } catch (error) {
    if (!(error instanceof NotUnderstoodError)) throw error;
    return { kind: "image" };
  }
  return { kind: kindOf(file.type) };
}

function stripperOf(first: Uint8Array): typeof stripJpeg | undefined {
  if (first[0] === 0xff && first[1] === 0xd8 && first[2] === 0xff) return stripJpeg;
  if (isPng(first)) return stripPng;
  return isWebp(first) ? stripWebp : undefined;
}

function kindOf(type: string): "image" | "film" | "sound" | "document" | "other" {
  if (type.startsWith("image/")) return "image";
  if (type.startsWith("video/")) return "film";
  if (type.startsWith("audio/")) return "sound";
  return /pdf|word|excel|powerpoint|office|opendocument|rtf/.test(type) ? "document" : "other";
}

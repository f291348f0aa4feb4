/** WebP (RFC 9649): only chunks that make the picture stay. */
import { onlyOrientation, readExif, type Hidden } from "./exif";
import type { Stripped } from "./jpeg";
import { little, NotUnderstoodError, Pieces, says, type Source } from "./source";

const PICTURE = new Set(["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"]);
const LONGEST_EXIF = 1024 * 1024;
const HEAD = 12;
/** Flags of VP8X: Exif and XMP are there. */
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

/** What stays of a picture. Throws NotUnderstoodError where it is not built as a WebP file is. */
export async function stripWebp(source: Source): Promise<Stripped> {
  const hidden = new Set<Hidden>();
  const whole = 8 + little(await source.bytes(4, 4), 0, 4);
  if (whole > source.size) throw new NotUnderstoodError("cut off");
  const kept: { readonly type: string; readonly from: number; readonly to: number }[] = [];
  let orientation = 1;
  for (let at = HEAD; at + 8 <= whole;) {
    const head = await source.bytes(at, 8);
    const type = String.fromCharCode(...head.subarray(0, 4));
    const length = little(head, 4, 4);
    const end = at + 8 + length + (length % 2);
    if (at + 8 + length > whole) throw new NotUnderstoodError("no chunk");
    if (PICTURE.has(type)) {
      kept.push({ type, from: at, to: Math.min(end, whole) });
    } else {
      const exif = type === "EXIF" && length <= LONGEST_EXIF ? readExif(bare(await source.bytes(at + 8, length))) : undefined;
      if (exif !== undefined) orientation = exif.orientation;
      for (const one of exif?.hidden ?? ["other" as const]) hidden.add(one);
    }
    at = end;
  }
  if (kept.length === 0) throw new NotUnderstoodError("no picture");
  if (whole < source.size) hidden.add("other");
  return { pieces: await put(source, kept, orientation), hidden: [...hidden] };
}

export function isWebp(first: Uint8Array): boolean {
  return says(first, 0, "RIFF") && says(first, 8, "WEBP");
}

/** Some programs write the beginning of a JPEG segment before the Exif. */
function bare(exif: Uint8Array): Uint8Array {
  return says(exif, 0, "Exif\0\0") ? exif.subarray(6) : exif;
}

async function put(
  source: Source, kept: readonly { readonly type: string; readonly from: number; readonly to: number }[], orientation: number,
): Promise<Pieces> {
  const extended = kept.some(({ type }) => type === "VP8X");
  const exif = orientation === 1 || !extended ? undefined : chunk("EXIF", onlyOrientation(orientation));
  const length = kept.reduce((sum, { from, to }) => sum + to - from, exif?.length ?? 0);
  const pieces = new Pieces();
  const head = (await source.bytes(0, HEAD)).slice();
  new DataView(head.buffer).setUint32(4, HEAD - 8 + length, true);
  pieces.put(head);
  for (const { type, from, to } of kept) {
    if (type === "VP8X") {
      const flags = (await source.bytes(from, to - from)).slice();
      flags[8] = ((flags[8] ?? 0) & ~(HAS_EXIF | HAS_XMP)) | (exif === undefined ? 0 : HAS_EXIF);
      pieces.put(flags);
    } else {
      pieces.keep(from, to);
    }
  }
  if (exif !== undefined) pieces.put(exif);
  return pieces;
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const made = new Uint8Array(8 + content.length + (content.length % 2));
  made.set(new TextEncoder().encode(type));
  new DataView(made.buffer).setUint32(4, content.length, true);
  made.set(content, 8);
  return made;
}

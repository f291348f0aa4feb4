/** Exif: what a camera writes about a picture. Read only to keep its orientation and to say what was taken out. */
import { big, little, says } from "./source";

/** What a person may want to know was hidden in the file. */
export type Hidden = "place" | "time" | "device" | "other";

export interface Exif {
  /** 1 to 8 as TIFF counts them; 1: as it stands. */
  readonly orientation: number;
  readonly hidden: readonly Hidden[];
}

const ORIENTATION = 0x0112;
const TELLS: ReadonlyMap<number, Hidden> = new Map([
  [0x8825, "place"], [0x0132, "time"], [0x8769, "time"], [0x010f, "device"], [0x0110, "device"], [0x0131, "device"],
]);
const ENTRY = 12;

/** From the TIFF header on. What cannot be read tells nothing and is taken out all the same. */
export function readExif(tiff: Uint8Array): Exif {
  const hidden = new Set<Hidden>(["other"]);
  const read = says(tiff, 0, "II*\0") ? little : big;
  const directory = read(tiff, 4, 4);
  const count = directory + 2 <= tiff.length ? read(tiff, directory, 2) : 0;
  let orientation = 1;
  for (let i = 0; i < count; i += 1) {
    const at = directory + 2 + i * ENTRY;
    if (at + ENTRY > tiff.length) break;
    const tag = read(tiff, at, 2);
    const told = TELLS.get(tag);
    if (told !== undefined) hidden.add(told);
    const value = read(tiff, at + 8, 2);
    if (tag === ORIENTATION && value >= 1 && value <= 8) orientation = value;
  }
  return { orientation, hidden: [...hidden] };
}

/** Exif that says nothing but how the picture is turned. */
export function onlyOrientation(orientation: number): Uint8Array {
  return Uint8Array.of(
    0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, // big endian, the directory follows
    0, 1, // one entry
    ORIENTATION >> 8, ORIENTATION & 0xff, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0,
    0, 0, 0, 0, // no further directory
  );
}

/** JPEG (ITU T.81): segments that say something about the picture are left out, those that make it stay as they are. */
import { onlyOrientation, readExif, type Hidden } from "./exif";
import { big, NotUnderstoodError, Pieces, says, type Source } from "./source";

const EXIF = "Exif\0\0";
/** A JFIF segment without its thumbnail: a small picture of what may since have been cut away. */
const JFIF_BARE = 16;

export interface Stripped {
  readonly pieces: Pieces;
  readonly hidden: readonly Hidden[];
}

/** What stays of a picture. Throws NotUnderstoodError where it is not built as a JPEG file is. */
export async function stripJpeg(source: Source): Promise<Stripped> {
  return new Walk(source).whole();
}

/** Goes through the segments from the first to the end of the picture. */
class Walk {
  readonly #kept: ([from: number, to: number] | Uint8Array)[] = [];
  readonly #hidden = new Set<Hidden>();
  #orientation = 1;

  constructor(private readonly source: Source) {}

  async whole(): Promise<Stripped> {
    let at: number | undefined = 2;
    let end = at;
    while (at !== undefined) {
      end = at;
      at = await this.segment(at);
    }
    // Telephones put a second picture, or a short film with its sound, behind the end of the first.
    if (end + 2 < this.source.size) this.#hidden.add("other");
    const pieces = new Pieces();
    pieces.keep(0, 2);
    if (this.#orientation !== 1) pieces.put(exifSegment(onlyOrientation(this.#orientation)));
    for (const piece of this.#kept) {
      if (piece instanceof Uint8Array) pieces.put(piece);
      else pieces.keep(...piece);
    }
    return { pieces, hidden: [...this.#hidden] };
  }

  /** Where the next segment begins; undefined after the end of the picture. */
  private async segment(at: number): Promise<number | undefined> {
    const [first, marker = 0] = await this.source.bytes(at, 2);
    if (first !== 0xff) throw new NotUnderstoodError("no marker");
    if (marker === 0xff) return at + 1;
    if (marker === 0xd9) {
      this.#kept.push([at, at + 2]);
      return undefined;
    }
    if (marker === 0x01 || isRestart(marker)) {
      this.#kept.push([at, at + 2]);
      return at + 2;
    }
    const length = big(await this.source.bytes(at + 2, 2), 0, 2);
    if (length < 2) throw new NotUnderstoodError("no segment");
    const content = await this.source.bytes(at + 4, length - 2);
    const end = at + 2 + length;
    if ((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe) {
      this.about(marker, content, [at, end]);
      return end;
    }
    this.#kept.push([at, end]);
    return marker === 0xda ? this.scan(end) : end;
  }

  /** A segment that programs add: kept only where the picture would look otherwise without it. */
  private about(marker: number, content: Uint8Array, place: [from: number, to: number]): void {
    if (marker === 0xe0 && says(content, 0, "JFIF\0")) {
      this.#kept.push(bareJfif(content));
      if (content.length > JFIF_BARE - 2) this.#hidden.add("other");
    } else if (isPartOfThePicture(marker, content)) {
      this.#kept.push(place);
    } else {
      const exif = marker === 0xe1 && says(content, 0, EXIF) ? readExif(content.subarray(EXIF.length)) : undefined;
      if (exif !== undefined) this.#orientation = exif.orientation;
      for (const one of exif?.hidden ?? ["other" as const]) this.#hidden.add(one);
    }
  }

  /** Where the next segment begins after the coded picture from `from` on. */
  private async scan(from: number): Promise<number> {
    let at = from;
    for (;;) {
      const window = await this.source.window(at);
      // The last byte stays for the next round: a marker may lie across two windows.
      for (let i = window.indexOf(0xff); i !== -1 && i + 1 < window.length; i = window.indexOf(0xff, i + 1)) {
        const next = window[i + 1] ?? 0;
        if (next === 0 || next === 0xff || isRestart(next)) continue;
        this.#kept.push([from, at + i]);
        return at + i;
      }
      if (window.length < 2) throw new NotUnderstoodError("no end");
      at += window.length - 1;
    }
  }
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

/** Colours would be wrong without these: the colour profile, and how an Adobe program stored them. */
function isPartOfThePicture(marker: number, content: Uint8Array): boolean {
  return (marker === 0xe2 && says(content, 0, "ICC_PROFILE\0")) || (marker === 0xee && says(content, 0, "Adobe"));
}

function bareJfif(content: Uint8Array): Uint8Array {
  const bare = new Uint8Array(JFIF_BARE + 2);
  bare.set([0xff, 0xe0, 0, JFIF_BARE]);
  bare.set(content.subarray(0, 12), 4);
  return bare;
}

function exifSegment(tiff: Uint8Array): Uint8Array {
  const length = 2 + EXIF.length + tiff.length;
  const made = new Uint8Array(2 + length);
  made.set([0xff, 0xe1, length >> 8, length & 0xff]);
  made.set(new TextEncoder().encode(EXIF), 4);
  made.set(tiff, 4 + EXIF.length);
  return made;
}

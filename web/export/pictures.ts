/** A PDF of pictures, one a page, and of nothing else: no words, no author, no day, nothing attached. */
import { utf8 } from "../seal/primitives.js";
import { PdfFile } from "./pdffile.js";

/** A JPEG of three colours, and the page that it fills. */
export interface Sheet {
  readonly bytes: Uint8Array;
  /** In points of the picture. */
  readonly across: number;
  readonly down: number;
  /** In points of PDF. */
  readonly width: number;
  readonly height: number;
}

/** The longest side of a page that readers know. */
const LONGEST = 14_400;

/** The file. Throws RangeError where a page has no size that readers know. */
export function pdfOfPictures(sheets: readonly Sheet[]): Uint8Array {
  const file = new PdfFile(), tree = file.reserve();
  const kids = sheets.map(({ bytes, across, down, width, height }) => {
    if (!(width > 0 && height > 0)) throw new RangeError("a page without a size");
    const by = Math.min(1, LONGEST / Math.max(width, height)), wide = number(width * by), high = number(height * by);
    const picture = file.coded(`/Type/XObject/Subtype/Image/Width ${across}/Height ${down}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode`, bytes);
    const drawn = file.coded("", utf8(`q ${wide} 0 0 ${high} 0 0 cm /P Do Q`));
    return `${file.add(`<</Type/Page/Parent ${tree} 0 R/MediaBox[0 0 ${wide} ${high}]/Contents ${drawn} 0 R/Resources<</XObject<</P ${picture} 0 R>>>>>>`)} 0 R`;
  });
  file.put(tree, `<</Type/Pages/Count ${kids.length}/Kids[${kids.join(" ")}]>>`);
  return file.bytes(file.add(`<</Type/Catalog/Pages ${tree} 0 R>>`));
}

function number(value: number): string {
  return String(Math.max(0.01, Math.round(value * 100) / 100));
}

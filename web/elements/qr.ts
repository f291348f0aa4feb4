import qrcode from "qrcode-generator";
import { make } from "./make";

const SVG = "http://www.w3.org/2000/svg";

/**
 * A QR code of `text` (as UTF-8), dark on white in dark mode too: readers need it so. `label` says to people who
 * hear the page what it holds. Throws RangeError where the text is longer than a code can hold (2 331 bytes).
 */
export function qr(text: string, label: string): HTMLElement {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > 2331) throw new RangeError("text too long for a QR code");
  const code = qrcode(0, "M");
  code.addData(String.fromCharCode(...bytes), "Byte");
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (code.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
    }
  }
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `-2 -2 ${size + 4} ${size + 4}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("shape-rendering", "crispEdges");
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", path);
  dark.setAttribute("fill", "#000");
  svg.append(dark);
  return make("div", { class: "qr" }, svg);
}

import { contactLines } from "../seal/contact";
import { make } from "./make";

/**
 * A way to reach somebody in one line. A number has no direction of its own: between Arabic words "555 0142" would stand
 * as "0142 555". So each part is kept apart, and a part without letters goes from left to right.
 */
export function contactElement(text: string): HTMLElement {
  return make("span", { class: "contact" }, contactLines(text).map((line, at) => [
    at > 0 && " · ", make("bdi", { dir: /\p{L}/u.test(line) ? "auto" : "ltr" }, line),
  ]));
}

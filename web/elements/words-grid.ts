import { make } from "./make";

/**
 * The words of a receipt or the words to compare, numbered, in reading order.
 *
 * `language` is the language of the WORDS (BCP 47), which need not be the page's: it gives them their font, their
 * direction and the digits before them. Digits are always read from left to right.
 */
export function wordsGrid(words: readonly string[], language: string, kind: "words" | "digits" = "words"): HTMLOListElement {
  const direction = kind === "words" && /^(ar|fa|he|ur)\b/i.test(language) ? "rtl" : "ltr";
  // Styled lists lose their role in some browsers; the numbers matter here, so it is given back.
  return make("ol", {
    class: kind === "digits" ? "words digits" : "words", role: "list", lang: language, dir: direction, translate: "no",
  }, words.map((word) => make("li", { lang: language }, word)));
}

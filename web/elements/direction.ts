/** In which direction a text runs, for places where `dir="auto"` does not reach: a closed choice shows its option cut off. */

const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** By its first letter, as Unicode's rule for paragraphs has it; what has none runs from left to right. */
export function directionOf(text: string): "ltr" | "rtl" {
  const [first] = /\p{L}/u.exec(text) ?? [""];
  return RTL.test(first) ? "rtl" : "ltr";
}

/** Lets a choice among texts of other people run as the chosen one does, so that its beginning is what is seen. */
export function turned(select: HTMLSelectElement): void {
  const turn = (): void => { select.dir = directionOf(select.selectedOptions[0]?.textContent ?? ""); };
  select.addEventListener("change", turn);
  turn();
}

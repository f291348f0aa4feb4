import { make } from "./make";

/**
 * Prints `sheet` alone. The page's title is printed by browsers in the margin, so it is set to `title` meanwhile:
 * a paper that is found shall say no more than what is on it.
 */
export function printSheet(sheet: Node, title: string): void {
  const paper = make("div", { class: "sheet" }, sheet.cloneNode(true));
  const before = document.title;
  document.body.append(paper);
  document.body.classList.add("printing");
  document.title = title;
  const back = (): void => {
    paper.remove();
    document.body.classList.remove("printing");
    document.title = before;
  };
  addEventListener("afterprint", back, { once: true });
  print();
}

import { make } from "./make";
import { t } from "./words";

/** How far one is: the names of all steps, the present one by its index from 0. */
export function steps(names: readonly string[], present: number): HTMLOListElement {
  return make("ol", { class: "steps", role: "list", "aria-label": t("Steps") }, names.map((name, index) => make(
    "li", { class: index < present ? "done" : null, "aria-current": index === present ? "step" : null },
    make("span", {}, t("{number}. {name}", { number: index + 1, name })),
  )));
}

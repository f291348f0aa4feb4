/** What can be done without a mouse. One letter each, and never while somebody is writing. */

import { openDialog } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { t } from "../../elements/words.js";

export interface Keys {
  next(): void;
  previous(): void;
  search(): void;
  back(): void;
  answer(): void;
  note(): void;
  question(): void;
}

/** The keys and what they do, in the order in which people meet them. */
export function list(): readonly (readonly [string, string])[] {
  return [
    ["j", t("next report")],
    ["k", t("previous report")],
    ["Enter", t("open the report that has the focus")],
    ["/", t("search")],
    ["r", t("answer the reporting person")],
    ["n", t("write a note for the desk")],
    ["q", t("choose a question for the answer")],
    ["Esc", t("back to the list; out of the search")],
    ["?", t("this list")],
  ];
}

/** Listens until the function that it returns is called. */
export function listen(keys: Keys): () => void {
  const hear = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]") !== null) return;
    const writing = isWriting(event.target);
    if (event.key === "Escape") {
      if (writing && event.target instanceof HTMLTextAreaElement) event.target.blur();
      else keys.back();
      return;
    }
    const act = writing ? undefined : acts(keys)[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  document.addEventListener("keydown", hear);
  return () => { document.removeEventListener("keydown", hear); };
}

function acts(keys: Keys): Readonly<Record<string, () => void>> {
  return {
    "j": () => { keys.next(); },
    "k": () => { keys.previous(); },
    "/": () => { keys.search(); },
    "r": () => { keys.answer(); },
    "n": () => { keys.note(); },
    "q": () => { keys.question(); },
    "?": () => { void show(); },
  };
}

/** Opens the list of keys. */
export function show(): Promise<null> {
  return openDialog<never>(t("Keys"), () => [
    make("dl", { class: "facts beside" }, list().map(([key, does]) => make(
      "div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, does),
    ))),
    make("form", { method: "dialog", class: "actions" }, make("button", { class: "button" }, t("Close"))),
  ]);
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

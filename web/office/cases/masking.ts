/** Hiding passages of a text before it is given away: what is hidden is not in the copy at all, not even its length. */
import { make, newId } from "../../elements/make.js";
import { t, tn } from "../../elements/words.js";
import { announce } from "../../elements/announce.js";
import { button } from "../fields.js";

/** Of one length, whatever it stands for. */
const BAR = "█████";

export interface Masking {
  readonly element: HTMLElement;
  readonly id: string;
  text(): string;
  /** How many passages are hidden. */
  masked(): number;
  /** Begins with another text, nothing hidden. */
  begin(text: string, language: string): void;
}

export function masking(): Masking {
  const id = newId();
  const box = make("textarea", { id, rows: 9, readonly: true, dir: "auto", "aria-describedby": `${id}-hint` });
  const hidden = make("p", { class: "small muted", role: "status" });
  let original = "";
  const count = (): number => box.value.split(BAR).length - original.split(BAR).length;
  const tell = (): void => { hidden.textContent = tn("{n} passage is hidden.", "{n} passages are hidden.", count()); };
  const hide = (): void => {
    const { selectionStart: from, selectionEnd: to, value } = box;
    if (from === to) {
      announce(t("Please mark the words to hide first."), "assertive");
      hidden.textContent = t("Please mark the words to hide first.");
      return;
    }
    box.value = value.slice(0, from) + BAR + value.slice(to);
    box.focus();
    box.setSelectionRange(from + BAR.length, from + BAR.length);
    tell();
  };
  const element = make("div", { class: "field" },
    make("label", { for: id }, t("What they get")),
    make("p", { class: "hint", id: `${id}-hint` }, t("Mark words and hide them: a bar of one length stands in their place, and what was there is not in the copy. The original stays as it is. Names are not the only thing by which somebody is known.")),
    box, make("p", { class: "row" }, button(t("Hide what is marked"), hide, "button secondary"), button(t("Begin again"), () => { box.value = original; tell(); }, "link")), hidden);
  return {
    element, id, text: () => box.value, masked: count,
    begin: (text, language) => {
      original = text;
      box.value = text;
      box.lang = language;
      tell();
    },
  };
}

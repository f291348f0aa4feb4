/** Before a file leaves for somebody else, whoever gives it has looked at it: a face or a handwriting can tell who reported. */
import { hold, make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import type { AttachedFile } from "../arrivals/types.js";
import { button } from "../fields.js";

/** Shows a file; resolves with whether it was there to be seen. */
export type Look = (file: AttachedFile) => Promise<boolean>;

/**
 * The button that shows it, and what came of it. What this page cannot show was not looked at by having been asked for:
 * then whoever gives it says that they have seen it otherwise.
 *
 * @param seen - called once it counts as looked at
 */
export function lookAt(file: AttachedFile, look: Look, seen: () => void, kind = "button secondary"): HTMLElement {
  const said = make("span", { class: "small muted", role: "status" });
  const counts = (): void => {
    seen();
    hold(said, t("Looked at"));
    shown.focus();
  };
  const shown: HTMLElement = button(t("Look at {name}", { name: file.name }), () => {
    void look(file).then((was) => {
      if (was) counts();
      else if (said.textContent !== t("Looked at")) hold(said, t("It was not shown here."), " ", button(t("I have looked at it by other means"), counts, "link"));
    });
  }, kind);
  return make("div", { class: "row" }, shown, said);
}

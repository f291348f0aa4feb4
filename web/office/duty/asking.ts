/** The dialogs of duties: under which law the organisation became aware, and when something was done. */
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make, newId, type Child } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import { choice } from "../cases/triage.js";
import { cancel, form, submit } from "../fields.js";
import { inLanguage } from "../page.js";
import { partWord, type DutyLaw, type DutyNote } from "./types.js";

interface Bound {
  readonly law: string;
  readonly part: string;
}

/** Asks which law binds the organisation in this case, and since when it is aware; null where it is left. */
export function askAware(laws: readonly DutyLaw[]): Promise<DutyNote | null> {
  const bound = laws.flatMap(({ id, parts }): Bound[] => ["", ...parts].map((part) => ({ law: id, part })));
  const keys = bound.map((_, at) => String(at));
  const word = (key: string): string => {
    const { law, part } = bound[Number(key)] ?? { law: "", part: "" };
    const name = inLanguage(laws.find(({ id }) => id === law)?.names ?? {}, language());
    return part === "" ? name : t("{law}, {part}", { law: name, part: partWord(part) });
  };
  return openDialog<DutyNote>(t("We became aware"), (close) => {
    const which = choice(t("Which law binds us"), keys, word, "0");
    return asked(t("When did the organisation become aware?"), (at) => {
      const { law, part } = bound[Number(which.value())] ?? { law: "", part: "" };
      close({ law, kind: "aware", row: part, at });
    }, which.element, make("p", { class: "hint" }, t("The clocks of this law run from that moment, and nothing but what is due ends them. Afterwards the moment can be moved earlier, never later. That this case falls under the law, and these moments, stand in clear; no word of the case does.")));
  });
}

/** Asks when something happened; null where it is left. */
export function askWhen(title: string, note: Omit<DutyNote, "at">, hint = ""): Promise<DutyNote | null> {
  return openDialog<DutyNote>(title, (close) => asked(t("When was it?"), (at) => { close({ ...note, at }); },
    hint === "" ? null : make("p", { class: "hint" }, hint)));
}

function asked(label: string, done: (at: string) => void, ...before: Child[]): HTMLElement {
  const id = newId();
  const input = make("input", { type: "datetime-local", id });
  input.value = local(new Date());
  const made = form(() => {
    clearFaults(made);
    const at = new Date(input.value);
    if (input.value === "" || Number.isNaN(at.getTime())) showFaults(made, [{ field: id, message: t("Please give a day and a time.") }]);
    else done(`${at.toISOString().slice(0, 16)}Z`);
  }, ...before, make("div", { class: "field" }, make("label", { for: id }, label), input),
  make("div", { class: "actions" }, submit(t("Sign it")), cancel()));
  return made;
}

/** As the field wants it: the wall clock of whoever sits here. */
function local(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Confirming a row of a law that nobody has verified: where it stands and on which day somebody looked, signed. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make, type Child } from "../../elements/make.js";
import { day, t } from "../../elements/words.js";
import { button, cancel, field, form, submit } from "../fields.js";
import { sentenceOf } from "../telling.js";
import type { Around } from "./periods.js";
import { knownChip, type Known } from "./status.js";
import type { Law } from "./view.js";

/** A row as it is signed: a clock by its id, others behind what they are (docs/contract.md). */
export interface Confirmable {
  readonly law: string;
  readonly row: string;
  readonly label: string;
}

interface Given {
  readonly source: string;
  readonly looked: string;
}

/** What a row says, what is known of it, who looked it up, and the button for who has. */
export function knownRow(named: Confirmable, one: Known, around: Around, ...below: Child[]): HTMLElement {
  return make("li", { class: "row apart" }, make("div", {}, make("p", {}, named.label, " ", knownChip(one)), ...below, lookedUp(one, around)), confirmButton(named, one, around));
}

/** Who looked it up, and where; null where nobody has. */
export function lookedUp({ confirmed }: Known, around: Around): HTMLElement | null {
  return confirmed === null ? null : make("p", { class: "small" }, t("{name} looked on {looked}: {source}", {
    name: around.person(confirmed.member), looked: day(confirmed.looked, "short"), source: confirmed.source,
  }));
}

/** For who has looked it up; null where the row needs nobody. */
export function confirmButton(named: Confirmable, one: Known, around: Around): HTMLElement | null {
  if (one.status !== "unverified") return null;
  const press = button(t("Confirm"), () => { void confirm(named, one, around, press); }, "button secondary");
  press.setAttribute("aria-label", t("Confirm: {what}", { what: named.label }));
  return press;
}

async function confirm({ law, row, label }: Confirmable, one: Known, around: Around, press: HTMLButtonElement): Promise<void> {
  const { worker, session, api, facts } = around.bench;
  const given = await askSource(label, facts.today, one.source);
  if (given === null) return;
  await busy(press, async () => {
    try {
      const named = { law, row, ...given };
      const act = await worker.ask("sign-row", { office: facts.office, ...named, counter: await session.counter() });
      around.done((await api.post<{ laws: readonly Law[] }>("laws/confirmation", { ...named, act })).laws);
      announce(t("Signed, and kept in the record."));
    } catch (error) {
      around.failed(sentenceOf(error));
    }
  });
}

function askSource(label: string, today: string, before: string): Promise<Given | null> {
  return openDialog<Given>(t("Confirm this row"), (close) => {
    const source = field({ label: t("Where the law says it"), hint: t("An article, a gazette, an address: so that a colleague finds it."), value: before, maxlength: 300 });
    const looked = field({ label: t("The day on which you looked"), value: today, classes: "short", maxlength: 10 });
    const made = form(() => {
      clearFaults(made);
      const said = { source: source.value().trim(), looked: looked.value().trim() };
      const faults = [
        ...said.source === "" ? [{ field: source.id, message: t("Please say where the law says it.") }] : [],
        ...!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(said.looked) || said.looked > today ? [{ field: looked.id, message: t("Please write a day that is not to come, such as {day}.", { day: today }) }] : [],
      ];
      if (faults.length > 0) showFaults(made, faults);
      else close(said);
    }, make("p", {}, label), source.element, looked.element,
    make("p", { class: "hint" }, t("Your name stands beside it, for everybody of the office, and your signature in the record.")),
    make("div", { class: "actions" }, submit(t("Sign it")), cancel()));
    return made;
  });
}

/** Which desks are independent of each other, said by an administrator and signed in the charter. */
import { openDialog } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import { cancel, checkboxes, form, submit } from "../fields.js";
import type { DeskFacts, Facts } from "../facts.js";
import { inLanguage } from "../page.js";
import { propose } from "../people/proposals.js";
import { personName } from "../roles.js";
import type { Workbench } from "../views.js";

/** One line: of which desks of this office this one is independent. */
export function independenceLine(desk: DeskFacts, facts: Facts): HTMLElement {
  const others = facts.desks.filter((one) => desk.independentOf.includes(one.id));
  return make("p", { class: "hint" }, others.length === 0
    ? t("This desk counts as independent of no other desk here.")
    : t("Independent of: {desks}. Who reports about people there may be led here.", { desks: listed(others.map(nameOf)) }));
}

/** Ask of which desks `desk` is independent, and propose the charter that says it. */
export async function independenceDialog(bench: Workbench, desk: DeskFacts): Promise<void> {
  const { facts } = bench;
  const others = facts.desks.filter((one) => one.id !== desk.id);
  const boxes = checkboxes(t("Independent of {name}", { name: nameOf(desk) }), others.map((one) => {
    const shared = one.people.filter((id) => desk.people.includes(id));
    return {
      key: one.id, label: nameOf(one), on: desk.independentOf.includes(one.id),
      ...(shared.length > 0 && { hint: t("Works at both: {names}.", { names: listed(shared.map((id) => personName(facts, id))) }) }),
    };
  }));
  const chosen = await openDialog<readonly string[]>(t("Independent desks"), (close) => [
    make("p", {}, t("Who reports about people of a desk is offered only desks that are independent of it. Nobody may work at both, and nobody there should depend on the other's people.")),
    form(() => { close(boxes.value()); }, boxes.element, make("div", { class: "actions" },
      submit(t("See what changes")), cancel())),
  ]);
  if (chosen !== null) await propose(bench, { independence: { desk: desk.id, of: chosen } });
}

function nameOf(desk: DeskFacts): string {
  return inLanguage(desk.names, language());
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: "conjunction" }).format(names);
}

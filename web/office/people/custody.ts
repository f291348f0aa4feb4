/** Custodians of names: who they are, how many must agree, and what is still missing. */
import { openDialog } from "../../elements/dialog.js";
import { make, newId } from "../../elements/make.js";
import { count, language, t } from "../../elements/words.js";
import { button, cancel, form, submit } from "../fields.js";
import { personName } from "../roles.js";
import type { Workbench } from "../views.js";
import { propose } from "./proposals.js";

/** The card beside the roots. `changed` is called after something was signed, `show` with what went wrong. */
export function custodyCard(bench: Workbench, administrator: boolean, changed: () => void, show: (error: unknown) => void): HTMLElement {
  const { facts } = bench;
  const { k, custodians } = facts.custody;
  const people = facts.people.filter((one) => one.roles.includes("custodian"));
  const names = new Intl.ListFormat(language(), { type: "conjunction" }).format(people.map(({ id }) => personName(facts, id)).sort((a, b) => a.localeCompare(b)));
  return make("section", { class: "card", id: "custody" }, make("h2", {}, t("Custodians of names")),
    custodians > 0
      ? make("p", {}, t("{names}. {k} of {n} must agree before a name is opened, together with the people who handle the report.", { names, k: count(k), n: count(custodians) }))
      : make("p", {}, people.length === 1
        ? t("{name} is the only one. Names can be locked away as soon as there is a second: nobody holds a name alone.", { name: names })
        : t("There are none yet. With two or more, who reports can have their name locked away, so that only custodians and handlers together can open it.")),
    make("p", { class: "hint" }, custodians > 0
      ? t("Whoever stops keeping names passes their shares on first, on the page “Names under seal”: give the role to a successor before.")
      : t("Invite two to nine people with the role “custodian of names”. Choose people from outside the desks: who handles reports cannot be one.")),
    administrator && custodians > 0 && button(t("How many must agree"), () => { void howMany(bench).then(changed).catch(show); }, "button secondary"));
}

async function howMany(bench: Workbench): Promise<void> {
  const { k, custodians } = bench.facts.custody;
  const name = newId();
  const inputs = Array.from({ length: custodians - 1 }, (_, at) => at + 2).map((number) => ({
    number, input: make("input", { type: "radio", name, value: number, checked: number === k }),
  }));
  const chosen = await openDialog<number>(t("How many must agree"), (close) => form(() => {
    close(inputs.find(({ input }) => input.checked)?.number ?? k);
  },
  make("p", {}, t("Few, and a name is opened too easily. Many, and it stays closed for ever when some of them have gone. More than half is a good beginning.")),
  make("p", { class: "hint" }, t("It counts for reports from now on. Names that lie sealed already keep the number that was in force then.")),
  make("fieldset", { class: "choices" }, make("legend", {}, t("Custodians who must agree")), inputs.map(({ number, input }) => make("label", { class: "choice" }, input,
    make("span", {}, t("{k} of {n}", { k: count(number), n: count(custodians) }))))),
  make("div", { class: "actions" }, submit(t("See what changes")), cancel())));
  if (chosen === null || chosen === k) return;
  await propose(bench, { custody: { k: chosen } });
}

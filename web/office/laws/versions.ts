/** The version of a law that counts here, and a newer one that a release brought: seen before it is adopted, and signed. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make } from "../../elements/make.js";
import { day, language, t } from "../../elements/words.js";
import { button, cancel, field, form, submit } from "../fields.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import { foreseen, type Foreseen } from "./foreseen.js";
import type { Around } from "./periods.js";
import type { Law } from "./view.js";

export interface Newer {
  readonly version: number;
  readonly effective_from: string;
}

export interface Adoption {
  readonly version: number;
  readonly starts: string;
  readonly member: string;
  readonly day: string;
}

export function versionOf(law: Law, around: Around): HTMLElement {
  const { newer } = law;
  const press = newer === null ? null : button(t("See what changes"), () => { void adopt(law, newer, around, press); });
  return make("div", { class: "stack tight" },
    make("p", { class: "muted small" }, t("Version {n} counts today.", { n: law.version })),
    law.adopted.map((one) => make("p", { class: "small" }, t("Version {n} counts from {day} on: adopted by {name}.", { n: one.version, day: day(one.starts), name: around.person(one.member) }))),
    newer === null ? null : make("div", { class: "notice plain stack tight" },
      make("p", {}, t("This program brings version {n} of this law, which holds from {day} on. Nothing runs under it before somebody here has seen what it changes, and signed.", { n: newer.version, day: day(newer.effective_from) })),
      make("div", { class: "actions" }, press)));
}

async function adopt(law: Law, newer: Newer, around: Around, press: HTMLButtonElement | null): Promise<void> {
  const starts = await askDay(newer, around.bench.facts.today);
  if (starts === null || press === null) return;
  const wanted = { law: law.id, version: newer.version, starts };
  await busy(press, async () => {
    const { api, worker, session, facts } = around.bench;
    try {
      const found = await api.post<Foreseen>("laws/version/preview", wanted);
      const sure = await openDialog<boolean>(t("What changes"), (close) => form(() => { close(true); },
        make("p", {}, make("b", {}, inLanguage(law.names, language())), " · ", t("Version {n} would count from {day} on.", { n: wanted.version, day: day(starts) })), foreseen(found, facts, starts),
        make("p", { class: "hint" }, t("Once you sign it cannot be taken back. Your name stands beside it, and your signature in the record.")),
        make("div", { class: "actions" }, submit(t("Adopt and sign")), cancel())));
      if (sure !== true) return;
      const act = await worker.ask("sign-law-version", { office: facts.office, ...wanted, counter: await session.counter() });
      const answer = await api.post<{ laws: readonly Law[] }>("laws/version", { ...wanted, act });
      around.done(answer.laws);
      announce(t("Signed, and kept in the record."));
    } catch (error) {
      around.failed(sentenceOf(error));
    }
  });
}

function askDay(newer: Newer, today: string): Promise<string | null> {
  const least = newer.effective_from > today ? newer.effective_from : tomorrow(today);
  return openDialog<string>(t("A newer version of the law"), (close) => {
    const starts = field({ label: t("From which day on"), hint: t("What begins on that day and later runs under it. What has begun keeps its version, except where the law says otherwise."), value: least, classes: "short", maxlength: 10 });
    const made = form(() => {
      clearFaults(made);
      const said = starts.value().trim();
      if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(said) || said < least) showFaults(made, [{ field: starts.id, message: t("Please write a day to come, such as {day}.", { day: least }) }]);
      else close(said);
    }, starts.element, make("div", { class: "actions" }, submit(t("See what changes")), cancel()));
    return made;
  });
}

function tomorrow(today: string): string {
  const found = new Date(`${today}T12:00:00Z`);
  found.setUTCDate(found.getUTCDate() + 1);
  return found.toISOString().slice(0, 10);
}

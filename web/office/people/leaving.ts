/** Somebody leaves: first new keys for their desks, then the charter without them. */
import { ask } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import { signSheet } from "../desks/signing.js";
import type { PersonFacts } from "../facts.js";
import { inLanguage } from "../page.js";
import type { Workbench } from "../views.js";
import { propose } from "./proposals.js";

export async function leaving(bench: Workbench, person: PersonFacts): Promise<void> {
  const { facts } = bench;
  const desks = facts.desks.filter((desk) => desk.people.includes(person.id));
  const foreign = desks.filter((desk) => !facts.me.roles.includes(`lead@${desk.id}`));
  if (foreign.length > 0) {
    const names = new Intl.ListFormat(language(), { type: "conjunction" }).format(foreign.map((desk) => inLanguage(desk.names, language())));
    await ask({
      title: t("First new keys, then the charter"),
      body: make("p", {}, t("Ask the leads of {names} to renew their keys without {person}, then come back. Else {person} could go on reading.", { names, person: person.name })),
      act: t("I understand"),
    });
    return;
  }
  const agreed = await ask({
    title: t("{name} leaves", { name: person.name }), danger: true, act: t("Renew the keys"),
    body: [
      make("p", {}, t("Their desks get new keys without them. Then you sign the charter without them.")),
      make("p", { class: "hint" }, t("What they have read they have read.")),
    ],
  });
  if (!agreed) return;
  for (const desk of desks) {
    await signSheet(bench, desk, { reason: t("People at this desk have changed."), open: desk.open, renew: true, without: [person.id], profile: null });
  }
  await propose(bench, { leave: [person.id] });
}

/** People and keys: who holds what, since when, and what would happen if they left today. */
import { openDialog } from "../../elements/dialog.js";
import { hold, make, type Child } from "../../elements/make.js";
import { count, day, language, t, tn } from "../../elements/words.js";
import { wordsGrid } from "../../elements/words-grid.js";
import { Refusal } from "../api.js";
import { button, cancel, checkboxes, field, form, submit } from "../fields.js";
import { has, type Facts, type PersonFacts } from "../facts.js";
import { inLanguage } from "../page.js";
import { allRoles, roleName, rolesInWords } from "../roles.js";
import { whenReturning } from "../returning.js";
import { sentenceOf, tellApart } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import { custodyCard } from "./custody.js";
import { invitationCard, inviteDialog, type InvitationRow } from "./invite.js";
import { leaving } from "./leaving.js";
import { peersCard } from "./peers.js";
import { proposalCard, propose, type ProposalRow } from "./proposals.js";

view("people", { title: () => t("People and keys"), order: 20, render: (host, _path, bench) => new People(host, bench) });

class People implements Shown {
  private gone = false;
  /** What is on the screen, so that coming back redraws only what has changed and loses nothing half typed. */
  private shown = "";
  private readonly stop = whenReturning(() => this.look());

  constructor(private readonly host: HTMLElement, private readonly bench: Workbench) {
    host.className = "column wide";
    hold(host, make("h1", {}, t("People and keys")), make("p", { class: "muted" }, t("Loading…")));
    this.draw();
  }

  leave(): void {
    this.gone = true;
    this.stop();
  }

  private async look(): Promise<void> {
    try {
      const { proposals, invitations } = await this.waiting();
      if (!this.gone && stateOf(proposals, invitations) !== this.shown) this.draw();
    } catch (error) {
      // The next press tells; a page that was only looked at need not.
      if (!(error instanceof Refusal)) throw error;
    }
  }

  private async waiting(): Promise<{ proposals: readonly ProposalRow[]; invitations: readonly InvitationRow[] }> {
    const { api, facts } = this.bench;
    const { proposals } = await api.get<{ proposals: readonly ProposalRow[] }>("proposals");
    const invitations = has(facts, "administrator")
      ? (await api.get<{ invitations: readonly InvitationRow[] }>("invitations")).invitations.filter((row) => row.done !== true) : [];
    return { proposals, invitations };
  }

  private readonly draw = (): void => {
    void this.load().then((parts) => {
      if (!this.gone) hold(this.host, make("div", { class: "stack loose" }, parts));
    }).catch((error: unknown) => {
      // It is drawn again at the next look, whatever it was before.
      this.shown = "";
      if (!this.gone) hold(this.host, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    });
  };

  private async load(): Promise<HTMLElement[]> {
    const { bench, draw } = this;
    // Colleagues sign too: what is shown here is what is in force now.
    await bench.refresh();
    const { facts } = bench;
    const administrator = has(facts, "administrator");
    const { proposals, invitations } = await this.waiting();
    this.shown = stateOf(proposals, invitations);
    const cards = await Promise.all([
      ...proposals.map((row) => proposalCard(bench, row, administrator, draw)),
      ...invitations.map((row) => invitationCard(bench, row, proposals.length > 0, draw)),
    ]);
    bench.badge("people", proposals.filter((row) => row.may_sign && !row.signed.some((one) => one.member === facts.me.id)).length
      + invitations.filter((row) => row.joining !== undefined).length);
    return [
      make("div", { class: "row apart" }, make("h1", {}, t("People and keys")),
        administrator && button(t("Invite a person"), () => { void inviteDialog(bench).then(draw).catch(tellApart); })),
      ...(cards.length > 0 ? [make("section", { class: "stack" }, make("h2", {}, t("Waiting")),
        make("p", { class: "hint" }, t("This page looks again by itself whenever you come back to it.")), ...cards)] : []),
      this.members(administrator), this.root(), custodyCard(bench, administrator, draw, (error) => { void tellApart(error); }), await peersCard(bench, administrator, draw, (error) => { void tellApart(error); }), this.charter(administrator),
    ].filter((one) => one instanceof HTMLElement);
  }

  private members(administrator: boolean): HTMLElement {
    const { facts } = this.bench;
    const heads = [t("Roles"), t("Keys they hold"), t("Way back tried"), t("If they left today")];
    const rows = facts.people.map((person) => {
      const cells: Child[][] = [
        [rolesInWords(person.roles, facts)],
        [holdings(person, facts), make("span", { class: "caption" }, t("since {day}", { day: day(person.joined, "short") }))],
        [person.wayBackTried === "" ? t("never tried") : day(person.wayBackTried, "short")],
        [ifTheyLeft(person, facts)],
      ];
      // The roles are said here because a narrow screen shows each row as a block, and browsers then forget the table.
      return make("tr", { role: "row" },
        make("th", { scope: "row", role: "rowheader" }, person.name, make("span", { class: "caption" }, t("seen as {alias}", { alias: person.alias }))),
        cells.map((cell, at) => make("td", { role: "cell", "data-label": heads[at] }, cell)),
        administrator && make("td", { role: "cell" }, this.acts(person)));
    });
    const head = (label: string): HTMLElement => make("th", { scope: "col", role: "columnheader" }, label);
    return make("section", { class: "stack" }, make("div", { class: "tablebox" }, make("table", { class: "table stacked", role: "table" },
      make("caption", {}, t("Who holds what")),
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, head(t("Name")), heads.map(head),
        administrator && make("th", { scope: "col", role: "columnheader" }, make("span", { class: "unseen" }, t("Acts"))))),
      make("tbody", { role: "rowgroup" }, rows))));
  }

  private acts(person: PersonFacts): HTMLElement {
    const { bench, draw } = this;
    return make("div", { class: "stack tight" },
      make("div", {}, button(t("Roles"), () => { void rolesDialog(bench, person).then(draw).catch(tellApart); }, "link")),
      make("div", {}, button(t("New keys"), () => {
        void inviteDialog(bench, { member: person.id, name: person.name, roles: person.roles }).then(draw).catch(tellApart);
      }, "link")),
      person.id !== bench.facts.me.id && make("div", {}, button(t("Leaves"), () => { void leaving(bench, person).then(draw).catch(tellApart); }, "link")));
  }

  private root(): HTMLElement {
    const { facts } = this.bench;
    return make("section", { class: "card" }, make("h2", {}, t("Root and poster")),
      make("p", {}, tn("{n} administrator holds a root key.", "{n} administrators hold a root key each.", facts.root.keys), " ",
        facts.root.threshold === 1
          ? t("That one alone can sign a charter.")
          : t("{n} of them must sign a charter.", { n: facts.root.threshold })),
      make("p", {}, t("These eight words are on every poster, for ever:")),
      wordsGrid(facts.words, language().toLowerCase().startsWith("zh") ? "zh-Hans" : "en"));
  }

  private charter(administrator: boolean): HTMLElement {
    const { bench, draw } = this;
    const { charter } = bench.facts;
    return make("section", { class: "card" }, make("h2", {}, t("Charter")),
      make("p", {}, t("Charter {number}, signed for {from} to {until}.", {
        number: count(charter.number), from: day(charter.from), until: day(charter.notAfter),
      })),
      administrator && button(t("Sign a new one"), () => { void propose(bench, {}).then(draw).catch(tellApart); }, "button secondary"));
  }
}

function stateOf(proposals: readonly ProposalRow[], invitations: readonly InvitationRow[]): string {
  return JSON.stringify([proposals.map(({ id, needed }) => [id, needed]), invitations.map(({ id, joining }) => [id, joining?.doc])]);
}

function holdings(person: PersonFacts, facts: Facts): string {
  const desks = facts.desks.filter((desk) => desk.people.includes(person.id)).map((desk) => inLanguage(desk.names, language()));
  const parts = [...(person.holdsRoot ? [t("root key")] : []), ...desks.map((desk) => t("key of {desk}", { desk }))];
  return parts.length === 0 ? t("own keys only") : new Intl.ListFormat(language(), { type: "conjunction" }).format(parts);
}

/** What would break, said before it does. */
function ifTheyLeft(person: PersonFacts, facts: Facts): HTMLElement {
  const lines: string[] = [];
  for (const desk of facts.desks.filter((one) => one.people.includes(person.id))) {
    const name = inLanguage(desk.names, language());
    const left = desk.people.length - 1;
    if (left === 0) lines.push(t("Nobody could read what is reported to {name}.", { name }));
    else if (left === 1) lines.push(t("One person alone would read at {name}.", { name }));
    const leads = facts.people.filter((one) => one.id !== person.id && one.roles.includes(`lead@${desk.id}`)).length;
    if (leads === 0 && person.roles.includes(`lead@${desk.id}`)) lines.push(t("Nobody could renew the keys of {name}.", { name }));
  }
  if (person.roles.includes("custodian")) lines.push(t("Their shares of names would be lost: they pass them on first."));
  if (person.holdsRoot && facts.root.keys - 1 < facts.root.threshold) lines.push(t("Nobody could sign a charter any more."));
  return lines.length === 0 ? make("span", { class: "muted" }, t("Work goes on.")) : make("span", {}, lines.join(" "));
}

async function rolesDialog(bench: Workbench, person: PersonFacts): Promise<void> {
  const { facts } = bench;
  const alias = field({ label: t("Name that reporting persons see"), value: person.alias, classes: "medium" });
  const roles = checkboxes(t("Roles"), allRoles(facts).filter((role) => role !== "administrator" || person.roles.includes(role)).map((role) => ({
    key: role, label: roleName(role, facts), on: person.roles.includes(role),
  })));
  const chosen = await openDialog<{ alias: string; roles: string[] }>(person.name, (close) => form(() => {
    close({ alias: alias.value().trim() || person.alias, roles: roles.value() });
  }, alias.element, roles.element,
  !person.roles.includes("administrator") && make("p", { class: "hint" }, t("A further administrator needs a root key: use “New keys” and choose the role there.")),
  make("div", { class: "actions" }, submit(t("See what changes")), cancel())));
  if (chosen === null) return;
  await propose(bench, { roles: [{ member: person.id, roles: chosen.roles, alias: chosen.alias }] });
}

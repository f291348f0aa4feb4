/** Desks: who holds the key, what is missing before reports may come, and the acts of the lead. */
import { busy } from "../../elements/busy.js";
import { openDialog } from "../../elements/dialog.js";
import { hold, make, type Child } from "../../elements/make.js";
import { language, t, tn, tp } from "../../elements/words.js";
import { unb64 } from "../../seal/primitives.js";
import type { Wishes } from "../../workers/charters.js";
import { button, cancel, field, form, submit, type Field } from "../fields.js";
import { has, type DeskFacts, type Facts } from "../facts.js";
import { ScreenFault } from "../guide.js";
import { inLanguage } from "../page.js";
import { propose } from "../people/proposals.js";
import { personName } from "../roles.js";
import { poster, printButton } from "../sheets.js";
import { sentenceOf, tellApart, tellFault } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import { independenceDialog, independenceLine } from "./independence.js";
import { keepsRoom } from "../room/state.js";
import { signSheet } from "./signing.js";
import { deskTexts, profileDocument, type DeskTextFields, type DeskTexts } from "./texts.js";

interface DeskState {
  readonly holders: readonly string[];
  readonly unlocked: readonly string[];
  readonly missing: readonly { readonly code: string; readonly sentence: string }[];
}

view("desks", { title: () => t("Desks"), order: 30, render: (host, _path, bench) => new Desks(host, bench) });

class Desks implements Shown {
  private gone = false;

  constructor(private readonly host: HTMLElement, private readonly bench: Workbench) {
    hold(host, make("h1", {}, t("Desks")), make("p", { class: "muted" }, t("Loading…")));
    this.draw();
  }

  leave(): void {
    this.gone = true;
  }

  private readonly draw = (): void => {
    void this.load().then((parts) => {
      if (!this.gone) hold(this.host, make("div", { class: "stack loose" }, parts));
    }).catch((error: unknown) => {
      if (!this.gone) hold(this.host, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    });
  };

  private async load(): Promise<Child[]> {
    const { bench } = this;
    const { api } = bench;
    await bench.refresh();
    const { facts } = bench;
    const { desks } = await api.get<{ desks: Readonly<Record<string, DeskState>> }>("desks");
    const administrator = has(facts, "administrator");
    return [
      make("div", { class: "row apart" }, make("h1", {}, t("Desks")),
        administrator && button(t("New desk"), () => { void newDesk(bench).then(this.draw); })),
      ...facts.desks.map((desk) => this.card(desk, desks[desk.id])),
      keepsRoom(facts) && make("p", {}, make("a", { href: "#/room" }, t("Room for files"))),
    ];
  }

  private card(desk: DeskFacts, state: DeskState | undefined): HTMLElement {
    const { bench } = this;
    const { facts } = bench;
    const lead = has(facts, "lead", desk.id);
    const holders = state?.holders ?? [];
    const without = desk.people.filter((id) => !holders.includes(id));
    const names = (ids: readonly string[]): string =>
      new Intl.ListFormat(language(), { type: "conjunction" }).format(ids.map((id) => personName(facts, id)));
    const missing = state?.missing ?? [];
    return make("section", { class: "card", "aria-label": inLanguage(desk.names, language()) },
      make("div", { class: "row apart" }, make("h2", {}, inLanguage(desk.names, language())),
        make("span", { class: desk.open ? "chip good" : "chip" }, desk.open ? tp("desk", "Open") : tp("desk", "Closed"))),
      make("p", { class: "readers" }, make("b", {}, t("Who can read what arrives here:")), " ", holders.length === 0 ? t("nobody") : names(holders)),
      without.length > 0 && make("p", { class: "notice plain" },
        tn("{names} works here but holds no key yet.", "{names} work here but hold no key yet.", without.length, { names: names(without) }), " ",
        lead ? "" : t("The desk's lead can give it to them.")),
      facts.desks.length > 1 && independenceLine(desk, facts),
      !desk.open && checklist(missing),
      facts.desks.length > 1 && has(facts, "administrator") && make("div", { class: "actions" }, button(t("Independence"), () => {
        void independenceDialog(bench, desk).then(this.draw).catch((error: unknown) => { void tellApart(error); });
      }, "button secondary")),
      desk.open && mayTest(facts) && make("div", { class: "actions" }, button(t("Send a test report"), () => {
        void this.testReport(desk).catch((error: unknown) => { void tellApart(error); });
      }, "button secondary")),
      lead && this.acts(desk, state, without.length > 0));
  }

  private acts(desk: DeskFacts, state: DeskState | undefined, giveKeys: boolean): HTMLElement {
    const { bench } = this;
    const { facts } = bench;
    const run = (label: string, kind: string, work: () => Promise<void>): HTMLButtonElement => {
      const made = button(label, () => {
        void busy(made, async () => {
          try {
            await work();
            this.draw();
          } catch (error) {
            await tellApart(error);
          }
        });
      }, kind);
      return made;
    };
    const sheet = (reason: string, open: boolean, renew: boolean): Promise<void> =>
      signSheet(bench, desk, { reason, open, renew, without: [], profile: null });
    const address = `${bench.session.reportOrigin}/at/${facts.office}/#k=${facts.fingerprint}`;
    const ready = (state?.missing ?? []).length === 0;
    return make("div", { class: "actions" },
      giveKeys && run(t("Give them the key"), "button", () => sheet(t("People at this desk have changed."), desk.open, true)),
      desk.open
        ? run(t("Close the desk"), "button secondary", () => sheet(t("The desk is closed for now."), false, false))
        : run(t("Open the desk"), ready ? "button" : "button secondary", () => sheet(t("The desk is open."), true, false)),
      !desk.open && run(t("Send a test report"), "button secondary", () => this.testReport(desk)),
      run(t("Renew the key"), "button secondary", () => sheet(t("The key is renewed at regular times."), desk.open, true)),
      button(t("Questions and texts"), () => { bench.go("questions", `/${desk.id}`); }, "button secondary"),
      printButton(() => poster(inLanguage(facts.names, language()), address, facts.words), t("Print the poster")));
  }

  private async testReport(desk: DeskFacts): Promise<void> {
    const { bench } = this;
    const { facts } = bench;
    const marks = [`k=${facts.fingerprint}`];
    if (!desk.open) marks.push(`test=${(await bench.api.post<{ ticket: string }>(`desks/${desk.id}/test-ticket`)).ticket}`);
    marks.push(`by=${await bench.worker.ask("test-errand", null)}`);
    const address = `${bench.session.reportOrigin}/at/${facts.office}/#${marks.join("&")}`;
    await openDialog(t("Send a test report"), (close: (answer: null) => void) => [
      make("p", {}, t("Open the report page with this link and write as somebody would who reports, to {desk}. Nobody there can tell it from a report before they open it; then it says that it was a test, signed by you. Tests stand in no statistics.", { desk: inLanguage(desk.names, language()) })),
      make("div", { class: "actions" },
        make("a", { class: "button", id: "test-link", href: address, target: "_blank", rel: "noopener noreferrer" }, t("To the report page")),
        button(t("Done"), () => { close(null); }, "button secondary")),
      make("p", { class: "hint" }, desk.open
        ? t("The link is for one report. The page gives you its receipt, so that you can see how the desk answers.")
        : t("The link works once, until tomorrow.")),
    ]);
  }
}

/** Whose statement of a test counts, at whatever desk. */
function mayTest(facts: Facts): boolean {
  return ["auditor", "oversight", "administrator", "lead"].some((role) => has(facts, role));
}

function checklist(missing: DeskState["missing"]): HTMLElement {
  if (missing.length === 0) return make("p", { class: "notice good" }, t("Everything was tried. This desk may open."));
  return make("div", { class: "notice warning" }, make("h3", {}, t("Before reports may come")),
    make("ul", {}, missing.map((one) => make("li", {}, one.sentence))));
}

function checkedForm(texts: ReturnType<typeof deskTexts>, done: () => void, label: string, before: readonly HTMLElement[]): HTMLFormElement {
  const shown: HTMLFormElement = form(() => {
    try {
      texts.check();
      done();
    } catch (error) {
      if (!(error instanceof ScreenFault)) throw error;
      tellFault(shown, error);
    }
  }, ...before, ...texts.elements, make("div", { class: "actions" }, submit(label), cancel()));
  return shown;
}

/** Six texts are typed for it: who does not sign, or is refused, finds them in the form again. */
async function newDesk(bench: Workbench): Promise<void> {
  const name = field({ label: t("Name of the desk") });
  const texts = deskTexts(language());
  for (let founded = false; !founded;) {
    const chosen = await askDesk(name, texts);
    if (chosen === null) return;
    try {
      founded = await propose(bench, { desk: deskOf(chosen, bench.facts.desks[0]?.form ?? "") });
    } catch (error) {
      await tellApart(error);
    }
  }
}

interface ChosenDesk {
  readonly name: string;
  readonly texts: DeskTexts;
}

function askDesk(name: Field, texts: DeskTextFields): Promise<ChosenDesk | null> {
  return openDialog<ChosenDesk>(t("New desk"), (close) => checkedForm(texts, () => {
    if (name.value().trim() === "") throw new ScreenFault(name.id, t("Please give the desk a name."));
    close({ name: name.value().trim(), texts: texts.values() });
  }, t("See what changes"), [
    make("p", {}, t("You are its first lead, and it stays closed. Hand it over by giving others the role.")), name.element,
  ]));
}

function deskOf({ name, texts }: ChosenDesk, form: string): NonNullable<Wishes["desk"]> {
  const tag = language();
  return {
    names: tag === "en" ? { en: name } : { en: name, [tag]: name }, form: unb64(form, 32),
    profile: profileDocument(texts), reason: t("The desk was founded."),
  };
}

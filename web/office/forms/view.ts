/** A desk's questions and texts: edited by its lead in every language, shown as people will see them, signed in one sheet. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { ask } from "../../elements/dialog.js";
import { clearFaults, showFaults, type Fault } from "../../elements/errors.js";
import { hold, make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import { readForm, type Form } from "../../seal/form.js";
import { same, unb64 } from "../../seal/primitives.js";
import { Refusal } from "../api.js";
import { languageName } from "../arrivals/names.js";
import { signSheet } from "../desks/signing.js";
import { button, field } from "../fields.js";
import { has, type DeskFacts } from "../facts.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import type { OfficeWorker } from "../worker.js";
import { EditedForm, sameForm } from "./model.js";
import { Preview } from "./preview.js";
import { faultsOf, readProfile, writeProfile, type EditedProfile } from "./profile.js";
import { fieldOf, QuestionCards } from "./questions.js";
import { otherTerms, seesWhatChanges } from "./terms.js";
import { DeskTexts, type LawChoice } from "./texts.js";

/** The languages that the pages speak; a form may have others, which are kept as they are. */
const LANGUAGES = ["en", "zh-Hans", "ar"] as const;

view("questions", {
  title: () => t("Questions and texts"), order: 0, for: (facts) => has(facts, "lead"),
  render: (host, path, bench) => new Questions(host, path.replace(/^\//, ""), bench),
});

/** What is being edited, and what is in force. */
interface Edited {
  readonly form: EditedForm;
  readonly profile: EditedProfile;
  readonly laws: Laws;
  readonly before: { readonly form: Form; readonly profile: Uint8Array };
}

/** Names by language of the laws that a desk can work under, by their ids. */
type Laws = Readonly<Record<string, Readonly<Record<string, string>>>>;

function lawsToChoose(laws: Laws): LawChoice[] {
  return Object.entries(laws).map(([value, names]) => ({ value, label: inLanguage(names, language()) }));
}

/** Kept while the keys are unlocked, by desk and by what is in force: whoever looks elsewhere loses nothing. */
const kept = new WeakMap<OfficeWorker, Map<string, Edited>>();

/** What of the page a fault needs. */
interface Editor {
  readonly form: HTMLFormElement;
  readonly cards: QuestionCards;
  readonly speak: (tag: typeof LANGUAGES[number]) => void;
  readonly said: HTMLElement;
}

class Questions implements Shown {
  private gone = false;
  private tag = LANGUAGES.find((tag) => tag.toLowerCase() === language().toLowerCase()) ?? "en";

  constructor(private readonly host: HTMLElement, private readonly id: string, private readonly bench: Workbench) {
    host.className = "column wide";
    void this.begin();
  }

  leave(): void {
    this.gone = true;
  }

  private get desk(): DeskFacts | undefined {
    const { facts } = this.bench;
    return facts.desks.find(({ id }) => id === this.id && has(facts, "lead", id));
  }

  private async begin(): Promise<void> {
    const { desk } = this;
    if (desk === undefined) {
      hold(this.host, make("h1", {}, t("Questions and texts")), make("p", { class: "notice plain" }, t("Only a lead of a desk edits its questions.")));
      return;
    }
    hold(this.host, make("h1", {}, t("Questions and texts")), make("p", { class: "muted" }, t("Loading…")));
    try {
      const edited = await this.load(desk);
      if (!this.gone) this.draw(desk, edited);
    } catch (error) {
      if (!this.gone) hold(this.host, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private async load(desk: DeskFacts): Promise<Edited> {
    const { worker, api } = this.bench;
    const drafts = kept.get(worker) ?? new Map<string, Edited>();
    kept.set(worker, drafts);
    const name = `${desk.id} ${desk.form} ${desk.profile}`;
    const found = drafts.get(name);
    if (found !== undefined) return found;
    const texts = await api.get<{ form: string; profile: string; laws: Laws }>(`desks/${desk.id}/texts`);
    const form = readForm(unb64(texts.form));
    const profile = unb64(texts.profile);
    const edited = { form: EditedForm.of(form), profile: readProfile(profile), laws: texts.laws, before: { form, profile } };
    drafts.set(name, edited);
    return edited;
  }

  private draw(desk: DeskFacts, edited: Edited): void {
    const preview = new Preview();
    const languages = make("div", { class: "tabs", role: "group", "aria-label": t("Language of what you write") });
    const said = make("div", { "aria-live": "polite" });
    const changed = (): void => {
      preview.show(edited.form.form(), this.tag);
      this.drawLanguages(languages, edited, speak);
    };
    const cards = new QuestionCards(edited.form, this.tag, changed);
    const texts = new DeskTexts(edited.profile, this.tag, lawsToChoose(edited.laws), changed);
    const speak = (tag: typeof LANGUAGES[number]): void => {
      this.tag = tag;
      cards.speak(tag);
      texts.speak(tag);
      changed();
    };
    const sign = button(t("Look it over and sign"), () => {
      void busy(sign, () => this.sign(desk, edited, { form: editor, cards, speak, said }));
    });
    const editor = make("form", { class: "stack loose", novalidate: true, autocomplete: "off", onsubmit: (event) => { event.preventDefault(); } },
      languages,
      make("section", { class: "stack", "aria-labelledby": "the-questions" }, make("h2", { id: "the-questions" }, t("Questions")), cards.element),
      make("section", { class: "stack", "aria-labelledby": "the-texts" }, make("h2", { id: "the-texts" }, t("Texts on the report page")), texts.element),
      said,
      make("div", { class: "actions" }, sign,
        button(t("Take the changes back"), () => { void this.takeBack(desk, edited); }, "button secondary"),
        button(t("Back to the desks"), () => { this.bench.go("desks"); }, "link")));
    hold(this.host, make("div", { class: "stack loose" },
      make("h1", { tabindex: -1 }, t("Questions and texts of {desk}", { desk: inLanguage(desk.names, language()) })),
      make("p", { class: "lede" }, t("Everybody can read what stands here. It counts for reports from the moment you sign; earlier ones keep the questions that they answered.")),
      make("div", { class: "editing" }, editor, preview.element)));
    changed();
  }

  private drawLanguages(host: HTMLElement, edited: Edited, speak: (tag: typeof LANGUAGES[number]) => void): void {
    const before = document.activeElement?.id;
    hold(host, LANGUAGES.map((tag) => {
      const missing = tag === "en" ? 0 : edited.form.untranslated(tag);
      const made = make("button", { type: "button", id: `speak-${tag}`, "aria-pressed": tag === this.tag ? "true" : "false", "aria-current": tag === this.tag ? "true" : null },
        languageName(tag), missing > 0 && [" ", make("span", { class: "number", title: t("Texts that are still missing; their readers get the English ones.") }, String(missing))]);
      made.addEventListener("click", () => { speak(tag); });
      return made;
    }));
    if (before?.startsWith("speak-") === true) document.getElementById(before)?.focus();
  }

  private async takeBack(desk: DeskFacts, edited: Edited): Promise<void> {
    const sure = await ask({ title: t("Take the changes back?"), body: make("p", {}, t("Everything that you have not signed is gone.")), act: t("Take them back"), danger: true });
    if (!sure) return;
    const { form, profile } = edited.before;
    const fresh = { form: EditedForm.of(form), profile: readProfile(profile), laws: edited.laws, before: edited.before };
    kept.get(this.bench.worker)?.set(`${desk.id} ${desk.form} ${desk.profile}`, fresh);
    this.draw(desk, fresh);
  }

  private async sign(desk: DeskFacts, edited: Edited, page: Editor): Promise<void> {
    clearFaults(page.form);
    hold(page.said);
    const faults = faultsIn(edited);
    if (faults.length > 0) {
      // What is missing is missing in English, which every reader can fall back to.
      page.speak("en");
      for (const { part } of edited.form.missing()) page.cards.show(part);
      showFaults(page.form, faults);
      return;
    }
    const { doc, ids } = edited.form.document();
    const profile = writeProfile(edited.profile);
    const form = sameForm(readForm(doc), edited.before.form) ? null : doc;
    const texts = same(profile, writeProfile(readProfile(edited.before.profile))) ? null : profile;
    if (form === null && texts === null) {
      hold(page.said, make("p", { class: "notice plain" }, t("Nothing has changed yet.")));
      return;
    }
    let reason: string | null;
    try {
      if (texts !== null && otherTerms(edited.profile, readProfile(edited.before.profile)) && !await seesWhatChanges(this.bench, desk, texts)) return;
      reason = await reasonFor(desk);
      if (reason === null) return;
      await signSheet(this.bench, desk, { reason, open: desk.open, renew: false, without: [], form, profile: texts });
    } catch (error) {
      this.refused(error, ids, page);
      return;
    }
    announce(t("It is signed and counts from now on."));
    // Somebody has gone to another page meanwhile, which is not this one's to draw over.
    if (this.gone) return;
    await this.begin();
    this.host.querySelector("h1")?.after(make("p", { class: "notice good", id: "signed" }, t("It is signed and counts from now on.")));
  }

  /** Says what the office's server does not take, at the field where it stands. */
  private refused(error: unknown, ids: ReadonlyMap<string, string>, page: Editor): void {
    const more = error instanceof Refusal ? error.more : {};
    const named = typeof more["part"] === "string" ? more["part"] : undefined;
    // A part that is new has its name in the document only.
    const part = [...ids].find(([, name]) => name === named)?.[0] ?? named;
    const said = sentenceOf(error);
    if (part === undefined) {
      hold(page.said, make("p", { class: "notice danger", role: "alert" }, said));
      return;
    }
    const tag = LANGUAGES.find((one) => one === more["language"]);
    if (tag !== undefined) page.speak(tag);
    page.cards.show(part);
    showFaults(page.form, [{ field: fieldOf(part), message: said }]);
  }
}

function faultsIn({ form, profile }: Edited): Fault[] {
  const text = t("Please write this in English at least: readers of other languages fall back to it.");
  return [
    ...form.missing().map(({ part, what }) => ({ field: fieldOf(part), message: what === "text" ? text : t("Please add something to choose from.") })),
    ...faultsOf(profile).map((one): Fault => {
      switch (one) {
        case "ways": return { field: "text-telephone", message: t("Please name at least one other way to report.") };
        case "leave": return { field: "text-leave", message: t("Please give an address that begins with https://") };
        case "emergency": case "complaints": case "disclosure": case "children": return { field: `text-${one}`, message: text };
        default: return { field: one, message: text };
      }
    }),
  ];
}

/** Everybody who reports meanwhile reads the reason. */
async function reasonFor(desk: DeskFacts): Promise<string | null> {
  const reason = field({ label: t("Reason, which everybody can read"), value: t("The desk's questions or texts have changed.") });
  const agreed = await ask({
    title: t("Sign the questions and texts?"), act: t("Sign"),
    body: [
      make("p", {}, t("They are public, and your signature stands in the record of {desk}.", { desk: inLanguage(desk.names, language()) })),
      reason.element,
    ],
  });
  return agreed ? reason.value().trim() : null;
}

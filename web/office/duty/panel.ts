/** Beside a case: what a law makes the organisation tell its authority, by when, and what was done. */
import { busy } from "../../elements/busy.js";
import { hold, make } from "../../elements/make.js";
import { fill, language, t } from "../../elements/words.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import type { Story } from "../arrivals/types.js";
import type { ShownSubmission } from "../cases/worktypes.js";
import { button } from "../fields.js";
import { Newest } from "../newest.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import { askAware, askWhen } from "./asking.js";
import { askTold, noForm, toldAt, toldPart } from "./telling.js";
import { dutyChip, dutyLabel, dutyStanding, type Begun, type Duties, type DutyNote, type DutyRow } from "./types.js";

export class DutyPanel {
  readonly element = make("section", { class: "card quiet stack tight", id: "duty", "aria-labelledby": "duty-head" });
  private readonly thread: string;
  private found: Duties = { laws: [], begun: [] };
  private trouble = "";
  /** What is known did not come, or has not come yet. */
  private blind = true;
  private readonly newest = new Newest();

  constructor(private readonly stage: CaseStage, private story: Story) {
    this.thread = story.thread;
    void this.load();
  }

  /** A colleague may have noted something meanwhile. Drawn anew only where something is new: whoever reads here is left alone. */
  show(story: Story): void {
    if (story === this.story) return;
    const before = newest(this.told);
    this.story = story;
    if (newest(this.told) !== before) this.draw();
    void this.load();
  }

  private get told(): readonly ShownSubmission[] {
    return this.story.work.submissions;
  }

  private load(): Promise<void> {
    return this.newest.ask(() => this.stage.desk().duty.of(this.thread), (found) => {
      if (!this.blind && JSON.stringify(found) === JSON.stringify(this.found)) return;
      if (this.blind) this.trouble = "";
      [this.found, this.blind] = [found, false];
      this.draw();
    }, (error) => {
      [this.trouble, this.blind] = [sentenceOf(error), true];
      this.draw();
    });
  }

  private draw(): void {
    const { found, trouble } = this;
    const open = found.laws.filter(({ id }) => !found.begun.some(({ law }) => law === id));
    const said = trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, trouble);
    const begin = open.length === 0 ? null : make("p", {}, this.act(found.begun.length === 0 ? t("We became aware") : t("Another law binds us, too"), "duty-aware", () => askAware(open), found.begun.length === 0 ? "button secondary" : "link"));
    // Most cases are none of that: one line, until somebody says that this one is.
    if (found.begun.length === 0) {
      hold(this.element, make("details", { open: trouble !== "" }, make("summary", { id: "duty-head" }, t("What we owe an authority")), said,
        make("p", { class: "small muted" }, t("Where this is an incident that a law makes the organisation report, note when it became aware: the clocks of that law then run here.")), begin));
      return;
    }
    const unfolded = new Set([...this.element.querySelectorAll<HTMLDetailsElement>("details[data-told]")].filter((one) => one.open).map((one) => one.dataset["told"]));
    hold(this.element, make("h2", { id: "duty-head" }, t("What we owe an authority")), said, found.begun.map((begun) => this.law(begun)), begin);
    for (const one of this.element.querySelectorAll<HTMLDetailsElement>("details[data-told]")) one.open = unfolded.has(one.dataset["told"]);
  }

  private law(begun: Begun): HTMLElement {
    const { law, rows } = begun;
    const known = this.found.laws.find(({ id }) => id === law);
    const starts = new Set(rows.map((one) => one.starts));
    return make("div", { class: "stack tight", "data-law": law },
      make("h3", {}, inLanguage(known?.names ?? {}, language())),
      make("ul", { class: "plain stack", role: "list" }, rows.map((row) => this.row(begun, row, inLanguage(known?.names ?? {}, language())))),
      starts.has("requested") ? make("p", {}, this.act(t("They asked how it stands"), "duty-requested", () => askWhen(t("They asked how it stands"), { law, kind: "requested", row: "" }), "link")) : null,
      starts.has("investigation-ended") ? make("p", {}, this.act(t("Our enquiry is over"), "duty-ended", () => askWhen(t("Our enquiry is over"), { law, kind: "investigation-ended", row: "" }), "link")) : null,
      rows.some(({ contents }) => contents.length > 0) ? noForm() : null,
      (known?.notes ?? []).map((note) => make("p", { class: "small muted" }, inLanguage(note, language()))));
  }

  private row(begun: Begun, row: DutyRow, names: string): HTMLElement {
    const { law } = begun;
    const owed = row.state === "open" || row.state === "running" || row.state === "late";
    const title = dutyLabel(row), ours = row.owner === "organisation";
    const told = toldAt(law, row, this.told);
    return make("li", { class: "stack tight", "data-row": row.row },
      make("p", {}, make("b", {}, title), " ", make("span", { class: dutyChip(row) }, dutyStanding(row))),
      make("p", { class: "small muted" }, fill<HTMLElement>(row.law_itself ? t("The law: {source}") : t("Nobody has verified this row: {source}"), { source: make("bdi", { lang: "en" }, row.source) })),
      told.map((one) => toldPart(one, names, this.stage.state().facts, () => { void this.tell(begun, row, one); })),
      !owed ? null : make("p", { class: "row" },
        // Asked again, they are told again: what went out before stays as it was.
        row.contents.length === 0 || told.length > 0 && row.starts !== "requested" ? null : button(told.length === 0 ? t("Fill in what is told") : t("Fill in another"), () => { void this.tell(begun, row); }, "button secondary"),
        this.act(ours ? t("Note that it was done") : t("Note that it came"), "", () => askWhen(title, { law, kind: "done", row: row.row }, t("What is told goes in a letter or is passed on to the authority's own line. Here stands that it was done, and when."))),
        row.state === "late" || !ours ? null : this.act(t("It does not bind us"), "", () => askWhen(t("It does not bind us: {what}", { what: title }), { law, kind: "not-owed", row: row.row }, t("The reason stands in a note of the case. The record keeps who signed this.")), "link")));
  }

  private async tell(begun: Begun, row: DutyRow, before?: ShownSubmission): Promise<void> {
    const noted = await askTold(begun, row, this.told, before);
    if (noted?.note.kind !== "submission") return;
    await this.stage.acting(this.thread, t("It is kept in the case."), () => this.stage.desk().work(this.thread, noted), noted.note.answers.map(({ said }) => said).join("\n\n"));
  }

  private act(label: string, id: string, ask: () => Promise<DutyNote | null>, kind = "button secondary"): HTMLElement {
    const made: HTMLButtonElement = button(label, () => { void this.note(made, ask); }, kind);
    if (id !== "") made.id = id;
    return made;
  }

  private async note(made: HTMLElement, ask: () => Promise<DutyNote | null>): Promise<void> {
    const given = await ask();
    if (given === null) return;
    await busy(made, async () => {
      try {
        const found = await this.stage.desk().duty.note(this.thread, given);
        this.newest.begin();
        this.found = found;
        this.blind = false;
        this.trouble = "";
      } catch (error) {
        this.trouble = sentenceOf(error);
      }
      this.draw();
    });
  }
}

/** The newest note of what is told. */
function newest(told: readonly ShownSubmission[]): number {
  return Math.max(-1, ...told.map(({ n }) => n));
}

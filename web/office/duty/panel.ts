/** Beside a case: what a law makes the organisation tell its authority, by when, and what was done. */
import { busy } from "../../elements/busy.js";
import { hold, make } from "../../elements/make.js";
import { fill, language, t } from "../../elements/words.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import { button } from "../fields.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import { askAware, askWhen } from "./asking.js";
import { dutyChip, dutyLabel, dutyStanding, type Begun, type Duties, type DutyNote, type DutyRow } from "./types.js";

export class DutyPanel {
  readonly element = make("section", { class: "card quiet stack tight", id: "duty", "aria-labelledby": "duty-head" });

  constructor(private readonly stage: CaseStage, private readonly thread: string) {
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.draw(await this.stage.desk().duty.of(this.thread));
    } catch (error) {
      this.draw({ laws: [], begun: [] }, sentenceOf(error));
    }
  }

  private draw(found: Duties, trouble = ""): void {
    const open = found.laws.filter(({ id }) => !found.begun.some(({ law }) => law === id));
    const said = trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, trouble);
    const begin = open.length === 0 ? null : make("p", {}, this.act(found.begun.length === 0 ? t("We became aware") : t("Another law binds us, too"), "duty-aware", found, () => askAware(open), found.begun.length === 0 ? "button secondary" : "link"));
    // Most cases are none of that: one line, until somebody says that this one is.
    if (found.begun.length === 0) {
      hold(this.element, make("details", { open: trouble !== "" }, make("summary", { id: "duty-head" }, t("What we owe an authority")), said,
        make("p", { class: "small muted" }, t("Where this is an incident that a law makes the organisation report, note when it became aware: the clocks of that law then run here.")), begin));
      return;
    }
    hold(this.element, make("h2", { id: "duty-head" }, t("What we owe an authority")), said, found.begun.map((begun) => this.law(begun, found)), begin);
  }

  private law({ law, rows }: Begun, found: Duties): HTMLElement {
    const known = found.laws.find(({ id }) => id === law);
    const starts = new Set(rows.map((one) => one.starts));
    return make("div", { class: "stack tight", "data-law": law },
      make("h3", {}, inLanguage(known?.names ?? {}, language())),
      make("ul", { class: "plain stack tight", role: "list" }, rows.map((row) => this.row(law, row, found))),
      starts.has("requested") ? make("p", {}, this.act(t("They asked how it stands"), "duty-requested", found, () => askWhen(t("They asked how it stands"), { law, kind: "requested", row: "" }), "link")) : null,
      starts.has("investigation-ended") ? make("p", {}, this.act(t("Our enquiry is over"), "duty-ended", found, () => askWhen(t("Our enquiry is over"), { law, kind: "investigation-ended", row: "" }), "link")) : null,
      (known?.notes ?? []).map((note) => make("p", { class: "small muted" }, inLanguage(note, language()))));
  }

  private row(law: string, row: DutyRow, found: Duties): HTMLElement {
    const owed = row.state === "open" || row.state === "running" || row.state === "late";
    const title = dutyLabel(row), ours = row.owner === "organisation";
    return make("li", { class: "stack tight", "data-row": row.row },
      make("p", {}, title, " ", make("span", { class: dutyChip(row) }, dutyStanding(row))),
      make("p", { class: "small muted" }, fill<HTMLElement>(row.law_itself ? t("The law: {source}") : t("Nobody has verified this row: {source}"), { source: make("bdi", { lang: "en" }, row.source) })),
      !owed ? null : make("p", { class: "row" },
        this.act(ours ? t("Note that it was done") : t("Note that it came"), "", found, () => askWhen(title, { law, kind: "done", row: row.row }, t("What is told goes in a letter or is passed on to the authority's own line. Here stands that it was done, and when."))),
        row.state === "late" || !ours ? null : this.act(t("It does not bind us"), "", found, () => askWhen(t("It does not bind us: {what}", { what: title }), { law, kind: "not-owed", row: row.row }, t("Why stands in a note of the case. The record keeps who signed this.")), "link")));
  }

  private act(label: string, id: string, found: Duties, ask: () => Promise<DutyNote | null>, kind = "button secondary"): HTMLElement {
    const made: HTMLButtonElement = button(label, () => { void this.note(made, found, ask); }, kind);
    if (id !== "") made.id = id;
    return made;
  }

  private async note(made: HTMLElement, found: Duties, ask: () => Promise<DutyNote | null>): Promise<void> {
    const given = await ask();
    if (given === null) return;
    await busy(made, async () => {
      try {
        this.draw(await this.stage.desk().duty.note(this.thread, given));
      } catch (error) {
        this.draw(found, sentenceOf(error));
      }
    });
  }
}


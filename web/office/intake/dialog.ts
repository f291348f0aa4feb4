/** Taking down a report for somebody who comes, rings or writes: from anywhere, by one key, filed in three clicks. */
import { busy } from "../../elements/busy.js";
import { openDialog } from "../../elements/dialog.js";
import { hold, make } from "../../elements/make.js";
import { language, t, tn } from "../../elements/words.js";
import { unb64 } from "../../seal/primitives.js";
import type { OpenedNote } from "../../workers/intake.js";
import { languageName } from "../arrivals/names.js";
import { button } from "../fields.js";
import { has, type Facts } from "../facts.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";
import { chooseDesk } from "./filing.js";
import { Keeper, type Kept, type NotesAnswer } from "./keeper.js";

/** Handlers and leads take reports down: their statement counts. */
export function mayTakeDown(facts: Facts): boolean {
  return facts.placed && (has(facts, "handler") || has(facts, "lead"));
}

/** Opens the note over whatever is on the screen, which stays as it is. */
export function takeDown(bench: Workbench): void {
  if (document.querySelector("dialog[open]") !== null) return;
  const host = make("div", { class: "stack" });
  const intake = new Intake(bench, host);
  void openDialog(t("Take down a report"), (close: (answer: null) => void) => {
    intake.close = () => { close(null); };
    return host;
  }).then(() => { intake.left(); });
  intake.begin();
}

class Intake {
  close: () => void = () => undefined;
  private readonly state = make("p", { class: "small muted", role: "status" });
  private readonly place = make("div", {});
  private readonly said = make("div", { "aria-live": "polite" });
  private others: readonly OpenedNote[] = [];
  private days = 0;
  private filing = false;
  private keeper: Keeper;

  constructor(private readonly bench: Workbench, private readonly host: HTMLElement) {
    this.keeper = this.keeping(undefined);
  }

  /** Writing can begin at once; notes that wait from earlier come when they have been opened. */
  begin(): void {
    this.draw();
    // Escape puts it away, too.
    this.host.closest("dialog")?.addEventListener("cancel", (event) => {
      event.preventDefault();
      void this.putAway();
    });
    void this.load().then(() => { hold(this.place, this.waiting()); }, (error: unknown) => { this.fail(error); });
  }

  /** The dialog was closed: what is written stays, sealed. */
  left(): void {
    void this.keeper.keep();
  }

  /** Nowhere else is what somebody said at the telephone: the dialog stays until it is kept, and says so where it cannot be. */
  private async putAway(): Promise<void> {
    if (this.filing) return;
    const kept = await this.keeper.isKept();
    if (kept && !this.onItsWay()) this.close();
  }

  /** It may have begun while the note was kept. */
  private onItsWay(): boolean { return this.filing; }

  private keeping(opened: OpenedNote | undefined): Keeper {
    return new Keeper(this.bench, opened, language(), (kept) => { this.state.textContent = this.words(kept); });
  }

  private async load(): Promise<void> {
    const { notes, days } = await this.bench.api.get<NotesAnswer>("notebook");
    this.days = days;
    this.others = await this.bench.worker.ask("notebook", notes.map(({ id, version, sealed }) => ({ id, version, sealed: unb64(sealed) })));
  }

  private words(kept: Kept): string {
    switch (kept) {
      case "nothing": return t("It is sealed and kept at each pause, for you alone.");
      case "waiting": return t("Not kept yet …");
      case "kept": return t("Kept, sealed for you alone. It waits {days} days for you to go on.", { days: this.days || 30 });
      case "failed": return t("It cannot be kept at the moment. What you wrote is in this page; it is tried again when you go on writing.");
    }
  }

  private draw(): void {
    const { keeper } = this;
    const { note } = keeper;
    const text = make("textarea", { id: "intake-text", class: "tall", dir: "auto", rows: 10, maxlength: 18_000, autocomplete: "off", spellcheck: "false" });
    text.value = note.text;
    text.addEventListener("input", () => { keeper.change({ text: text.value }); });
    const contact = make("input", { type: "text", id: "intake-contact", dir: "auto", maxlength: 500, autocomplete: "off" });
    contact.value = note.contact;
    contact.addEventListener("input", () => { keeper.change({ contact: contact.value }); });
    const tags = [...new Set([note.language, language(), "en", "zh-Hans", "ar"])];
    const tongue = make("select", { id: "intake-language" }, tags.map((tag) => make("option", { value: tag, selected: tag === note.language }, languageName(tag))));
    tongue.addEventListener("change", () => { keeper.change({ language: tongue.value }); });
    const away: HTMLButtonElement = button(t("Put it away"), () => { void busy(away, () => this.putAway()); }, "button secondary");
    hold(this.place, this.waiting());
    this.state.textContent = this.words(note.text === "" ? "nothing" : "kept");
    hold(this.host,
      this.place,
      make("div", { class: "field" }, make("label", { for: "intake-text" }, t("What they say")),
        make("p", { class: "hint" }, t("In their words. They can read it in their mailbox and correct it. No name, unless they want everybody on the desk to know it.")), text),
      make("div", { class: "field" }, make("label", { for: "intake-contact" }, t("How to reach them, if they agree")), contact),
      make("div", { class: "field" }, make("label", { for: "intake-language" }, t("Their language")),
        make("p", { class: "hint" }, t("The receipt is printed in it.")), tongue),
      this.state, this.said,
      make("div", { class: "actions" },
        button(t("Make it a report"), () => { this.next(); }),
        away,
        button(t("Throw it away"), () => { void this.throwAway(); }, "button quiet")));
    text.focus();
  }

  /** Notes of earlier calls; one that does not open any more can only be thrown away. */
  private waiting(): HTMLElement | null {
    const others = this.others.filter(({ id }) => id !== this.keeper.id);
    if (others.length === 0) return null;
    return make("details", {}, make("summary", {}, tn("{n} earlier note waits", "{n} earlier notes wait", others.length)),
      make("ul", { class: "stack tight" }, others.map((one) => make("li", { class: "row apart" },
        make("span", { class: "written" }, one.closed ? t("Sealed to keys that you have replaced: it cannot be opened.") : firstWords(one.text)),
        one.closed
          ? button(t("Throw it away"), () => { void this.forget(one); }, "button quiet")
          : button(t("Go on with it"), () => { void this.turnTo(one); }, "button secondary")))));
  }

  private async turnTo(one: OpenedNote): Promise<void> {
    if (!await this.keeper.isKept()) return;
    await this.load().catch((error: unknown) => { this.fail(error); });
    this.keeper = this.keeping(this.others.find(({ id }) => id === one.id) ?? one);
    this.draw();
  }

  private async forget({ id }: OpenedNote): Promise<void> {
    await this.bench.api.remove(`notebook/${id}`).then(() => {
      this.others = this.others.filter((one) => one.id !== id);
      hold(this.place, this.waiting());
    }, (error: unknown) => { this.fail(error); });
  }

  private async throwAway(): Promise<void> {
    await this.keeper.remove().then(() => { this.close(); }, (error: unknown) => { this.fail(error); });
  }

  private next(): void {
    if (this.keeper.empty) {
      hold(this.said, make("p", { class: "notice danger", role: "alert" }, t("Please write what they said first.")));
      return;
    }
    void this.keeper.keep();
    chooseDesk(this.bench, this.host, this.keeper, {
      back: () => { if (!this.filing) this.draw(); }, close: () => { this.close(); }, underway: (is) => { this.filing = is; },
    });
  }

  private fail(error: unknown): void {
    hold(this.said, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
  }
}

function firstWords(text: string): string {
  const [line = ""] = text.trim().split("\n", 1);
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}

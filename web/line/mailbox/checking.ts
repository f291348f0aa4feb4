/** Checking the record: each promise of the mailbox, and whether the record holds more than the server shows. */
import { busy } from "../../elements/busy";
import { hold, make } from "../../elements/make";
import { day, t, tn } from "../../elements/words";
import type { PromiseState } from "../../ledger/keeping";
import { button, failure, notice } from "../frame";
import type { Load } from "../handover";
import { sentence } from "../problems";
import { keepPromise, save } from "../promise";
import type { Opened } from "./proving";
import { actsContinue, search, statesOf } from "./record";

export class RecordCheck {
  readonly element = make("section", { class: "stack", "aria-labelledby": "record" });
  readonly #chips = new Map<number, HTMLElement>();
  readonly #said = make("div", { class: "stack", "aria-live": "polite" });

  /** @param proven - called once the record was found to continue what was seen before */
  constructor(private readonly load: Load, private readonly opened: Opened, private readonly proven: () => void) {
    const first = opened.raw.posts.find((post) => post.chain === "r" && post.n === 0);
    hold(this.element,
      make("h2", { id: "record" }, t("Is it in the public record?")),
      this.#said,
      make("p", {}, button(t("Look for anything withheld"), (pressed) => { void busy(pressed, () => this.withheld()); }, "button secondary")),
      first === undefined ? null : keepPromise(this.load, first.promise, this.opened));
  }

  /** The place beside message `n` of the reporting person where its state is said. */
  chip(n: number): HTMLElement {
    const made = make("span", { class: "chip" }, t("promised"));
    this.#chips.set(n, made);
    return made;
  }

  /** Runs at once, for every promise there is. */
  run(): void {
    void this.check();
  }

  private async check(): Promise<void> {
    const { office, raw } = this.opened;
    hold(this.#said, make("p", { class: "muted" }, t("Looking …")));
    try {
      const states = await statesOf(office, raw.posts.map((post) => post.promise));
      raw.posts.forEach((post, i) => { this.mark(post.chain === "r" ? post.n : null, states[i]); });
      this.sum(states);
      await actsContinue(office);
      this.proven();
    } catch (error) {
      hold(this.#said, failure(sentence(error), () => { void this.check(); }));
    }
  }

  private mark(n: number | null, state: PromiseState | undefined): void {
    const chip = n === null ? undefined : this.#chips.get(n);
    if (chip === undefined || state === undefined) return;
    const [manner, text] = {
      kept: ["good", t("in the public record")], waiting: ["", t("promised for tonight")],
      overdue: ["due", t("record is late")], broken: ["late", t("promise broken")],
    }[state.state] as [string, string];
    chip.className = `chip ${manner}`.trim();
    chip.textContent = text;
  }

  private sum(states: readonly (PromiseState | undefined)[]): void {
    const { raw } = this.opened;
    const of = (state: PromiseState["state"]): number => states.filter((one) => one?.state === state).length;
    const broken = states.flatMap((one, i) => one?.state === "broken" ? [{ proof: one.proof, day: raw.posts[i]?.day ?? raw.day }] : []);
    hold(this.#said,
      broken.map(({ proof, day: at }) => notice("danger", t("The office has broken its promise"),
        t("It signed that an entry would stand in the record of {day}. The record of that day is out, and the entry is not in it. The proof holds what the office itself signed; whoever has it needs nobody's word.", { day: day(at) }),
        button(t("Save the proof"), () => { save(proof, "page-proof.json"); }, "button"))),
      of("overdue") === 0 ? null : notice("warning", null, t("A day of the record that should be out is missing. Please look again tomorrow; if it is still missing, tell somebody outside this office.")),
      of("kept") === 0 ? null : notice("good", null, tn("{n} promise kept: its entry stands in the public record, where nobody can change it unseen.", "{n} promises kept: their entries stand in the public record, where nobody can change them unseen.", of("kept"))),
      of("waiting") === 0 ? null : make("p", {}, tn("{n} entry is promised and will be in the record by tomorrow.", "{n} entries are promised and will be in the record by tomorrow.", of("waiting"))),
    );
  }

  /** Entries that only this receipt leads to, with higher numbers than the server shows. */
  private async withheld(): Promise<void> {
    const { office, raw, mailbox } = this.opened;
    const walk = { going: true };
    const line = make("p", { class: "muted" });
    hold(this.#said, line, button(t("Stop"), () => { walk.going = false; }, "button secondary"));
    try {
      const found = await search(office, mailbox.tag, (at) => { line.textContent = t("Looking at {day} …", { day: day(at) }); },
        () => walk.going);
      const known = new Set(raw.posts.map(({ chain, n }) => `${chain}${n}`));
      const more = found.filter(({ chain, n }) => !known.has(`${chain}${n}`));
      hold(this.#said, more.length === 0
        ? notice("good", null, t("The record holds nothing for you that is not shown here."))
        : notice("danger", t("The record holds more than this mailbox shows"),
          t("Either the server keeps something from you, or somebody who has read your report put an entry there to worry you. Please ask the office here, and tell somebody outside it."),
          make("ul", {}, more.map((one) => make("li", {}, day(one.day))))));
    } catch (error) {
      hold(this.#said, failure(sentence(error), () => { void this.withheld(); }));
    }
  }
}

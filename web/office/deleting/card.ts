/** One batch: it is opened and proven, each is shown with what was found, and all that were chosen are signed for. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { plusDays } from "../../elements/days.js";
import { ask } from "../../elements/dialog.js";
import { hold, make, newId } from "../../elements/make.js";
import { count, day, t, tn } from "../../elements/words.js";
import { keptFor, type Kept } from "../cases/kept.js";
import { button } from "../fields.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";
import { inParts, prove, type Outcome, type Proven } from "./batch.js";

/** Days until no copy that the office makes can be read, the day of the deletion not counted. */
const COPIES = 31;

export type Wish = { readonly title: string; readonly desk: string } & (
  | { readonly kind: "ask" }
  | { readonly kind: "agree"; readonly id: string; readonly whats: readonly string[]; readonly who: string }
);

/** The page around it. */
export interface Around {
  readonly gone: () => boolean;
  readonly done: (done: number, refused: readonly string[]) => void;
}

export class BatchCard {
  readonly element = make("section", { class: "card stack tight" });
  private readonly chosen = new Set<string>();
  private found: readonly Proven[] = [];
  private trouble = "";

  constructor(
    private readonly bench: Workbench, private readonly wish: Wish, private readonly threads: readonly string[],
    private readonly kept: ReadonlyMap<string, Kept>, private readonly today: string, private readonly around: Around,
  ) {
    this.element.dataset["batch"] = wish.kind === "ask" ? wish.desk : wish.id;
    this.draw();
  }

  private draw(): void {
    const { wish, found, trouble, threads } = this;
    const id = newId();
    this.element.setAttribute("aria-labelledby", id);
    const open = button(tn("Open and prove {n} report", "Open and prove {n} reports", threads.length), () => { void busy(open, () => this.open()); }, "button secondary");
    hold(this.element, make("h2", { id }, wish.title),
      make("p", { class: "hint" }, t("Each is opened in this browser, and each of its entries in the record is proven to be its own, before you sign. One that cannot be proven stays, and the others go without it.")),
      trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, trouble),
      found.length === 0 ? make("p", {}, open) : [make("ul", { class: "duelist", role: "list" }, found.map((one) => this.row(one))), this.acts()]);
  }

  private async open(): Promise<void> {
    const line = make("p", { role: "status" });
    this.element.append(line);
    const show = (done: number): void => { hold(line, progressLine(done, this.threads.length)); };
    show(0);
    this.trouble = "";
    try {
      this.found = await prove(this.bench, this.threads, show, this.around.gone);
    } catch (error) {
      this.trouble = sentenceOf(error);
    }
    this.chosen.clear();
    for (const one of this.found) if (this.mayGo(one)) this.chosen.add(one.thread);
    if (this.around.gone()) return;
    this.draw();
    announce(tn("{n} report was opened and proven.", "{n} reports were opened and proven.", this.chosen.size));
    this.element.querySelector<HTMLElement>("input")?.focus();
  }

  /** Whoever asks has read all of it; whoever agrees knows that somebody has. */
  private mayGo({ why, unread }: Proven): boolean {
    return why === "" && !(unread && this.wish.kind === "ask");
  }

  private row(one: Proven): HTMLElement {
    const { thread, title, entries, unread, why } = one;
    const kept = this.kept.get(thread);
    const may = this.mayGo(one);
    const box = make("input", { type: "checkbox", checked: this.chosen.has(thread), disabled: !may, onchange: () => {
      if (box.checked) this.chosen.add(thread);
      else this.chosen.delete(thread);
      this.count();
    } });
    const link = make("a", { href: `#/arrivals/${thread}` }, t("Open it"));
    return make("li", { class: "row apart", "data-thread": thread },
      make("label", { class: "choice" }, box, make("span", { dir: "auto", class: "written" }, title === "" ? t("Report of {day}", { day: day(kept?.since ?? this.today) }) : title)),
      make("span", { class: "small" }, make("span", { class: "muted" }, kept === undefined ? "" : `${keptFor(kept)} · `), link, " ",
        why !== "" ? make("span", { class: "chip late" }, why)
          : unread ? make("span", { class: `chip ${may ? "due" : "late"}` }, may ? t("Not read by you") : t("Read it first: whoever asks has read all of it"))
            : make("span", { class: "chip good" }, tn("{n} entry proven", "{n} entries proven", entries))));
  }

  private acts(): HTMLElement {
    const act = button("", () => { void busy(act, () => this.sign()); }, this.wish.kind === "ask" ? "button secondary" : "button danger");
    act.classList.add("signing");
    const box = make("p", { class: "row" }, act);
    this.label(act);
    return box;
  }

  private count(): void {
    const act = this.element.querySelector<HTMLButtonElement>(".signing");
    if (act !== null) this.label(act);
  }

  private label(act: HTMLButtonElement): void {
    const n = this.chosen.size;
    act.disabled = n === 0;
    act.textContent = this.wish.kind === "ask" ? tn("Ask to delete {n} for good", "Ask to delete {n} for good", n)
      : tn("Agree and delete {n} for good", "Agree and delete {n} for good", n);
  }

  private async sign(): Promise<void> {
    const { wish, bench } = this;
    const threads = this.threads.filter((thread) => this.chosen.has(thread));
    const unreadable = plusDays(this.today, COPIES);
    const sure = await ask(wish.kind === "ask" ? {
      title: tn("Ask to delete {n} report for good?", "Ask to delete {n} reports for good?", threads.length), act: t("Sign and ask"), danger: true,
      body: t("You sign that you have read all of each. They are deleted as soon as somebody else who may read them agrees, within a week. After that nothing of them comes back, not for you, not for us, even where somebody agreed by mistake."),
    } : {
      title: tn("Delete {n} report for good?", "Delete {n} reports for good?", threads.length), act: t("Agree and delete"), danger: true,
      body: t("{name} has read them and asks. If you agree, keys, text, files, notes and names are deleted at once, and nothing can bring them back, even where this is a mistake. Copies of the office are unreadable from {day} on. What somebody has seen or saved stays with them.", { name: wish.who, day: day(unreadable) }),
    });
    if (!sure) return;
    this.trouble = "";
    try {
      const { done, refused } = wish.kind === "ask" ? await this.ask(threads) : await this.agree(wish, threads, unreadable);
      this.around.done(done.length, [...refused].map(([thread, why]) => `${this.found.find((one) => one.thread === thread)?.title ?? ""}: ${why}`));
    } catch (error) {
      this.trouble = sentenceOf(error);
      if (!this.around.gone()) this.draw();
    }
    bench.awake();
  }

  private ask(threads: readonly string[]): Promise<Outcome> {
    const { bench: { worker, session, api }, wish: { desk } } = this;
    return inParts(threads, async (some) => {
      const acts = await worker.ask("sign-many-requests", { desk, threads: some, counter: await session.counter() });
      await api.post(`desks/${desk}/deletions`, { threads: some, acts });
    });
  }

  /** All at once or not at all: what moved meanwhile falls out of the request, and the others are asked for as before. */
  private async agree({ id, desk, whats }: Wish & { readonly kind: "agree" }, threads: readonly string[], unreadable: string): Promise<Outcome> {
    const { worker, session, api } = this.bench;
    const acts = await worker.ask("sign-many", { desk, threads, whats, unreadable, counter: await session.counter() });
    await api.post(`deletions/${id}/agreement`, { acts, threads });
    return { done: threads, refused: new Map() };
  }
}

function progressLine(done: number, of: number): HTMLElement {
  const bar = make("progress", { max: of });
  bar.value = done;
  return make("label", { class: "progress" }, make("span", {}, t("Opened and proven: {done} of {of}", { done: count(done), of: count(of) })), bar);
}

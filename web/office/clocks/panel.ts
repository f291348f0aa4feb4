/** The clocks of one report, beside it: when each is due, and moving that of feedback, with a reason and a signature. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { openDialog } from "../../elements/dialog.js";
import { hold, make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { button } from "../fields.js";
import { selectField } from "../forms/fields.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";
import { clockLabel, origin, REASONS, REASONS_TO_END, reasonName, standing, type Clock } from "./clock.js";

type Move = "feedback" | "extended" | "paused" | "resumed" | "stopped";

export class ClockPanel {
  readonly element = make("section", { class: "clocks stack tight", "aria-label": t("Clocks") });
  private clocks: readonly Clock[] = [];

  /** @param answer - the number of the newest answer, which may be the feedback; -1 where there is none */
  constructor(private readonly bench: Workbench, private readonly thread: string, private readonly answer: () => number) {
    void this.load();
  }

  async load(): Promise<void> {
    try {
      ({ clocks: this.clocks } = await this.bench.api.get<{ clocks: readonly Clock[] }>(`threads/${this.thread}/clocks`));
      this.draw("");
    } catch (error) {
      this.draw(sentenceOf(error));
    }
  }

  private draw(trouble: string): void {
    if (this.clocks.length === 0 && trouble === "") {
      hold(this.element);
      return;
    }
    hold(this.element,
      make("h2", {}, t("Clocks")),
      trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, trouble),
      make("dl", { class: "facts" }, this.clocks.map((clock) => make("div", {},
        make("dt", {}, clockLabel(clock)),
        make("dd", {}, make("span", { class: `chip ${manner(clock)}` }, standing(clock)),
          make("p", { class: "small muted" }, origin(clock), clock.extended ? ` · ${t("more time was taken")}` : "",
            clock.target !== null && clock.target !== clock.due ? ` · ${t("free days moved it")}` : ""))))),
      this.acts());
  }

  private acts(): HTMLElement | null {
    const clock = this.clocks.find(({ action }) => action === "feedback");
    if (clock === undefined || clock.state === "met") return null;
    const runs = clock.state === "running";
    const act = (label: string, move: Move, ask: string): HTMLElement => {
      const made = button(label, () => { void busy(made, () => this.move(move, ask)); }, "link");
      return make("li", {}, made);
    };
    // Drawn anew while somebody looks at it, it stays as they left it.
    const open = this.element.querySelector("details")?.open === true;
    return make("details", { class: "noprint", open }, make("summary", {}, t("Move the clock of the answer")), make("ul", { class: "plain" },
      this.answer() >= 0 ? act(t("Our last answer was the feedback"), "feedback", t("The mailbox will say that the reporting person was told what is done and why. This cannot be taken back.")) : null,
      runs && clock.extendable ? act(t("Take more time"), "extended", t("The reporting person sees that more time was taken, and why.")) : null,
      runs ? act(t("Let it stand still"), "paused", t("The days until it goes on are added. The reporting person sees it, and why.")) : null,
      clock.state === "paused" ? act(t("Let it go on"), "resumed", t("From today on the days count again.")) : null,
      runs || clock.state === "paused" ? act(t("End it without feedback"), "stopped", t("Only where the reporting person asked for it, or a court forbids to answer. They see it, and why.")) : null,
      clock.state === "late" ? make("li", { class: "muted small" }, t("It is late: only the feedback itself ends it.")) : null));
  }

  private async move(what: Move, explained: string): Promise<void> {
    const reason = await this.reasonFor(what, explained);
    if (reason === undefined) return;
    const { worker, session, api } = this.bench;
    try {
      const act = await worker.ask("sign-clock", { thread: this.thread, what, reason, counter: await session.counter() });
      ({ clocks: this.clocks } = await api.post<{ clocks: readonly Clock[] }>(`threads/${this.thread}/clocks`, { what, reason, act }));
      this.draw("");
      announce(t("Signed, and kept in the record."));
    } catch (error) {
      this.draw(sentenceOf(error));
    }
  }

  private async reasonFor(what: Move, explained: string): Promise<string | undefined> {
    const free = what === "resumed" ? "" : what === "feedback" ? String(this.answer()) : undefined;
    const reasons = what === "stopped" ? REASONS_TO_END : REASONS;
    let chosen: string = reasons[0] ?? "";
    const sure = await openDialog<boolean>(t("Sign this?"), (close) => [
      make("p", {}, explained),
      free === undefined ? selectField(t("Why"), reasons.map((one) => ({ value: one, label: reasonName(one) })), chosen, (value) => { chosen = value; }) : null,
      free === undefined ? make("p", { class: "hint" }, t("What is behind it belongs in a note for the desk.")) : null,
      make("div", { class: "actions" },
        make("button", { class: "button", type: "button", onclick: () => { close(true); } }, t("Sign it")),
        make("button", { class: "button secondary", type: "button", autofocus: true, onclick: () => { close(false); } }, t("Back"))),
    ]);
    return sure === true ? free ?? chosen : undefined;
  }
}

function manner({ state }: Clock): string {
  return { late: "late", met: "good", running: "", paused: "due", stopped: "" }[state];
}

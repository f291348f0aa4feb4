/**
 * Above a report from an office that our charter names: whether whoever signed there still did on the day on which it came.
 * The office is asked once a report; until it has answered, the line says so.
 */
import { busy } from "../../elements/busy.js";
import { hold, make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import type { StandingThen } from "../../workers/standing.js";
import { Refusal } from "../api.js";
import type { Story } from "../arrivals/types.js";
import { button } from "../fields.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";
import { WorkerRefusal } from "../worker.js";
import { refusalSentence } from "./words.js";

export class StandingLine {
  readonly element = make("div", { id: "standing-there", "aria-live": "polite" });

  constructor(private readonly bench: Pick<Workbench, "worker" | "session">, private readonly story: Story) {
    if (story.referred?.known === true) void this.ask();
    else this.element.hidden = true;
  }

  private async ask(): Promise<void> {
    hold(this.element, make("p", { class: "small muted" }, t("Asking that office whether whoever signed this still did when it came …")));
    try {
      const found = await this.bench.worker.ask("referrer-standing", { thread: this.story.thread });
      await this.bench.session.keepPins();
      hold(this.element, said(found));
    } catch (error) {
      const code = error instanceof Refusal || error instanceof WorkerRefusal ? error.code : "";
      const again = button(t("Ask again"), () => { void busy(again, () => this.ask()); }, "link");
      hold(this.element, make("p", { class: "notice warning" }, t("That office could not be asked whether whoever signed this still did when it came. Before you rely on it, ask again, or ask it by another way."), " ",
        make("span", { class: "small" }, refusalSentence(code) ?? sentenceOf(error)), " ", again));
    }
  }
}

function said(found: StandingThen): HTMLElement {
  switch (found) {
    case "in force": return make("p", { class: "small muted" }, t("That office was asked: the charter by which this was signed was in force when it came."));
    case "replaced": return make("p", { class: "notice danger" }, t("Not proven, whatever the line below says: that office had replaced the charter by which this was signed before it came here. Whoever signed may have left. Ask that office by another way; until then read it as anybody's report."));
    case "another": return make("p", { class: "notice danger" }, t("Not proven, whatever the line below says: that office shows another charter than the one by which this was signed. Read it as anybody's report, and tell an administrator."));
  }
}

/** For who is invited and stands in no charter yet: the eight words, and what they may sign. */
import { hold, make } from "../elements/make.js";
import { language, t } from "../elements/words.js";
import { wordsGrid } from "../elements/words-grid.js";
import { unb64 } from "../seal/primitives.js";
import { restoreRoot } from "./account/root.js";
import { proposalCard, type ProposalRow } from "./people/proposals.js";
import { button } from "./fields.js";
import { whenReturning } from "./returning.js";
import { sentenceOf } from "./telling.js";
import { view, type Shown, type Workbench } from "./views.js";

view("waiting", {
  title: () => t("Welcome"), order: 0, for: (facts) => !facts.placed, render: (host, _path, bench) => new Waiting(host, bench),
});

class Waiting implements Shown {
  private gone = false;
  /** The proposals on the screen: coming back redraws only if there are others, so that nothing half typed is lost. */
  private shown: string | undefined;
  private readonly stop = whenReturning(() => this.look(false));

  constructor(private readonly host: HTMLElement, private readonly bench: Workbench) {
    void this.look(true);
  }

  leave(): void {
    this.gone = true;
    this.stop();
  }

  private async look(anew: boolean): Promise<void> {
    const { bench } = this;
    try {
      await bench.refresh();
      if (this.gone) return;
      if (bench.facts.placed) {
        bench.go("");
        return;
      }
      const { proposals } = await bench.api.get<{ proposals: readonly ProposalRow[] }>("proposals");
      const state = JSON.stringify(proposals.map(({ id, needed }) => [id, needed]));
      if (!anew && state === this.shown) return;
      this.show(make("div", { class: "stack loose" }, await this.parts(proposals)));
      this.shown = state;
    } catch (error) {
      // It is drawn again at the next look, whatever it was before.
      this.shown = undefined;
      this.show(make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private show(content: HTMLElement): void {
    if (!this.gone) hold(this.host, content);
  }

  private async parts(proposals: readonly ProposalRow[]): Promise<HTMLElement[]> {
    const { bench } = this;
    const again = (): void => { void this.look(true); };
    const me = await bench.session.me();
    const cards = await Promise.all(proposals.map((row) => proposalCard(bench, row, false, again)));
    const words = me.joining === null ? [] : await bench.worker.ask("own-joining", { doc: unb64(me.joining.doc), language: language() });
    return [
      make("h1", {}, t("Welcome")),
      make("p", { class: "lede" }, t("Your keys are made. The administrators now compare eight words with you and sign the charter that names you.")),
      ...(words.length === 0 ? [] : [make("section", { class: "stack" }, make("h2", {}, t("Your eight words")),
        wordsGrid(words, language().toLowerCase().startsWith("zh") ? "zh-Hans" : "en"),
        make("p", { class: "hint" }, t("Read them by voice to every administrator. If the words on their screen differ, somebody has put other keys in the place of yours.")))]),
      ...(me.holds_root && !bench.facts.me.holdsRoot ? [restoreRoot(bench, again)] : []),
      ...(cards.length === 0 ? [] : [make("section", { class: "stack" }, make("h2", {}, t("Waiting for your signature")), ...cards)]),
      make("p", { class: "hint" }, t("This page looks again by itself whenever you come back to it.")),
      make("div", {}, button(t("Look again"), again, "button secondary")),
    ];
  }
}

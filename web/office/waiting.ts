/** For who is invited and stands in no charter yet: the eight words, and what they may sign. */
import { hold, make } from "../elements/make.js";
import { language, t } from "../elements/words.js";
import { wordsGrid } from "../elements/words-grid.js";
import { unb64 } from "../seal/primitives.js";
import { proposalCard, type ProposalRow } from "./people/proposals.js";
import { button } from "./fields.js";
import { sentenceOf } from "./telling.js";
import { view, type Workbench } from "./views.js";

view("waiting", {
  title: () => t("Welcome"), order: 0, for: (facts) => !facts.placed,
  render: (host, _path, bench) => {
    let gone = false;
    const draw = (): void => {
      if (bench.facts.placed) {
        bench.go("");
        return;
      }
      void parts(bench, draw).then((found) => {
        if (!gone) hold(host, make("div", { class: "stack loose" }, found));
      }).catch((error: unknown) => {
        if (!gone) hold(host, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
      });
    };
    draw();
    return { leave: () => { gone = true; } };
  },
});

async function parts(bench: Workbench, draw: () => void): Promise<HTMLElement[]> {
  const { joining } = await bench.session.me();
  const { proposals } = await bench.api.get<{ proposals: readonly ProposalRow[] }>("proposals");
  const cards = await Promise.all(proposals.map((row) => proposalCard(bench, row, false, draw)));
  const words = joining === null ? [] : await bench.worker.ask("own-joining", { doc: unb64(joining.doc), language: language() });
  return [
    make("h1", {}, t("Welcome")),
    make("p", { class: "lede" }, t("Your keys are made. The administrators now compare eight words with you and sign the charter that names you.")),
    ...(words.length === 0 ? [] : [make("section", { class: "stack" }, make("h2", {}, t("Your eight words")),
      wordsGrid(words, language().toLowerCase().startsWith("zh") ? "zh-Hans" : "en"),
      make("p", { class: "hint" }, t("Read them by voice to every administrator. If the words on their screen differ, somebody has put other keys in the place of yours.")))]),
    ...(cards.length === 0 ? [] : [make("section", { class: "stack" }, make("h2", {}, t("Waiting for your signature")), ...cards)]),
    make("div", {}, button(t("Look again"), () => {
      void bench.refresh().then(draw);
    }, "button secondary")),
  ];
}

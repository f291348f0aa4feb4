/** Documents that were given to this member: each by itself, until a day, with a place to send something back. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { hold, make } from "../../elements/make.js";
import { day, language, size, t, tn } from "../../elements/words.js";
import type { GivenShown } from "../../workers/reports/copies.js";
import { personName } from "../arrivals/names.js";
import type { AttachedFile } from "../arrivals/types.js";
import type { OwnSeat } from "../deciding/types.js";
import { ballot, declaration } from "../deciding/voting.js";
import { purposeWord } from "../cases/giving.js";
import { button, field, form, submit } from "../fields.js";
import { isPlayed } from "../files/kinds.js";
import { openStage } from "../files/stage.js";
import { typeWords } from "../files/words.js";
import { sentenceOf } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";

view("given", {
  title: () => t("Given to me"), order: 85, for: (facts) => facts.placed, now: ({ given }) => given > 0,
  render: (host, _path, bench) => new GivenView(host, bench),
});

interface Row {
  readonly copy: string;
  readonly until: string;
}

class GivenView implements Shown {
  private gone = false;

  constructor(private readonly host: HTMLElement, private readonly bench: Workbench) {
    hold(host, make("h1", { tabindex: -1 }, t("Given to me")), make("p", { class: "muted", role: "status" }, t("Loading…")));
    void this.load();
  }

  leave(): void {
    this.gone = true;
  }

  private async load(): Promise<void> {
    try {
      const [{ copies }, { seats }] = await Promise.all([
        this.bench.api.get<{ copies: readonly Row[] }>("given"), this.bench.api.get<{ seats: readonly OwnSeat[] }>("seats"),
      ]);
      const cards = [];
      for (const row of copies) cards.push(await this.card(row, seats.find(({ copy }) => copy === row.copy)));
      if (this.gone) return;
      hold(this.host, make("div", { class: "stack loose" }, make("h1", { tabindex: -1 }, t("Given to me")),
        make("p", { class: "lede" }, t("Documents that colleagues gave you from a case of theirs: to translate, to judge as an expert, or to read. You see nothing else of the case. Each ends on its day.")),
        cards.length === 0 ? make("p", { class: "empty" }, t("Nothing was given to you.")) : cards));
    } catch (error) {
      if (!this.gone) hold(this.host, make("h1", {}, t("Given to me")), make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  /** @param seat - where it is a question to a panel */
  private async card({ copy, until }: Row, seat?: OwnSeat): Promise<HTMLElement> {
    const { api, worker } = this.bench;
    const element = make("article", { class: "card stack", "data-copy": copy });
    if (seat?.declared === false) {
      declaration(this.bench, element, copy, () => { void this.again(element, { copy, until }); });
      return element;
    }
    try {
      const file = await api.bytes(`given/${copy}`);
      this.fill(element, { copy, until }, file, seat, await worker.ask("open-given", { copy, file }));
    } catch (error) {
      hold(element, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)), make("p", { class: "small muted" }, t("until {day}", { day: day(until) })));
    }
    return element;
  }

  private fill(element: HTMLElement, row: Row, file: Uint8Array, seat: OwnSeat | undefined, given: GivenShown): void {
    const { facts } = this.bench, { copy } = row;
    hold(element, make("h2", { dir: "auto" }, given.title),
      make("p", { class: "small muted" }, t("{purpose}. From {giver}, until {day}.", { purpose: purposeWord(given.purpose), giver: personName(facts, given.giver), day: day(given.until) }),
        " ", given.masked === 0 ? "" : tn("{n} passage is hidden.", "{n} passages are hidden.", given.masked)),
      given.text === "" ? null : make("p", { class: "written", dir: "auto", lang: given.language }, given.text),
      given.file === null ? null : this.given(given.file, { copy, file }),
      seat === undefined ? make("details", {}, make("summary", {}, t("Send something back")), this.answer(copy, file))
        : seat.voted ? make("p", { class: "notice good" }, t("You have answered. What was signed stands.")) : ballot(this.bench, copy, file, () => { void this.again(element, row); }));
  }

  /** Draws one card anew: what is being written in the others stays. */
  private async again(element: HTMLElement, row: Row): Promise<void> {
    try {
      const { seats } = await this.bench.api.get<{ seats: readonly OwnSeat[] }>("seats");
      const seat = seats.find(({ copy }) => copy === row.copy);
      // Whoever has stepped aside has no such card any more.
      if (seat === undefined) await this.load();
      else element.replaceWith(await this.card(row, seat));
    } catch (error) {
      hold(element, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  /** The file that goes with it: looked at here, and saved by no button of this page. */
  private given(file: AttachedFile, source: { readonly copy: string; readonly file: Uint8Array }): HTMLElement {
    const look = (): void => { void openStage(this.bench, source, file); };
    return make("div", { class: "stack tight" },
      make("div", { class: "row apart file", "data-blob": file.blob },
        make("div", { class: "what" }, make("bdi", { class: "filename" }, file.name), " ", make("span", { class: "small muted" }, make("bdi", {}, typeWords(file)), " · ", make("bdi", {}, size(file.size)))),
        file.said === "other" ? null : button(isPlayed(file.said) ? t("Play") : t("View"), look, "button secondary")),
      make("p", { class: "hint" }, file.said === "other" ? t("This kind of file cannot be shown in a page. Please tell whoever gave it to you.")
        : t("It is shown in this page, and no button saves it. That is a missing button and no lock: a screen can be photographed. That you opened it stands in the case, with the day.")));
  }

  private answer(copy: string, file: Uint8Array): HTMLElement {
    const { api, worker } = this.bench;
    const text = field({ label: t("What you send back"), rows: 6, maxlength: 20_000 });
    const said = make("p", { role: "status" });
    const send = submit(t("Seal it and send it back"));
    const made = form(() => {
      clearFaults(made);
      if (text.value().trim() === "") {
        showFaults(made, [{ field: text.id, message: t("Please write something first.") }]);
        return;
      }
      void busy(send, async () => {
        try {
          const went = text.value();
          await api.postBytes(`given/${copy}/answers`, await worker.ask("compose-copy-answer", { copy, file, text: went.trim(), language: language() }));
          if (text.value() === went) text.input.value = "";
          said.textContent = t("Sent. It is sealed to those on the case.");
          announce(said.textContent);
        } catch (error) {
          said.textContent = sentenceOf(error);
        }
      });
    }, text.element, make("div", { class: "actions" }, send), said);
    return made;
  }
}

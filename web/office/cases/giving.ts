/** Documents of a case for members outside it: one masked text, until a day; what came back stands below it. */
import { announce } from "../../elements/announce.js";
import { plusDays } from "../../elements/days.js";
import { ask, openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { hold, make, newId } from "../../elements/make.js";
import { day, size, t, tn } from "../../elements/words.js";
import { COPY_DAYS } from "../../seal/limits.gen.js";
import { HELPING, type Purpose } from "../../seal/copies.js";
import type { WishedFile } from "../../workers/copies.js";
import type { CopyShown, CopyWish } from "../../workers/reports/copies.js";
import { personName } from "../arrivals/names.js";
import type { Story } from "../arrivals/types.js";
import type { Facts } from "../facts.js";
import type { Look } from "../files/looking.js";
import { button, cancel, field, form, submit } from "../fields.js";
import { wasShown } from "../files/stage.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";
import { DocumentChoice, documentsOf } from "./documents.js";
import { choice } from "./triage.js";

type Wish = Omit<CopyWish, "counter"> & { readonly file: WishedFile | null };

export function purposeWord(one: Purpose): string {
  switch (one) {
    case "translation": return t("To translate");
    case "opinion": return t("To give an opinion as an expert");
    case "reading": return t("To read");
    case "decision": return t("To decide as a member of a panel");
  }
}

/** What was given away of the report on the screen; drawn by itself. */
export class CopyPanel {
  readonly element = make("section", { class: "stack tight", "aria-label": t("Documents given to helpers"), id: "copies" });
  private readonly given = make("div", {});

  /** @param lost - takes what somebody masked and wrote that could not be given */
  constructor(private readonly bench: Workbench, private story: Story, private readonly lost: (thread: string, words: string) => void) {
    // What needs no answer of the server stands at once: the story below does not move while it is read.
    this.offer();
    void this.load();
  }

  /** The report was drawn anew. */
  show(story: Story): void {
    const could = this.canGive();
    this.story = story;
    if (this.canGive() !== could) this.offer();
  }

  private canGive(): boolean {
    return receiversOf(this.story, this.bench.facts).length > 0 && documentsOf(this.story).length > 0;
  }

  private offer(): void {
    const give = button(t("Give a document to a helper"), () => { void this.give(); }, "button secondary");
    give.id = "give";
    hold(this.element, this.canGive() ? make("p", { class: "noprint" }, give)
      : make("p", { class: "small muted" }, documentsOf(this.story).length === 0 ? t("Nothing stands in this case yet that could be given. Write a note first.")
        : t("Everyone in this office works on this case or may not read it: there is nobody to give a document to.")), this.given);
  }

  async load(): Promise<void> {
    const { thread } = this.story;
    try {
      const parcel = await this.bench.api.bytes(`threads/${thread}/copies`);
      this.draw(await this.bench.worker.ask("open-copies", { thread, parcel }));
    } catch (error) {
      hold(this.given, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private draw(copies: readonly CopyShown[]): void {
    hold(this.given, copies.length === 0 ? null : make("details", { open: true }, make("summary", {}, tn("{n} document given to a helper", "{n} documents given to helpers", copies.length)),
      make("ul", { class: "duelist", role: "list" }, copies.map((one) => this.row(one)))));
  }

  private row(one: CopyShown): HTMLElement {
    const { facts } = this.bench;
    const names = { giver: personName(facts, one.giver), receiver: personName(facts, one.receiver), day: day(one.day, "short"), until: day(one.until, "short") };
    const back = button(t("Take it back"), () => { void this.takeBack(one); }, "link");
    return make("li", { class: "stack tight", "data-copy": one.copy },
      make("div", { class: "row apart" }, make("b", { dir: "auto" }, one.title === "" ? t("This document fails a check") : one.title), one.open ? back : null),
      make("p", { class: "small muted" }, one.open ? t("{giver} gave it to {receiver} on {day}, until {until}.", names) : t("{giver} gave it to {receiver} on {day}. It is over: they can read it no more.", names),
        " ", one.masked === 0 ? "" : tn("{n} passage is hidden.", "{n} passages are hidden.", one.masked)),
      make("details", {}, make("summary", {}, t("What they got")), make("p", { class: "written", dir: "auto" }, one.text),
        one.file === null ? null : make("p", { class: "small" }, make("bdi", {}, one.file.name), " · ", make("bdi", {}, size(one.file.size)))),
      one.answers.map((answer) => make("div", { class: "message theirs" }, make("p", { class: "small muted" }, t("Sent back by {receiver} on {day}", { receiver: names.receiver, day: day(answer.day, "short") })),
        answer.proven ? make("p", { class: "written", dir: "auto", lang: answer.language }, answer.text)
          : make("p", { class: "notice danger" }, t("This answer fails a check and is not shown: nothing proves who wrote it.")))));
  }

  private async give(): Promise<void> {
    const { thread } = this.story;
    const wish = await askGiving(this.story, this.bench.facts, (file) => wasShown(this.bench, thread, file));
    if (wish === null) return;
    await this.acting(t("Given. They see it under “Given to me”."), async (counter) => {
      await this.bench.api.postBytes(`threads/${thread}/copies`, await this.bench.worker.ask("compose-copy", { thread, ...wish, counter }));
    }, [wish.title, wish.text].join("\n\n"));
  }

  private async takeBack({ copy, c }: CopyShown): Promise<void> {
    const sure = await ask({ title: t("Take it back?"), act: t("Take it back"), body: t("From now on they cannot open it here. What they have read they have read, and what they copied they keep.") });
    if (!sure) return;
    const { thread } = this.story;
    await this.acting(t("Taken back."), async (counter) => {
      await this.bench.api.post(`threads/${thread}/copies/${copy}/withdrawal`, { act: await this.bench.worker.ask("sign-copy-withdrawal", { thread, copy, c, counter }) });
    });
  }

  private async acting(said: string, act: (counter: number) => Promise<void>, words = ""): Promise<void> {
    const { thread } = this.story;
    try {
      await act(await this.bench.session.counter());
      announce(said);
      await this.load();
    } catch (error) {
      this.given.prepend(make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
      if (words !== "") this.lost(thread, words);
    }
  }
}

/** Who may be given a document: nobody who reads the case already, and nobody who may not. */
function receiversOf(story: Story, facts: Facts): Facts["people"] {
  return facts.people.filter(({ id }) => story.case?.people.includes(id) !== true && story.case?.barred.includes(id) !== true
    && !story.doings.some(({ what, member }) => what === "aside" && member === id));
}

/** @param look - opens a file to be looked at; resolves when it is closed */
function askGiving(story: Story, facts: Facts, look: Look): Promise<Wish | null> {
  const documents = documentsOf(story);
  const [first] = documents;
  const people = receiversOf(story, facts);
  const [somebody] = people;
  if (first === undefined || somebody === undefined) return Promise.resolve(null);
  return openDialog<Wish>(t("Give a document to a helper"), (close) => {
    const document = new DocumentChoice(documents, first, look);
    const to = choice(t("To whom"), people.map(({ id }) => id), (id) => personName(facts, id), somebody.id);
    const purpose = choice(t("What for"), HELPING, purposeWord, "translation");
    const title = field({ label: t("What to call it (optional)"), maxlength: 200 });
    const untilId = newId();
    const until = make("input", { type: "date", id: untilId, min: facts.today, max: plusDays(facts.today, COPY_DAYS) });
    until.value = plusDays(facts.today, 14);
    const made = form(() => {
      clearFaults(made);
      if (until.value < facts.today || until.value > plusDays(facts.today, COPY_DAYS)) {
        showFaults(made, [{ field: untilId, message: t("Please give a day from today on, within three months.") }]);
        return;
      }
      const unseen = document.fault();
      if (unseen !== null) showFaults(made, [unseen]);
      else close({ to: to.value(), title: title.value().trim() || purposeWord(purpose.value()), purpose: purpose.value(), until: until.value, ...document.chosen() });
    }, ...document.elements, to.element, purpose.element, title.element,
    make("div", { class: "field" }, make("label", { for: untilId }, t("Last day on which they can read it")), until),
    make("p", { class: "hint" }, t("They see this and nothing else of the case. Their page has no button to save or print it; that is a missing button and no lock: who reads can copy, and a screen can be photographed. It is signed, and stands in the record.")),
    make("div", { class: "actions" }, submit(t("Seal it and give it")), cancel()));
    return made;
  });
}

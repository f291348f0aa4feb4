/** Documents of a case for members outside it: one masked text, until a day; what came back stands below it. */
import { announce } from "../../elements/announce.js";
import { plusDays } from "../../elements/days.js";
import { ask, openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { hold, make, newId } from "../../elements/make.js";
import { day, language, size, t, tn } from "../../elements/words.js";
import { COPY_DAYS } from "../../seal/limits.gen.js";
import { HELPING, type Purpose } from "../../seal/copies.js";
import type { WishedFile } from "../../workers/copies.js";
import type { CopyShown, CopyWish } from "../../workers/reports/copies.js";
import { personName } from "../arrivals/names.js";
import type { AttachedFile, Story } from "../arrivals/types.js";
import type { Facts } from "../facts.js";
import { button, cancel, field, form, submit } from "../fields.js";
import { openStage } from "../files/stage.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";
import { masking } from "./masking.js";
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

  /** @param lost - takes what somebody masked and wrote that could not be given */
  constructor(private readonly bench: Workbench, private story: Story, private readonly lost: (thread: string, words: string) => void) {
    void this.load();
  }

  /** The report was drawn anew. */
  renew(story: Story): void {
    this.story = story;
  }

  async load(): Promise<void> {
    const { thread } = this.story;
    try {
      const parcel = await this.bench.api.bytes(`threads/${thread}/copies`);
      this.draw(await this.bench.worker.ask("open-copies", { thread, parcel }));
    } catch (error) {
      hold(this.element, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private draw(copies: readonly CopyShown[]): void {
    const give = button(t("Give a document to a helper"), () => { void this.give(); }, "button secondary");
    give.id = "give";
    hold(this.element, copies.length === 0 ? null : make("details", { open: true }, make("summary", {}, tn("{n} document given to a helper", "{n} documents given to helpers", copies.length)),
      make("ul", { class: "duelist", role: "list" }, copies.map((one) => this.row(one)))), make("p", { class: "noprint" }, give));
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
    const wish = await askGiving(this.story, this.bench.facts, (file) => openStage(this.bench, thread, file));
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
      this.element.prepend(make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
      if (words !== "") this.lost(thread, words);
    }
  }
}

/** @param look - opens a file to be looked at; resolves when it is closed */
function askGiving(story: Story, facts: Facts, look: (file: AttachedFile) => Promise<unknown>): Promise<Wish | null> {
  const documents = documentsOf(story);
  const [first] = documents;
  const people = facts.people.filter(({ id }) => story.case?.people.includes(id) !== true && story.case?.barred.includes(id) !== true
    && !story.doings.some(({ what, member }) => what === "aside" && member === id));
  const [somebody] = people;
  if (first === undefined || somebody === undefined) return Promise.resolve(null);
  return openDialog<Wish>(t("Give a document to a helper"), (close) => {
    const which = choice(t("Which document"), documents.map((_one, at) => String(at)), (at) => documents[Number(at)]?.title ?? "", "0");
    const mask = masking(), whole = new WholeFile(look);
    const chosen = (): Document => documents[Number(which.value())] ?? first;
    const begin = (): void => {
      const { text, language, file } = chosen();
      mask.element.hidden = file !== undefined;
      mask.begin(text, language);
      whole.begin(file);
    };
    begin();
    which.element.addEventListener("change", begin);
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
      const { language, file } = chosen();
      if (file !== undefined && !whole.seen) {
        showFaults(made, [{ field: whole.id, message: t("Please look at the file before you give it.") }]);
        return;
      }
      close({
        to: to.value(), title: title.value().trim() || purposeWord(purpose.value()), language, purpose: purpose.value(), until: until.value,
        ...(file === undefined ? { text: mask.text(), masked: mask.masked(), file: null } : { text: whole.words(), masked: 0, file: { blob: file.blob, name: nameFor(file) } }),
      });
    }, which.element, mask.element, whole.element, to.element, purpose.element, title.element,
    make("div", { class: "field" }, make("label", { for: untilId }, t("Last day on which they can read it")), until),
    make("p", { class: "hint" }, t("They see this and nothing else of the case. Their page has no button to save or print it; that is a missing button and no lock: who reads can copy, and a screen can be photographed. It is signed, and stands in the record.")),
    make("div", { class: "actions" }, submit(t("Seal it and give it")), cancel()));
    return made;
  });
}

/** A file goes as it is: whoever gives it has looked at it, and says what is to be done with it. */
class WholeFile {
  readonly id = newId();
  readonly element = make("div", { class: "field stack tight", id: this.id });
  seen = false;
  private readonly task = field({ label: t("What they are to do with it (optional)"), rows: 3, maxlength: 2000 });

  constructor(private readonly look: (file: AttachedFile) => Promise<unknown>) {}

  words(): string {
    return this.task.value().trim();
  }

  /** Begins with another one; hidden where there is none. */
  begin(file: AttachedFile | undefined): void {
    this.seen = false;
    this.element.hidden = file === undefined;
    if (file === undefined) return;
    const said = make("span", { class: "small muted", role: "status" });
    const look = button(t("Look at {name}", { name: file.name }), () => {
      void this.look(file).then(() => {
        this.seen = true;
        said.textContent = t("Looked at");
        look.focus();
      });
    }, "button secondary");
    hold(this.element, make("p", { class: "hint" }, t("It goes as it is, with all that it shows and holds: a face, a name in a corner or a handwriting can tell who reported. They get it under the name {name}.", { name: nameFor(file) })),
      make("div", { class: "row" }, look, said), this.task.element);
  }
}

/** Its own name can tell whose it is; its ending is needed to show it. */
function nameFor({ name }: AttachedFile): string {
  return `document${/\.[a-z0-9]{1,8}$/i.exec(name)?.[0].toLowerCase() ?? ""}`;
}

interface Document {
  readonly title: string;
  readonly text: string;
  readonly language: string;
  readonly file?: AttachedFile;
}

/** What has words: the report, then each message and note; then the files that a page can show. */
function documentsOf(story: Story): Document[] {
  const files = story.entries.flatMap((one): Document[] => ("files" in one ? one.files : []).filter(({ said }) => said !== "other").map((file) => ({ title: t("The file {name}", { name: file.name }), text: "", language: language(), file })));
  return [...textsOf(story), ...files];
}

function textsOf(story: Story): Document[] {
  return story.entries.flatMap((one): Document[] => {
    if (one.kind === "report") return [{ title: t("The report"), text: one.answers.map(({ label, text }) => `${label}\n${text}`).join("\n\n"), language: one.language }];
    if ((one.kind !== "message" && one.kind !== "note") || one.text === "") return [];
    const values = { day: day(one.day, "short") };
    const title = one.kind === "note" ? t("Note of {day}", values) : one.ours ? t("Our message of {day}", values) : t("Their message of {day}", values);
    return [{ title, text: one.text, language: one.language }];
  });
}

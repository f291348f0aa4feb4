/** The mailbox: what happened, what is due, their questions, my answers. */
import { contactElement } from "../../elements/contact";
import { hold, make, type Child } from "../../elements/make";
import { focusHeading, type Draw } from "../../elements/views";
import { outcomeWord } from "../../elements/outcome";
import { day, t, tn } from "../../elements/words";
import type { AskedFor } from "../../seal/bodies";
import { b64, same } from "../../seal/primitives";
import type { Post } from "../../seal/thread";
import { plusDays, plusMonths } from "../../elements/days";
import { answerText, inLanguage, questionsOf } from "../forms";
import { button, failure, notice, stack, type Frame } from "../frame";
import { ofText, sentence } from "../problems";
import { about, Begun } from "./about";
import { asking } from "./asking";
import { automatic } from "./automatic";
import { ending } from "./ending";
import { again } from "./open";
import { filesOf } from "./files";
import { helps, madeOwnWords, opened as openedFor, openingOf } from "./opened";
import { changedNotice } from "./changed";
import { contradictions, lastVisit, pinsToKeep, type Changed, type LastVisit } from "./pins";
import { aboutWord, protecting } from "./protecting";
import type { Fault, Opened } from "./proving";
import { RecordCheck } from "./checking";
import { deletedNotice, isDeleted } from "./deleted";
import { assigned, assignedWords } from "./readers";
import { freshWords, replacing } from "./replacing";
import { lookingAgain } from "./second-look";
import { minutes, takenDown } from "./takendown";
import { Unsent } from "./unsent";
import { writer } from "./writer";

export function mailbox(frame: Frame, opened: Opened, before: LastVisit): Draw {
  let shown: MailboxView | undefined;
  return (host) => {
    if (shown === undefined) {
      const view = shown = new MailboxView(frame, opened, before, host);
      view.open();
      return () => { view.leave(); };
    }
    const back = new ComingBack(frame, host, shown, (view) => { shown = view; });
    back.look();
    return () => { back.leave(); };
  };
}

/**
 * Somebody comes back to the mailbox from another view: it is loaded anew, with what was kept of their message when they
 * left. What was known at the first opening is older than that, and would be written over it.
 */
class ComingBack {
  #view: MailboxView | undefined;
  #gone = false;
  readonly #said = make("div", { "aria-live": "polite" });

  constructor(private readonly frame: Frame, private readonly host: HTMLElement, private readonly before: MailboxView, private readonly shown: (view: MailboxView) => void) {
    host.append(stack(make("h1", { tabindex: -1 }, t("Your mailbox")), this.#said));
  }

  look(): void {
    hold(this.#said, make("p", { class: "muted" }, t("Opening …")));
    this.load().catch((error: unknown) => { hold(this.#said, failure(sentence(error), () => { this.look(); })); });
  }

  leave(): void {
    this.#gone = true;
    this.#view?.leave();
  }

  private async load(): Promise<void> {
    await this.before.left;
    const opened = await again(this.before.opened);
    const seen = await lastVisit(opened);
    if (this.#gone) return;
    this.#view = new MailboxView(this.frame, opened, seen, this.host);
    this.shown(this.#view);
    this.#view.open();
    focusHeading(this.host);
  }
}

class MailboxView {
  readonly #unsent: Unsent;
  readonly #begun = new Begun();
  readonly #writer = make("div", { class: "stack" });
  /** It was closed: what is still on its way is not drawn any more. */
  #gone = false;
  /** Resolves once what was not sent is kept: then it can be asked for again. */
  left: Promise<void> = Promise.resolve();

  constructor(
    private readonly frame: Frame, public opened: Opened, private readonly before: LastVisit, private readonly host: HTMLElement,
  ) {
    this.#unsent = new Unsent(frame, host, () => this.opened, () => pinsToKeep(this.opened, before, this.changed()));
  }

  /** Draws it, and takes up a message that was begun on an earlier visit. */
  open(): void {
    this.draw();
    void this.#unsent.restore(this.before).then((found) => { if (found && this.host.isConnected) this.write(); });
  }

  leave(): void {
    this.#gone = true;
    this.left = this.#unsent.leave();
  }

  /** @param said - why what was to be sent did not go */
  draw(said: HTMLElement | null = null): void {
    const { opened } = this;
    // Neither a name nor a number nor new words: nothing is sealed to who may have left (`changed.ts`).
    const seals = !isDeleted(opened.raw.status) && this.changed().length === 0;
    const record = new RecordCheck(this.frame.first.load, opened, () => { this.#unsent.keeping.soon(); });
    hold(this.host, stack(
      make("h1", { tabindex: -1 }, t("Your mailbox")),
      changedNotice(this.frame, this.changed(), this.before),
      this.faults(),
      this.welcome(),
      deletedNotice(opened.raw.status, opened.notices),
      this.due(),
      automatic(this.opened.notices),
      make("section", { class: "stack", "aria-labelledby": "story" },
        make("h2", { id: "story" }, t("What happened")), this.story(record)),
      lookingAgain(this.frame, opened, () => this.reload()),
      asking(this.frame, opened),
      isDeleted(opened.raw.status) ? null : this.readers(),
      isDeleted(opened.raw.status) ? null : protecting(this.frame.first.load, opened, this.writes() ? (about) => { this.begin(about); } : null),
      this.#writer,
      !seals || (takenDown(opened.thread) && !madeOwnWords(opened.thread)) ? null : about(this.frame, opened, this.#begun, (said) => this.reload(said)),
      record.element,
      seals ? replacing(this.frame, opened) : null,
      make("p", {}, button(t("Close the mailbox"), () => { this.close(); }, "button secondary")),
    ));
    this.write(said);
    record.run();
    this.labels();
  }

  private changed(): readonly Changed[] {
    return contradictions(this.opened, this.before);
  }

  private welcome(): HTMLElement | null {
    const { thread } = this.opened;
    if (this.changed().length > 0) return null;
    const opening = openingOf(thread);
    const renew = (): void => { this.frame.views.go(freshWords(this.frame, this.opened)); };
    if (opening !== undefined) return openedFor(opening, madeOwnWords(thread), renew);
    return takenDown(thread) ? minutes(madeOwnWords(thread), renew) : null;
  }

  /**
   * Nothing is sealed to keys that may be those of before. Words that somebody else has seen write nothing; and nobody could
   * read what is written after the end.
   */
  private writes(): boolean {
    const { thread, raw } = this.opened;
    return this.changed().length === 0 && !isDeleted(raw.status) && (madeOwnWords(thread) || (openingOf(thread) === undefined && !takenDown(thread)));
  }

  private write(said: HTMLElement | null = null): void {
    // A recording that goes on would have no button any more that ends it.
    void this.#unsent.attaching.stopRecording();
    hold(this.#writer, said, this.writes() ? writer(this.frame, this.opened, this.#unsent, (why) => this.reload(why)) : null);
    if (said === null) return;
    said.tabIndex = -1;
    said.focus();
  }

  /** Begins a message about protection, with the words that are there already. */
  private begin(about: AskedFor): void {
    this.#unsent.about = about;
    this.write();
    this.#writer.querySelector("textarea")?.focus();
  }

  private async reload(said: HTMLElement | null = null): Promise<void> {
    if (this.#gone) return;
    const opened = await again(this.opened);
    // Closed while it was on its way: nothing of it comes back to the screen.
    if (this.#gone as boolean) return;
    this.opened = opened;
    this.draw(said);
  }

  /** What was opened is gone from the page; the words are needed again. */
  private close(): void {
    this.frame.views.forget();
    this.frame.views.replace((host) => {
      host.append(stack(make("h1", {}, t("The mailbox is closed")),
        make("p", {}, t("Nothing of it is left in this page.")),
        make("p", {}, make("a", { class: "button secondary", href: location.pathname, rel: "noreferrer" }, t("To the first page")))));
      return undefined;
    });
  }

  private faults(): HTMLElement | null {
    const { faults } = this.opened;
    if (faults.length === 0) return null;
    return notice("danger", tn("{n} part of this conversation does not hold", "{n} parts of this conversation do not hold", faults.length),
      t("It is marked in red below and not shown. Everything else is proven and can be read. If you did not expect this, tell somebody outside this office."));
  }

  private due(): HTMLElement {
    const { office, raw, thread } = this.opened;
    const rows = make("dl", { class: "facts beside" },
      fact(openingOf(thread) === undefined ? t("Arrived") : t("Opened"), day(raw.day)), fact(t("Now"), statusText(raw.status)));
    if (openingOf(thread) !== undefined) return rows;
    const desk = office.desk(b64(raw.desk));
    const done = (code: string): boolean => this.opened.notices.some((one) => one.code === code);
    const answered = done("read") || thread.posts.some((post) => post.chain === "o");
    if (desk !== undefined) {
      office.profile(desk).then(({ acknowledge, feedback }) => {
        if (!answered) rows.append(fact(t("That somebody has read it"), t("by {day}", { day: day(plusDays(raw.day, acknowledge)) })));
        if (!done("answered")) rows.append(fact(t("What we do about it, and why"), t("by {day}", { day: day(plusMonths(raw.day, feedback)) })));
      }, () => undefined);
    }
    return rows;
  }

  private story(record: RecordCheck): HTMLElement {
    const { thread, raw, faults } = this.opened;
    const dayOf = (chain: string, n: number): string => raw.posts.find((post) => post.chain === chain && post.n === n)?.day ?? raw.day;
    const broken = (post: Post): Fault | undefined => faults.find(({ chain, n }) => chain === post.chain && n === post.n);
    const rows = thread.posts.map((post) => make("li", {}, this.post(post, dayOf(post.chain, post.n), record), redLine(broken(post))));
    const alone = faults.filter(({ chain, n }) => !thread.posts.some((post) => post.chain === chain && post.n === n));
    return make("ol", { class: "story", role: "list" }, rows, alone.map((fault) => make("li", {}, redLine(fault))));
  }

  private post(post: Post, at: string, record: RecordCheck): HTMLElement {
    if (post.kind === "rekey") {
      const first = openingOf(this.opened.thread) !== undefined && this.opened.thread.posts.find(({ kind }) => kind === "rekey") === post;
      return make("div", { class: "event" }, first ? t("You made words of your own on {day}.", { day: day(at) }) : t("You replaced your receipt on {day}.", { day: day(at) }));
    }
    if (post.kind === "handover") return this.handover(post, at);
    const mine = post.chain === "r";
    const name = mine ? t("You") : t("The office, {alias}", { alias: post.member?.alias ?? "" });
    const head = make("header", {}, make("b", {}, name), make("span", {}, day(at)), mine ? record.chip(post.n) : null);
    return make("article", { class: `message ${mine ? "mine" : "theirs"}` }, head, this.text(post));
  }

  private text(post: Post): Child {
    const attached = post.envelope.header.files ?? [];
    if (post.kind === "report") {
      return make("dl", { class: "facts", "data-report": true }, [...post.body.answers].map(([id, text]) => make("div", {},
        make("dt", { "data-question": id }, id === "what" ? t("What did you see or hear?") : id),
        make("dd", { class: "written", "data-answer": id }, text))),
      post.body.contact === undefined ? null : make("div", {}, make("dt", {}, t("A way to reach you")), make("dd", {}, contactElement(post.body.contact))),
      attached.length === 0 ? null : make("div", {}, make("dt", {}, t("Files")), make("dd", {}, filesOf(this.opened, attached))));
    }
    if (post.kind === "message") {
      return [
        post.body.closing === undefined ? null : make("p", {}, make("b", {}, t("Outcome: {outcome}", { outcome: outcomeWord(post.body.closing.outcome) }))),
        post.body.protection === undefined ? null : make("p", {}, make("b", {}, aboutWord(post.body.protection))),
        post.body.text === "" ? null : make("p", { class: "written", lang: post.body.language }, post.body.text),
        ending(this.frame.first.load, this.opened, post, this.opened.raw.posts.find(({ chain, n }) => chain === post.chain && n === post.n)?.day ?? this.opened.raw.day),
        filesOf(this.opened, attached, post.chain === "o" && helps(openingOf(this.opened.thread))),
        post.body.contact === undefined ? null : make("p", { class: "small" }, t("A way to reach you"), ": ", contactElement(post.body.contact)),
        post.body.dealt === undefined ? null : make("p", { class: "small" }, t("You gave your name here, under seal.")),
        post.body.withdraws === undefined ? null : make("p", { class: "small" }, t("You took back the way to reach you. Who has read it has read it.")),
      ];
    }
    if (post.kind === "notice" || post.kind === "note") return make("p", { class: "written", lang: post.body.language }, post.body.text);
    return null;
  }

  private handover(post: Post & { kind: "handover" }, at: string): HTMLElement {
    if (!("generation" in post.body)) return make("div", { class: "event" }, t("This mailbox was opened for you on {day}.", { day: day(at) }));
    const n = post.body.people.length;
    if (this.opened.thread.handovers[0] !== post.body) {
      return make("div", { class: "event" }, tn(
        "The people assigned changed on {day}. From here on {n} person reads what you write.",
        "The people assigned changed on {day}. From here on {n} people read what you write.", n, { day: day(at) }));
    }
    if (openingOf(this.opened.thread) !== undefined) {
      return make("div", { class: "event" }, tn("{n} person of the office reads what you write.", "{n} people of the office read what you write.", n));
    }
    return make("div", { class: "event" }, tn(
      "It became a case on {day}. From here on {n} person assigned to it reads what you write.",
      "It became a case on {day}. From here on {n} people assigned to it read what you write.", n, { day: day(at) }));
  }

  /** Shown before writing: whom the next message is sealed to, and whether that has changed since the last one. */
  private readers(): HTMLElement {
    const { office, raw, thread } = this.opened;
    const desk = office.desk(b64(raw.desk));
    const people = assigned(thread);
    if (people !== undefined) return notice("", t("Who reads what you write now"), ...assignedWords(people, openingOf(thread) !== undefined));
    const sealed = thread.report?.sheet;
    const changed = desk !== undefined && sealed !== undefined && !same(sealed.hash, desk.sheet.hash);
    return notice(changed ? "warning" : "", t("Who reads what you write now"),
      t("Everyone at {desk}, until it becomes a case.", { desk: desk?.name ?? "" }),
      changed ? t("The desk's key or people have changed since you wrote first. The change is signed and proven; the desk gives this reason: {reason}", { reason: desk.sheet.reason }) : null);
  }

  /** The questions' own words, once the form has come. */
  private labels(): void {
    const { office, thread } = this.opened;
    if (thread.report === undefined) return;
    office.formOf(thread.report.sheet).then((form) => {
      for (const question of questionsOf(form)) {
        const label = this.host.querySelector(`[data-question="${question.id}"]`);
        const answer = this.host.querySelector(`[data-answer="${question.id}"]`);
        if (label !== null) label.textContent = inLanguage(question.label);
        if (answer !== null) answer.textContent = answerText(question, answer.textContent);
      }
    }, () => undefined);
  }
}

function fact(what: string, value: string): HTMLElement {
  return make("div", {}, make("dt", {}, what), make("dd", {}, value));
}

function redLine(fault: Fault | undefined): HTMLElement | null {
  if (fault === undefined) return null;
  const whose = fault.chain === "r" ? t("Your message number {n}", { n: fault.n + 1 }) : t("The office's message number {n}", { n: fault.n + 1 });
  return notice("danger", null, make("p", {}, make("b", {}, whose), " ", ofText(fault.code)));
}

function statusText(status: string): string {
  switch (status) {
    case "arrived": return t("With the desk, not yet a case");
    case "aside": return t("Set aside by the desk");
    case "held": case "case": return t("A case; people are assigned to it");
    case "closed": return t("Closed");
    case "deleted": return t("Closed, and deleted at the office");
    default: return status;
  }
}

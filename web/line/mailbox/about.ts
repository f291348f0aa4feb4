/** What the office knows about the person, and what they can add or take back: a number, a name under seal. */
import { busy } from "../../elements/busy";
import { contactElement } from "../../elements/contact";
import { ask } from "../../elements/dialog";
import { clearFaults, showFaults } from "../../elements/errors";
import { hold, make, type Child } from "../../elements/make";
import { count, day, t, tp } from "../../elements/words";
import { contactText, type Reach } from "../../seal/contact";
import { actions, button, failure, notice, waitLine, type Frame } from "../frame";
import { sentence } from "../problems";
import { MOST, ownLanguage, reachFields } from "../reaching";
import { Refused } from "../wire";
import { textField } from "../writing";
import { Composing, type Letter } from "./composing";
import type { Opened } from "./proving";
import { shownAnew } from "./writer";

/** What was typed here and not sent: it outlives the element, for a reload of the mailbox draws that anew. */
export class Begun {
  reach: Reach = { way: "", when: "", language: ownLanguage() };
  name = "";
  contact = "";

  get reaching(): boolean { return this.reach.way !== "" || this.reach.when !== ""; }
  get naming(): boolean { return this.name !== "" || this.contact !== ""; }

  /** It went: nothing of it is shown once more. */
  sent(letter: Letter): void {
    if (letter.contact !== undefined) this.reach = new Begun().reach;
    if (letter.card !== undefined) [this.name, this.contact] = ["", ""];
  }
}

export function about(frame: Frame, opened: Opened, begun: Begun, reload: (why?: HTMLElement) => Promise<void>): HTMLElement {
  const { thread } = opened;
  return thread.reporter === undefined || thread.report === undefined ? make("div") : new About(frame, opened, begun, reload).element;
}

class About {
  readonly #said = make("div", { "aria-live": "polite" });
  readonly #composing: Composing;
  readonly element: HTMLElement;

  constructor(frame: Frame, private readonly opened: Opened, private readonly begun: Begun, private readonly reload: (why?: HTMLElement) => Promise<void>) {
    this.#composing = new Composing(frame, opened);
    const contact = contactOf(opened);
    this.element = make("section", { class: "stack", "aria-labelledby": "about-you" },
      make("h2", { id: "about-you" }, t("What the office knows about you")),
      make("dl", { class: "facts beside" },
        make("div", {}, make("dt", {}, t("Your name")), make("dd", {}, this.name())),
        make("div", {}, make("dt", {}, t("May ring you")), make("dd", {}, contact === "" ? tp("ringing", "no") : contactElement(contact)))),
      this.#said, this.reaching(contact), this.naming());
  }

  private name(): Child {
    const { thread, raw } = this.opened;
    const later = thread.posts.filter((post) => post.kind === "message" && post.chain === "r" && post.body.dealt !== undefined)
      .map(({ n }) => raw.posts.find((post) => post.chain === "r" && post.n === n)?.day ?? raw.day);
    return [
      thread.report?.name === undefined ? t("not given to those who read the report")
        : [make("span", { class: "written" }, thread.report.name), " ", make("span", { class: "hint" }, t("everyone who reads the report sees it"))],
      later.map((at) => make("p", { class: "small" }, t("You gave a name under seal on {day}.", { day: day(at) }))),
      thread.report?.dealt === undefined ? null
        : make("p", { class: "small muted" }, t("Whether a name lies under seal with the report itself cannot be seen here either.")),
    ];
  }

  private reaching(contact: string): Child {
    const { begun } = this;
    const form = this.form(t("Let them ring me"), () => {
      if (begun.reach.way.trim() !== "") return { text: "", contact: contactText(begun.reach) };
      showFaults(form, [{ field: "reach-way", message: t("Please write your number.") }]);
      return null;
    }, make("p", { class: "hint" }, t("Everyone who may read the report sees it. You can take it back; who has read it by then has read it.")),
    ...reachFields(begun.reach, (change) => { begun.reach = { ...begun.reach, ...change }; }));
    return [
      make("details", { open: begun.reaching }, make("summary", {}, contact === "" ? t("Leave a telephone number") : t("Leave another number")), form),
      contact === "" ? null : make("p", {}, button(t("Take the number back"), (pressed) => { void this.takeBack(pressed); }, "button secondary")),
    ];
  }

  private async takeBack(pressed: HTMLElement): Promise<void> {
    const sure = await ask({
      title: t("Take the number back?"), act: t("Take it back"),
      body: make("p", {}, t("From then on the office's pages do not show it any more. Who has read it has read it, and may have written it down.")),
    });
    if (sure) await busy(pressed, () => this.send({ text: "", withdraws: "contact" }));
  }

  private naming(): Child {
    const { custody } = this.opened.office.manifest.charter;
    if (custody === undefined) return null;
    const { begun } = this;
    const form = this.form(t("Lock my name away"), () => {
      if (begun.name.trim() !== "") return { text: "", card: { name: begun.name.trim(), contact: begun.contact.trim(), note: "" } };
      showFaults(form, [{ field: "later-name", message: t("Please write your name.") }]);
      return null;
    },
    make("p", { class: "hint" }, t("Sealed apart: opening it takes {k} of {n} custodians together with the people who handle the report, and a written reason that stays on record. That you gave a name now can be seen; the name cannot.", { k: count(custody.k), n: count(custody.custodians.length) })),
    make("p", { class: "hint" }, t("It is opened where you agree, or where a law obliges them to it in an investigation or before a court; for nothing else. You are told before, unless that would endanger it.")),
    textField({ label: t("Your name") }, "line", begun.name, (value) => { begun.name = value; }, "later-name", MOST),
    textField({ label: t("How to reach you, locked away with it"), optional: true }, "line", begun.contact, (value) => { begun.contact = value; }, "later-contact", MOST));
    return make("details", { open: begun.naming }, make("summary", {}, t("Give my name now, under seal")), form);
  }

  /** @param letter - what to send, or null where something is missing, which is said then */
  private form(label: string, letter: () => Letter | null, ...fields: readonly Child[]): HTMLFormElement {
    const send = make("button", { class: "button", type: "submit" }, label);
    const form = make("form", { class: "stack", novalidate: true, autocomplete: "off" }, ...fields, actions(send));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearFaults(form);
      const wanted = letter();
      if (wanted !== null) void busy(send, () => this.send(wanted));
    });
    return form;
  }

  private async send(letter: Letter): Promise<void> {
    hold(this.#said, make("p", { class: "muted" }, t("Sealing and sending …")));
    try {
      if (await this.#composing.send(letter, [], (what) => { hold(this.#said, make("p", { class: "muted" }, waitLine(what))); })) {
        this.begun.sent(letter);
        await shownAnew(this.reload, this.#said);
      } else hold(this.#said, failure(t("Your message contains the words or digits of your receipt. Whoever reads it could then write as you. Please take them out; nothing was sent."), null));
    } catch (error) {
      const changed = error instanceof Refused && ["heads", "audience", "taken"].includes(error.code);
      const why = changed ? notice("warning", null, error.message) : failure(sentence(error), null);
      hold(this.#said, why);
      if (changed) await this.reload(why).catch((failed: unknown) => { hold(this.#said, why, failure(sentence(failed), null)); });
    }
  }
}

/** The way that was given and not taken back; empty: none. */
function contactOf({ thread }: Opened): string {
  let contact = thread.report?.contact ?? "";
  for (const post of thread.posts) {
    if (post.kind !== "message" || post.chain !== "r") continue;
    if (post.body.withdraws !== undefined) contact = "";
    if (post.body.contact !== undefined) contact = post.body.contact;
  }
  return contact;
}

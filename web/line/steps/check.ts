/** Everything in one view, every answer editable, who will read it, and then it goes. */
import { busy } from "../../elements/busy";
import { announce } from "../../elements/announce";
import { contactElement } from "../../elements/contact";
import { ask } from "../../elements/dialog";
import { hold, make, type Child } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { t, tn, tp } from "../../elements/words";
import { linesOf, type Naming } from "../draft";
import { errandNotice } from "../errand";
import { answerText, asked, inLanguage, type Form } from "../forms";
import { actions, button, failure, notice, otherWays, stack, stepLine, waitLine, type Frame } from "../frame";
import { arrived } from "../adding";
import type { Office } from "../office";
import { sentence } from "../problems";
import { questionField } from "../question";
import { openMailbox } from "../returning";
import { Sending, type Outcome } from "../sending";
import { Refused } from "../wire";
import { desk } from "./desk";
import { files } from "./files";
import { receipt } from "./receipt";
import { sent } from "./sent";
import { you } from "./you";

/** @param back - after the page was closed: the draft as it was kept */
export function check(frame: Frame, back = false): Draw {
  return (host) => {
    const body = make("div", { class: "stack loose" });
    host.append(stack(stepLine("check"), make("h1", {}, t("Check and send")),
      back ? notice("good", null, t("Your draft is back, as it was kept. Nothing was sent yet.")) : null, body));
    void draw(frame, body);
    return undefined;
  };
}

async function draw(frame: Frame, body: HTMLElement): Promise<void> {
  try {
    const office = await frame.office();
    const chosen = office.desk(frame.draft.desk ?? "");
    const form = chosen === undefined ? [] : await office.form(chosen);
    new Check(frame, office, form, body).draw();
  } catch (error) {
    hold(body, failure(sentence(error), () => { void draw(frame, body); }));
  }
}

interface Row {
  readonly label: string;
  readonly value: () => string;
  readonly field: () => HTMLElement;
  /** Whether other questions hang on the answer. */
  readonly decides: boolean;
}

class Check {
  readonly #sending: Sending;
  readonly #said = make("div", { "aria-live": "polite" });

  constructor(
    private readonly frame: Frame, private readonly office: Office, private readonly form: Form,
    private readonly body: HTMLElement,
  ) {
    this.#sending = new Sending(frame, (what) => {
      hold(this.#said, make("p", { class: "muted" }, waitLine(what)));
    });
  }

  draw(): void {
    const { draft } = this.frame;
    hold(this.body, errandNotice(draft), this.story(), this.files(), this.readers(), this.receiptLine(), this.#said, actions(
      button(t("Send"), (pressed) => { void busy(pressed, () => this.send()); }, "button large"),
      button(t("Back"), () => { history.back(); }, "button secondary"),
    ), make("p", { class: "hint" }, draft.kept === "declined"
      ? t("Your browser seals it now. After that nobody can take it back or add to it.")
      : t("Your browser seals it now. You can add to it later, in your mailbox.")), this.keptLine());
  }

  /** Each answer as it will be read, with the field behind "Change"; what was left out stands folded below. */
  private story(): HTMLElement {
    const { draft } = this.frame;
    const questions = asked(this.form, draft.answers).map((question): Row => ({
      label: inLanguage(question.label), value: () => answerText(question, draft.answers.get(question.id) ?? ""),
      field: () => questionField(question, draft.answers), decides: question.options.length > 0,
    }));
    const given = questions.filter(({ value }) => value().trim() !== "").map((row) => this.row(row));
    const left = questions.filter(({ value }) => value().trim() === "").map((row) => this.row(row));
    return make("div", { class: "stack" }, make("dl", { class: "facts beside" }, given, this.you()),
      left.length === 0 ? null : make("details", {},
        make("summary", {}, tn("{n} question left out", "{n} questions left out", left.length)),
        make("dl", { class: "facts beside" }, left)));
  }

  /** Name and number always stand here, also where they are not given: nobody shall wonder afterwards. */
  private you(): HTMLElement[] {
    const { draft, views } = this.frame;
    const names: Record<Naming, Child> = {
      none: t("not given"),
      locked: [make("span", { class: "written" }, draft.name), " ", make("span", { class: "hint" }, t("locked away: custodians and handlers only together can open it"))],
      open: [make("span", { class: "written" }, draft.name), " ", make("span", { class: "hint" }, t("everyone who reads the report sees it"))],
    };
    const { contact } = draft;
    const row = (label: string, value: Child): HTMLElement => {
      const change = button(t("Change"), () => { views.go(you(this.frame, check)); }, "link");
      change.setAttribute("aria-label", t("Change: {label}", { label }));
      return make("div", {}, make("dt", {}, label), make("dd", { class: "stack tight" }, make("p", {}, value), change));
    };
    const earlier = draft.continues.trim() === "" ? [] : [make("div", {}, make("dt", {}, t("Continues an earlier report")), make("dd", { class: "written" }, draft.continues))];
    return [...earlier, row(t("Your name"), names[draft.naming]), row(t("May ring you"), contact === "" ? tp("ringing", "no") : contactElement(contact))];
  }

  private row({ label, value, field, decides }: Row): HTMLElement {
    const shown = make("dd", { class: "stack tight" });
    const read = (focus: boolean): void => {
      const text = value();
      const empty = text.trim() === "";
      const change = button(empty ? t("Add") : t("Change"), () => { edit(); }, "link");
      change.setAttribute("aria-label", empty ? t("Add: {label}", { label }) : t("Change: {label}", { label }));
      hold(shown, empty ? null : make("p", { class: "written" }, text), change);
      if (focus) change.focus();
    };
    const edit = (): void => {
      const made = field();
      if (made instanceof HTMLDetailsElement) made.open = true;
      hold(shown, made, button(t("Done"), () => {
        if (decides) this.drawAgain(label);
        else read(true);
      }, "button secondary"));
      made.querySelector<HTMLElement>("textarea, input")?.focus();
    };
    read(false);
    return make("div", {}, make("dt", {}, label), shown);
  }

  /** After another choice other questions may be asked; the focus stays where it was. */
  private drawAgain(label: string): void {
    this.draw();
    const labels = [t("Change: {label}", { label }), t("Add: {label}", { label })];
    for (const one of this.body.querySelectorAll("button")) {
      if (labels.includes(one.getAttribute("aria-label") ?? "")) one.focus();
    }
  }

  /** Those that are there, each with how far it is. */
  private files(): HTMLElement | null {
    const { attaching, draft, views } = this.frame;
    const { there } = attaching;
    if (draft.desk !== undefined) there?.to(draft.desk);
    return make("section", { class: "stack", "aria-labelledby": "files" }, make("h2", { id: "files" }, t("Files")),
      there?.list, button(t("Add files or your voice"), () => { views.go(files(this.frame)); }, "link"));
  }

  private readers(): HTMLElement {
    const { draft, views } = this.frame;
    const name = this.office.desk(draft.desk ?? "")?.name ?? "";
    const barred = linesOf(draft.mustNotSee);
    return notice("", t("Who can read it"),
      t("Until it becomes a case: everyone at {desk}. Nobody else, not even who runs this server.", { desk: name }),
      barred.length === 0 ? null : make("p", {}, t("Must not see it:"), " ", make("span", { class: "written" }, barred.join(", "))),
      this.office.pinned ? t("Proven by the code of your poster or letter.") : null,
      button(t("Change who reads it"), () => { views.go(desk(this.frame, check)); }, "link"));
  }

  private receiptLine(): HTMLElement {
    const { draft, views } = this.frame;
    const again = button(draft.kept === "declined" ? t("Keep a receipt after all") : t("Look at the receipt again"),
      () => { views.go(receipt(this.frame)); }, "link");
    return draft.kept === "declined"
      ? notice("warning", null, draft.contact === ""
        ? t("Without a receipt: you will not be able to read an answer or add anything. Closing this page before you send loses what you wrote.")
        : t("Without a receipt: they can ring you, and you will not be able to read an answer here or add anything. Closing this page before you send loses what you wrote."), again)
      : notice("plain", null, t("Your receipt is on your own paper. It is the only way back."), again);
  }

  private keptLine(): HTMLElement | null {
    const { draft, keeping } = this.frame;
    if (draft.kept === "declined") return null;
    return make("div", {}, keeping.line, button(t("Throw the draft away"), () => { void this.throwAway(); }, "link"));
  }

  private async throwAway(): Promise<void> {
    const sure = await ask({
      title: t("Throw the draft away?"), act: t("Throw it away"), danger: true,
      body: make("p", {}, t("What you wrote and the files that went up are deleted here and on the server. Your receipt then leads to nothing.")),
    });
    if (!sure) return;
    try {
      await this.frame.attaching.there?.takeOut();
      await this.frame.keeping.throwAway();
      // The page begins again, empty.
      location.reload();
    } catch (error) {
      hold(this.#said, failure(sentence(error), () => { void this.throwAway(); }));
    }
  }

  private async send(): Promise<void> {
    const { draft, attaching } = this.frame;
    const isEmpty = (): boolean => (draft.answers.get("what") ?? "").trim() === "" && attaching.count === 0;
    if (!isEmpty() && !await arrived(attaching, this.#said, () => this.send())) return;
    // Also where what was there was left out meanwhile.
    if (isEmpty()) {
      hold(this.#said, failure(t("Please write what you saw or heard, or add your voice. A few words are enough."), null));
      return;
    }
    hold(this.#said, make("p", { class: "muted" }, t("Sealing and sending …")));
    announce(t("Sealing and sending …"));
    // The line above is painted before the sealing holds the page for a moment.
    await new Promise((painted) => { setTimeout(painted, 20); });
    try {
      this.ended(await this.#sending.send());
    } catch (error) {
      // They outlived their week on the server, and the draft did not know.
      if (error instanceof Refused && error.code === "blob") attaching.there?.notThere();
      hold(this.#said, failure(sentence(error), null),
        make("p", {}, t("What you wrote is still here. You can press Send again: it is sent as the same report and can never become two.")), otherWays(this.frame));
    }
  }

  private ended(outcome: Outcome): void {
    const tell = (...children: Child[]): void => { hold(this.#said, ...children); };
    switch (outcome.state) {
      case "promised":
        this.frame.views.forget();
        this.frame.views.replace(sent(this.frame, this.office, outcome.promise));
        return;
      case "receipt-inside":
        tell(failure(t("Your report contains the words or digits of your receipt. Whoever reads it could then write as you. Please take them out; nothing was sent."), null));
        return;
      case "new-sheet":
        tell(notice("warning", t("The desk has a new key since you opened this page"),
          outcome.reason === "" ? null : make("p", {}, t("Its lead gives this reason:"), " ", make("span", { class: "written" }, outcome.reason)),
          t("The change is signed and proven. Nothing was sent yet; press Send to seal it to the new key.")));
        return;
      case "taken":
        tell(notice("warning", t("It had arrived before, as you sent it first"),
          t("What you changed since then was not sent. You can add it as a message in your mailbox."),
          actions(button(t("Open the mailbox"), (pressed) => { void busy(pressed, () => this.mailbox()); }))));
    }
  }

  private async mailbox(): Promise<void> {
    const bytes = this.frame.draft.receipt;
    if (bytes !== undefined) await openMailbox(this.frame, bytes, this.#said);
  }
}

/** What the desk says beside its questions, in one language at a time. */
import { hold, make } from "../../elements/make.js";
import { t, tn } from "../../elements/words.js";
import { lineField, selectField, textField } from "./fields.js";
import type { EditedProfile } from "./profile.js";

/** More to choose from is slower than writing it (formats.md §9). */
const MOST = 40;

/** A law that we ship: its id, and its name in the page's language. */
export interface LawChoice {
  readonly value: string;
  readonly label: string;
}

export class DeskTexts {
  readonly element = make("div", { class: "stack" });

  constructor(
    private readonly profile: EditedProfile, private tag: string, private readonly laws: readonly LawChoice[], private readonly changed: () => void,
  ) {
    this.draw();
  }

  speak(tag: string): void {
    this.tag = tag;
    this.draw();
  }

  /** What the desk's people choose from when they answer; public like everything here. */
  private questions(): HTMLElement {
    const { profile: { questions }, tag, changed } = this;
    const again = (focus: string): void => {
      changed();
      this.draw();
      document.getElementById(focus)?.focus();
    };
    return make("section", { class: "stack", "aria-labelledby": "the-choice" },
      make("h3", { id: "the-choice" }, t("Questions to choose from when you answer")),
      make("p", { class: "hint" }, t("Your people pick one in the answer box; it is written in the reporting person's language. Everybody can read them.")),
      questions.map(({ id, texts }, at) => make("div", { class: "stack tight" },
        textField({ id: `question-${id}`, label: t("Question {number}", { number: at + 1 }), texts, tag, rows: 2, changed }),
        make("p", {}, button(t("Take question {number} out", { number: at + 1 }), () => {
          questions.splice(at, 1);
          again("add-question");
        }, "link")))),
      questions.length >= MOST ? null : make("p", {}, button(t("One more to choose from"), () => {
        const id = freshId(questions.map((one) => one.id));
        questions.push({ id, texts: {} });
        again(`question-${id}`);
      }, "button secondary", "add-question")));
  }

  private draw(): void {
    const { profile, tag, changed } = this;
    const { texts, ways } = profile;
    const way = (name: keyof typeof ways, label: string, hint: string | undefined, rows?: number): HTMLElement => textField(
      { id: `text-${name}`, label, texts: ways[name], tag, changed, ...(hint !== undefined && { hint }), ...(rows !== undefined && { rows }) });
    hold(this.element,
      textField({ id: "text-emergency", label: t("In immediate danger"), texts: texts.emergency, tag, rows: 2, changed, hint: t("Whom to call; it stands first on the report page, which nobody watches live. Example: “Call 112.”") }),
      textField({ id: "text-complaints", label: t("Complaints about this office"), texts: texts.complaints, tag, rows: 2, changed, hint: t("A place outside this office, with address or telephone, where people can complain about how it works.") }),
      textField({ id: "text-disclosure", label: t("When the law makes the office tell"), texts: texts.disclosure, tag, rows: 3, optional: true, changed, hint: t("It stands under “What we cannot promise”. Left empty, the page says that a court can order the office to say what it knows.") }),
      textField({ id: "text-children", label: t("Help for children"), texts: texts.children, tag, rows: 2, optional: true, changed, hint: t("Whom a child, or somebody who worries about one, can ring outside this office: name and telephone number. Every mailbox of this desk shows it; nothing marks anybody as a child.") }),
      way("telephone", t("Telephone for reports"), t("At least one of these three ways.")),
      way("letter", t("Postal address for reports"), undefined, 2),
      way("person", t("Where to report in person"), undefined, 2),
      selectField(t("The law that this desk works under"), this.laws, profile.law, (value) => {
        profile.law = value;
        changed();
      }, "text-law"),
      selectField(t("Who reports here"), [{ value: "internal", label: t("people of one organisation") }, { value: "external", label: t("everybody") }],
        profile.applies, (value) => {
          profile.applies = value === "external" ? "external" : "internal";
          changed();
        }, "text-applies"),
      make("p", { class: "hint" }, t("Reports that are here already keep the law under which they came. None of these profiles is legal advice; numbers that nobody has verified are called the office's own commitment.")),
      selectField(t("Somebody has read a report"), [1, 2, 3, 4, 5, 6, 7].map((days) => ({ value: String(days), label: tn("within {n} day", "within {n} days", days) })),
        String(profile.acknowledge), (value) => {
          profile.acknowledge = Number(value);
          changed();
        }, "text-acknowledge"),
      selectField(t("People hear what is done about it"), [1, 2, 3].map((months) => ({ value: String(months), label: tn("within {n} month", "within {n} months", months) })),
        String(profile.feedback), (value) => {
          profile.feedback = Number(value);
          changed();
        }, "text-feedback"),
      lineField({ id: "text-leave", label: t("Where “Leave this page” goes"), value: profile.leave, hint: t("An https address that says nothing about reporting: weather, news. Left empty, an encyclopedia.") }, (value) => {
        profile.leave = value;
        changed();
      }),
      this.questions());
  }
}

function freshId(taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`own-${number}`)) number += 1;
  return `own-${number}`;
}

function button(label: string, act: () => void, kind: string, id: string | null = null): HTMLButtonElement {
  return make("button", { class: kind, type: "button", id, onclick: act }, label);
}

/** Who the person is and how to reach them: nothing, or what they wish, with who will see it beside each choice. */
import { clearFaults, showFaults, type Fault } from "../../elements/errors";
import { hold, make } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { count, t } from "../../elements/words";
import { contactParts, contactText, type Reach } from "../../seal/contact";
import type { Draft, Naming } from "../draft";
import { actions, button, failure, stack, stepLine, type Frame } from "../frame";
import type { Office } from "../office";
import { sentence } from "../problems";
import { MOST, ownLanguage, reachFields } from "../reaching";
import { choiceField, textField } from "../writing";
import { receipt } from "./receipt";

/** @param next - where it goes on; the receipt if nothing is said */
export function you(frame: Frame, next: (frame: Frame) => Draw = receipt): Draw {
  return (host) => {
    const form = make("form", { class: "stack loose", novalidate: true, autocomplete: "off" });
    host.append(stack(stepLine("you"), make("h1", {}, t("About you")),
      make("p", { class: "lede" }, t("You need not say who you are. Say as much as you wish, and no more.")), form));
    const show = async (): Promise<void> => {
      try {
        draw(frame, await frame.office(), form, next);
      } catch (error) {
        hold(form, failure(sentence(error), () => { void show(); }));
      }
    };
    void show();
    return undefined;
  };
}

function draw(frame: Frame, office: Office, form: HTMLFormElement, next: (frame: Frame) => Draw): void {
  const { draft, views } = frame;
  const reach = new Reaching(draft);
  hold(form, naming(draft, office), reach.element(office.desk(draft.desk ?? "")?.name ?? ""), actions(
    make("button", { class: "button", type: "submit" }, t("Continue")),
    button(t("Back"), () => { history.back(); }, "button secondary"),
  ));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearFaults(form);
    if (showFaults(form, [...faultsOf(draft), ...reach.faults()])) views.go(next(frame));
  });
}

/** The three choices. The middle one is there only where custodians are. */
function naming(draft: Draft, office: Office): HTMLElement {
  const { custody } = office.manifest.charter;
  if (custody === undefined && draft.naming === "locked") draft.naming = "none";
  const rest = make("div", { class: "stack" });
  const show = (): void => { hold(rest, fieldsOf(draft)); };
  show();
  const choices = choiceField({ label: t("Your name") }, "choice", [
    { id: "none", label: t("I do not give my name"), help: t("Nobody who works here learns who you are, unless what you write tells them. They can still ask you, and you can answer.") },
    ...(custody === undefined ? [] : [{
      id: "locked", label: t("My name is locked away"),
      help: t("Sealed apart from the report: whoever reads the report does not see it and cannot tell whether you left one. Opening it takes {k} of {n} custodians together with the people who handle the report, and a written reason that stays on record. You are told first, unless the law forbids it.", { k: count(custody.k), n: count(custody.custodians.length) }),
    }]),
    { id: "open", label: t("The people who read my report may know my name"), help: t("Everyone who may read the report sees it with the report. Nobody else does.") },
  ], [draft.naming], ([taken = "none"]) => {
    draft.naming = taken as Naming;
    show();
  }, "naming");
  return make("div", { class: "stack" }, choices, rest);
}

function fieldsOf(draft: Draft): HTMLElement[] {
  if (draft.naming === "none") return [];
  const name = textField({ label: t("Your name") }, "line", draft.name, (value) => { draft.name = value; }, "your-name", MOST);
  if (draft.naming === "open") return [name];
  return [
    make("p", { class: "notice plain" }, t("It is opened where you agree, or where a law obliges them to it in an investigation or before a court; for nothing else. You are told before, unless that would endanger it.")),
    name,
    textField({ label: t("How to reach you, locked away with it"), optional: true }, "line", draft.lockedContact,
      (value) => { draft.lockedContact = value; }, "locked-contact", MOST),
  ];
}

function faultsOf({ naming: chosen, name }: Draft): Fault[] {
  if (chosen === "none" || name.trim() !== "") return [];
  return [{ field: "your-name", message: t("Please write your name, or choose above not to give it.") }];
}

/** Contact by consent: a question of its own, because a number is as good as a name. */
class Reaching {
  #wanted: boolean;
  #reach: Reach;

  constructor(private readonly draft: Draft) {
    this.#wanted = draft.contact !== "";
    this.#reach = contactParts(draft.contact);
  }

  element(desk: string): HTMLElement {
    const rest = make("div", { class: "stack" });
    const show = (): void => { hold(rest, this.#wanted ? reachFields(this.#reach, (change) => { this.#set(change); }) : []); };
    show();
    const asked = choiceField({
      label: t("May the people who read it ring you?"),
      help: t("This is also the way for people who do not want to keep a receipt."),
    }, "choice", [
      { id: "no", label: t("No. I come back here to read their answer") },
      { id: "yes", label: t("Yes, they may ring me"), help: t("Everyone who may read the report sees your number, at first everyone at {desk}. It can show who you are. You can take it back in your mailbox; who has read it by then has read it.", { desk }) },
    ], [this.#wanted ? "yes" : "no"], ([taken]) => {
      this.#wanted = taken === "yes";
      if (this.#wanted && this.#reach.language === "") this.#set({ language: ownLanguage() });
      this.#tell();
      show();
    }, "ring");
    return make("div", { class: "stack" }, asked, rest);
  }

  faults(): Fault[] {
    if (!this.#wanted || this.#reach.way.trim() !== "") return [];
    return [{ field: "reach-way", message: t("Please write your number, or choose above that they shall not ring you.") }];
  }

  #set(change: Partial<Reach>): void {
    this.#reach = { ...this.#reach, ...change };
    this.#tell();
  }

  #tell(): void {
    this.draft.contact = this.#wanted ? contactText(this.#reach) : "";
  }
}

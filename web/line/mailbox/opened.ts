/** A mailbox that the office opened for somebody: why it is here, what that person may do in it, and the words to make first. */
import { make } from "../../elements/make";
import { day, t } from "../../elements/words";
import type { Opening } from "../../seal/bodies";
import type { Thread } from "../../seal/thread";
import { button, notice } from "../frame";

/** The first word of such a mailbox; undefined where a report opened it. */
export function openingOf({ posts }: Pick<Thread, "posts">): Opening | undefined {
  const [first] = posts.filter(({ chain, n }) => chain === "o" && n === 0);
  return first?.kind === "handover" && !("generation" in first.body) ? first.body : undefined;
}

/**
 * Whether the person has words of their own. The code was made by a member, who could write under it: until it is
 * replaced nothing is written here.
 */
export function madeOwnWords({ posts }: Pick<Thread, "posts">): boolean {
  return posts.some(({ kind }) => kind === "rekey");
}

/** Whether it is a helper's: what they get, they get for a task and until a day. */
export function helps(opening: Opening | undefined): boolean {
  return opening?.purpose === "helper";
}

/** @param replace - goes to the page that makes new words */
export function opened(opening: Opening, own: boolean, replace: () => void): HTMLElement {
  return make("div", { class: "stack" },
    notice("", title(opening.purpose), ...words(opening.purpose).map((text) => make("p", {}, text)),
      make("p", { class: "muted" }, helps(opening) ? t("This mailbox ends after {day}. From then on nobody outside the office opens it, you included: please answer before.", { day: day(opening.until) })
        : t("This mailbox stays open until {day} at least.", { day: day(opening.until) }))),
    own ? null : notice("warning", t("First make words of your own"),
      t("The code that opened this page was made by the office. Whoever has seen the letter, or made the code, could open this mailbox and write in your name. With words of your own only you can; the code dies."),
      button(t("Make words of my own"), replace, "button"),
      make("p", { class: "muted" }, t("You can read everything already. You can write as soon as the words are yours."))));
}

function title(purpose: string): string {
  switch (purpose) {
    case "hearing": return t("You are named in a report");
    case "protection": return t("This mailbox is about your protection");
    case "helper": return t("You were asked to help");
    default: return t("The office opened this mailbox for you");
  }
}

function words(purpose: string): readonly string[] {
  switch (purpose) {
    case "hearing": return [
      t("Nothing has been decided about you. Unless and until the opposite is proven, you have done nothing wrong, and nobody may treat you as if you had."),
      t("Here you read what you are told about the report. You can answer, add documents, name a lawyer or somebody you trust, and ask for something to be corrected or deleted. You need not say anything, and silence is not held against you."),
      t("You may let a lawyer, or somebody you trust, read and write for you. Whoever has your words does so in your place: hand them on only if you want that."),
      t("No finding against you is made before you have been able to answer. When the matter is closed you are told the result here, in writing."),
      t("We do not say who reported. Please do not try to find out: nobody may be made to suffer for having reported."),
    ];
    case "protection": return [
      t("Here you and the people named below agree what is to be done so that nobody harms you for having reported, or for having helped somebody who did. Write at any time when something happens."),
      t("Nobody else reads it. In immediate danger ring the emergency number first: nobody watches this page all the time."),
    ];
    case "helper": return [
      t("You get what you need for your task and no more. Please keep it to yourself, and delete it when you are done. Write your answer below; it is sealed for the people named there."),
      t("A picture is shown here and no button saves it; other files can only be saved. If you know somebody in what you read, stop and say so: that is no fault of yours."),
    ];
    default: return [t("It says below who reads what you write.")];
  }
}

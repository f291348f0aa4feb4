import { make, type Child } from "../elements/make.js";
import { t, tn } from "../elements/words.js";
import { printFinding } from "./alarm.js";
import { has, type Facts } from "./facts.js";
import { button } from "./fields.js";
import { healthSentence } from "./health/state.js";
import { roomSentence } from "./room/state.js";
import { differenceSentence, type Session, type Unheard } from "./session.js";

/** Days before the charter's end from which the first page counts down. */
const COUNTDOWN = 60;
/** Days before it from which the countdown presses: administrators have to meet and sign. */
const PRESSING = 14;

/** Draw what must not be overlooked, on every view, until it is mended. */
export function showWarnings(session: Session): void {
  const list = document.getElementById("standing");
  if (list === null) return;
  const { facts, difference, keyFaults, recordUnread, room, health } = session;
  const items: HTMLElement[] = session.unheard.map((one) => failed(session, one));
  if (difference.codes.length > 0) items.push(tampered(session));
  if (difference.unreachable) {
    items.push(warning(t("The report page did not answer, so this browser could not check what reporting persons are shown.")));
  }
  if (recordUnread) items.push(warning(t("The public record could not be looked at.")));
  for (const [desk, code] of keyFaults) {
    const name = facts.desks.find((one) => one.id === desk)?.names["en"] ?? "";
    items.push(refusedKeys(t("The newest keys of {name} were refused ({code}). Ask the desk's lead to renew them.", { name, code }), code, facts));
  }
  const full = room === null ? "" : roomSentence(room);
  if (full !== "") items.push(warning(full, room?.disk.state !== "no-files", "#/room", t("Make room")));
  const ill = health === null ? "" : healthSentence(health);
  if (ill !== "") items.push(warning(ill, true, "#/health", t("Look at the line's health")));
  const ending = charterEnds(facts);
  if (ending !== null) items.push(warning(ending.text, ending.danger, "#/people", t("Sign a new one")));
  if (facts.root.threshold === 1) {
    items.push(warning(
      t("One administrator alone can change who reads. This is said in the charter, for all to see."), false,
      "#/people", has(facts, "administrator") ? t("Invite a second one") : "",
    ));
  }
  list.replaceChildren(...items);
}

/** Whole days until the last day on which the charter holds; 0 on that day, fewer after it. */
export function daysLeft({ charter, today }: Pick<Facts, "charter" | "today">): number {
  return Math.round((Date.parse(charter.notAfter) - Date.parse(today)) / 86_400_000);
}

/** What is said of the charter's end, and whether it presses; null while it is far off. */
export function charterEnds(facts: Pick<Facts, "charter" | "today">): { readonly text: string; readonly danger: boolean } | null {
  const left = daysLeft(facts);
  if (left > COUNTDOWN) return null;
  const text = left < 0 ? t("The office's charter has ended. Nobody can report until a new one is signed.")
    : left === 0 ? t("The office's charter ends today. Without a new one nobody can report from tomorrow on.")
    : tn("The office's charter ends in {n} day. Without a new one nobody can report.", "The office's charter ends in {n} days. Without a new one nobody can report.", left);
  return { text, danger: left <= PRESSING };
}

/** One that is said at once. It stands in a list, whose places hold nothing but its items. */
function alarm(...content: readonly Child[]): HTMLElement {
  return make("li", { class: "danger" }, make("div", { role: "alert" }, ...content));
}

function warning(text: string, danger = false, href = "", label = ""): HTMLElement {
  return make("li", { class: danger ? "danger" : null }, text, label !== "" && [" ", make("a", { href }, label)]);
}

/** Something that somebody began and did not see fail. */
function failed(session: Session, one: Unheard): HTMLElement {
  const read = (): void => {
    document.getElementById("main")?.focus();
    session.unheard = session.unheard.filter((other) => other !== one);
    showWarnings(session);
  };
  return alarm(one.unsure ? t("No answer came to what you did at a report that you have left. It may have been done: look at it before you do it once more.")
    : t("Not done, about a report that you have left: {what}", { what: one.sentence }), " ",
    make("a", { href: `#/arrivals/${one.thread}`, onclick: read }, t("Go to the report")), " ", button(t("Hide this"), read, "link"));
}

function refusedKeys(sentence: string, code: string, facts: Facts): HTMLElement {
  const heading = t("Keys of a desk were refused");
  return alarm(sentence, " ", t("Tell oversight by another way, and print this."), " ",
    printFinding({ heading, sentences: [sentence], codes: [code], now: Date.parse(facts.today), words: facts.words }));
}

function tampered({ facts, difference }: Session): HTMLElement {
  const sentences = difference.codes.map(differenceSentence);
  const heading = t("What the report page shows is not what this office has signed");
  const shown = alarm(make("strong", {}, t("Do not rely on the report page now.")), " ", sentences.join(" "), " ",
    t("Tell your colleagues by another way, and print this."), " ",
    printFinding({ heading, sentences, codes: difference.codes, now: Date.parse(facts.today), words: facts.words }));
  shown.id = "tampered";
  return shown;
}

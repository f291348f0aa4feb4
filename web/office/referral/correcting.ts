/**
 * Telling offices that received a case how it ended, or what is to be put right: nobody keeps a wrong word about a
 * person because it had been passed on before. Said first in a note, then sent, then noted as sent.
 */
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make, newId } from "../../elements/make.js";
import { outcomeWord } from "../../elements/outcome.js";
import { language, t } from "../../elements/words.js";
import type { Outcome } from "../../seal/closing.js";
import { WHYS, type Why } from "../../seal/correction.js";
import { b64, random } from "../../seal/primitives.js";
import { Desk } from "../arrivals/desk.js";
import type { Story, TextEntry } from "../arrivals/types.js";
import { choice } from "../cases/triage.js";
import type { ToldNote } from "../cases/worktypes.js";
import { begunWith, cancel, checkboxes, field, form, submit } from "../fields.js";
import type { Asked } from "../hearing/state.js";
import { inLanguage } from "../page.js";
import type { Workbench } from "../views.js";
import type { PassedOn, ReferralRow } from "./types.js";

const TEXT_MAX = 4000;
const ID = 16;

/** What an office has not been told yet. */
export interface Owed {
  readonly referral: string;
  readonly why: Why;
}

export interface CorrectionWish {
  readonly referrals: readonly string[];
  readonly why: Why;
  readonly outcome: Outcome | "";
  readonly text: string;
  readonly language: string;
}

/** The message by which the case ended, if it has. */
export function endingOf({ status, entries }: Story): TextEntry | undefined {
  if (status !== "closed") return undefined;
  return entries.findLast((one): one is TextEntry => one.kind === "message" && one.closing !== null);
}

/**
 * What each office that has acknowledged the referral is still to be told.
 *
 * @param requests - of the persons concerned in this case, with how they were decided
 */
export function owedTo(story: Story, rows: readonly ReferralRow[], requests: readonly Asked[]): Owed[] {
  const ending = endingOf(story);
  return rows.filter(({ state }) => state === "promised").flatMap(({ id, filed }) => {
    // What was begun and is not acknowledged stands in red with its own button: told anew it would arrive twice.
    const told = story.work.told.filter(({ referral }) => referral === id);
    const heard = ending === undefined || told.some((one) => one.why === "ended" && one.outcome === ending.closing?.outcome
      && (ending.at === "" ? one.day >= ending.day : one.at >= ending.at));
    // One word for each request that was granted since; what was put right before is in what was passed on.
    const granted = requests.filter(({ answered, decision }) => answered !== null && answered >= filed.slice(0, 10) && (decision === "granted" || decision === "partly"));
    const kinds = [...new Set(granted.map(({ kind }) => kind))].filter((kind) => (
      granted.filter((one) => one.kind === kind).length > told.filter(({ why }) => why === kind).length));
    return [...heard ? [] : ["ended" as const], ...kinds].map((why) => ({ referral: id, why }));
  });
}

/** Asks what is to be told and to whom; null where it is left. */
export function askCorrection(story: Story, passed: readonly PassedOn[], owed: readonly Owed[]): Promise<CorrectionWish | null> {
  const ending = endingOf(story);
  const outcome = ending?.closing?.outcome ?? "";
  return openDialog<CorrectionWish>(t("Tell the offices that received this"), (close) => {
    const first = owed[0]?.why;
    const whys = WHYS.filter((why) => why !== "ended" || outcome !== "");
    const why = choice<Why>(t("What are they told?"), whys, (one) => whyWord(one, outcome), first ?? whys[0] ?? "wrong");
    const to = checkboxes(t("Which offices"), passed.map(({ id, names, deskNames }) => ({
      key: id, label: `${inLanguage(names, language())} · ${inLanguage(deskNames, language())}`,
      on: first === undefined || owed.some((one) => one.referral === id && one.why === first),
    })));
    const text = field({ label: t("Your words to them"), rows: 6, maxlength: TEXT_MAX, value: beginning(why.value(), outcome),
      hint: t("They read these words and the line above. Leave out whatever could tell who reported it.") });
    why.element.addEventListener("change", begunWith(text, () => beginning(why.value(), outcome)));
    const made = form(() => {
      clearFaults(made);
      const faults = [
        ...to.value().length === 0 ? [{ field: to.id, message: t("Please choose at least one office.") }] : [],
        ...text.value().trim() === "" ? [{ field: text.id, message: t("Please write what they need to know.") }] : [],
      ];
      if (faults.length > 0) showFaults(made, faults);
      else close({ referrals: to.value(), why: why.value(), outcome: why.value() === "ended" ? outcome : "", text: text.value().trim(), language: language() });
    },
    why.element, to.element, text.element,
    make("p", { class: "hint", id: newId() }, t("It is sealed and signed here, and sent into the mailbox there. Whether each office has acknowledged it stands in the chronology of this case.")),
    make("div", { class: "actions" }, submit(t("Send it to them")), cancel()));
    return made;
  });
}

/**
 * Note it, send it and note that it was sent, office by office.
 *
 * @returns what could not be sent, with why; the note of it stays
 */
export async function tellThem(bench: Workbench, story: Story, wish: CorrectionWish): Promise<unknown[]> {
  const day = bench.facts.today;
  const troubles: unknown[] = [];
  for (const referral of wish.referrals) {
    const note: ToldNote = { kind: "told", id: b64(random(ID)), referral, why: wish.why, outcome: wish.outcome, day, sent: false };
    await Desk.of(bench).work(story.thread, { note, text: wish.text, language: wish.language });
    try {
      await sendTold(bench, story, note, wish);
    } catch (error) {
      troubles.push(error);
    }
  }
  return troubles;
}

/** Send what a note says is to be told, and note that it was. Sent already, it is not sent again. */
export async function sendTold(bench: Workbench, { thread }: Story, told: ToldNote, { text, language: tag }: Pick<CorrectionWish, "text" | "language">): Promise<void> {
  const { kind, id, referral, why, outcome } = told;
  await bench.worker.ask("correct-referral", { thread, referral, id, why, outcome, text, language: tag });
  await bench.session.keepPins();
  await Desk.of(bench).work(thread, { note: { kind, id, referral, why, outcome, day: bench.facts.today, sent: true }, text, language: tag });
}

function whyWord(why: Why, outcome: Outcome | ""): string {
  switch (why) {
    case "ended": return t("How the case ended: {outcome}", { outcome: outcome === "" ? "" : outcomeWord(outcome) });
    case "wrong": return t("That something in it is wrong");
    case "correction": return t("That something was corrected, as a person concerned asked");
    case "objection": return t("That an objection was granted");
    case "deletion": return t("That something is to be deleted, as a person concerned asked");
  }
}

/** What such words begin with; the person writes the rest. */
function beginning(why: Why, outcome: Outcome | ""): string {
  switch (why) {
    case "ended": return outcome === "unfounded" || outcome === "unsubstantiated"
      ? t("We have looked into what we passed on to you, and it was not found to be so. It must not be held against anybody. Please put this beside it, and tell whoever received it from you.")
      : t("We have finished looking into what we passed on to you. Please put this beside it, and tell whoever received it from you.");
    case "wrong": case "correction": return t("Something in what we passed on to you is not right. Please correct it, and tell whoever received it from you. It should say:");
    case "objection": return t("A person concerned has objected to something in what we passed on to you, and rightly. Please do not use it any further, and tell whoever received it from you. It is about:");
    case "deletion": return t("Something in what we passed on to you is to be deleted. Please delete it, unless a law of your own forbids that, and tell whoever received it from you. It is about:");
  }
}

/** Asks what goes to another office, and to which: the member's own words, or a misrouted report as it is. */
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { hold, make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import { readCompetence } from "../../seal/competence.js";
import { unb64 } from "../../seal/primitives.js";
import type { Manner } from "../../seal/referral.js";
import type { PeerFacts } from "../../workers/peers.js";
import type { ReferralWish } from "../../workers/referrals.js";
import type { Story } from "../arrivals/types.js";
import { concernWord } from "../cases/words.js";
import { choice } from "../cases/triage.js";
import type { Look } from "../files/looking.js";
import { cancel, field, form, submit } from "../fields.js";
import { inLanguage } from "../page.js";
import { PickedFiles } from "./picking.js";
import type { PeerRow } from "./types.js";

const TEXT_MAX = 16_000;

/** How it may go there, and the words to begin with. */
export interface Ways {
  /** The first is proposed; one alone is not asked. */
  readonly manners: readonly Manner[];
  readonly text: string;
}

/**
 * Asks; null where it is left.
 *
 * @param look - opens a file to be looked at; resolves when it is closed
 * @param prove - fetches and proves an office: nothing is offered that is not proven
 * @param told - what to say of an error
 */
export function askReferral(
  story: Story, peers: readonly PeerRow[], prove: (F: string) => Promise<PeerFacts>, told: (error: unknown) => string,
  look: Look, { manners, text: begun }: Ways,
): Promise<ReferralWish | null> {
  const [first = "masked"] = manners;
  return openDialog<ReferralWish>(first === "own" ? t("Report to another office") : t("Pass on to another office"), (close) => {
    const office = choice(t("To which office"), peers.map(({ F }) => F), (F) => nameOf(peers.find((one) => one.F === F)), peers[0]?.F ?? "");
    const about = make("div", { class: "stack tight", "aria-live": "polite" });
    let proven: PeerFacts | undefined;
    let desk: ReturnType<typeof choice<string>> | undefined;
    const ask = async (): Promise<void> => {
      const F = office.value();
      proven = undefined;
      hold(about, competence(peers.find((one) => one.F === F)), make("p", { class: "muted" }, t("Asking for its documents …")));
      try {
        const found = await prove(F);
        if (office.value() !== F) return;
        proven = found;
        const open = found.desks.filter((one) => one.open);
        desk = choice(t("To which desk there"), open.map(({ id }) => id), (id) => inLanguage(open.find((one) => one.id === id)?.names ?? {}, language()), open[0]?.id ?? "");
        hold(about, competence(peers.find((one) => one.F === F)),
          make("p", { class: "hint" }, t("Its documents are proven from the fingerprint in our charter: {office}.", { office: inLanguage(found.names, language()) })),
          open.length === 0 ? make("p", { class: "notice warning" }, t("None of its desks takes reports at the moment.")) : desk.element);
      } catch (error) {
        if (office.value() === F) hold(about, make("p", { class: "notice danger", role: "alert" }, told(error)));
      }
    };
    office.element.addEventListener("change", () => { void ask(); });
    void ask();
    const manner = choice<Manner>(t("What goes there"), manners, mannerWord, first);
    const mannerHint = make("p", { class: "hint" }, hintOf(first));
    manner.element.addEventListener("change", () => { mannerHint.textContent = hintOf(manner.value()); });
    const text = field({ label: t("Your words"), hint: t("What the other office needs, and no more. Leave out whatever could tell who reported it."), rows: 8, maxlength: TEXT_MAX, value: begun });
    const files = new PickedFiles(story, look);
    const made = form(() => {
      clearFaults(made);
      const wrong = files.fault();
      if (wrong !== null) showFaults(made, [{ field: files.id, message: wrong }]);
      else if (text.value().trim() === "") showFaults(made, [{ field: text.id, message: t("Please write what the other office needs to know.") }]);
      else if (proven === undefined || desk === undefined || desk.value() === "") showFaults(made, [{ field: text.id, message: t("No desk of a proven office is chosen yet.") }]);
      else close({ thread: story.thread, peer: proven.F, desk: desk.value(), manner: manner.value(), text: text.value(), language: language(), files: files.chosen });
    },
    office.element, about, manners.length === 1 ? null : manner.element, mannerHint, text.element, files.element,
    make("p", { class: "hint" }, t("It is sealed to that desk here in your browser and signed by you. Our server sends it until that office has acknowledged it. The words of its mailbox stay in a note of this case.")),
    make("div", { class: "actions" }, submit(first === "own" ? t("Sign and send") : t("Seal and pass on")), cancel()));
    return made;
  });
}

/** What our office calls it, else where it is. */
export function nameOf(peer: PeerRow | undefined): string {
  if (peer === undefined) return "";
  const said = saidOf(peer);
  return said === undefined ? peer.host : inLanguage(Object.fromEntries(said.names), language());
}

export function saidOf({ document }: PeerRow): ReturnType<typeof readCompetence> | undefined {
  return document === undefined ? undefined : readCompetence(unb64(document));
}

function competence(peer: PeerRow | undefined): HTMLElement | null {
  const said = peer && saidOf(peer);
  if (said === undefined) return null;
  const parts = [
    said.fields.length === 0 ? "" : t("For: {fields}.", { fields: said.fields.map(concernWord).join("; ") }),
    said.territory === "" ? "" : t("Where: {territory}.", { territory: said.territory }),
  ].filter((one) => one !== "");
  return parts.length === 0 ? null : make("p", { class: "hint", dir: "auto" }, parts.join(" "));
}

function mannerWord(manner: Manner): string {
  switch (manner) {
    case "masked": return t("My own words alone");
    case "unmodified": return t("My words, and the report as it came");
    case "own": return t("A report in the organisation's own name");
  }
}

function hintOf(manner: Manner): string {
  if (manner === "own") {
    return t("You sign these words and the files that you choose for the organisation, for that desk alone. The other office sees which organisation reports and who signed. It reads nothing else of this case, and nothing of who brought it to you: leave out whatever could tell.");
  }
  return manner === "masked"
    ? t("The other office reads what you write and nothing else: no word of the report, nothing of the person, and no file but those that you choose below.")
    : t("For a report that was meant for them. They read every word of it, with its author's signature and our acknowledgement, and no later message. Nobody's name under seal goes there, and from then on our custodians alone keep it. Of its files those go along that you choose below.");
}

/** Proposals: what changes is shown first, then signed; below the threshold they wait for the others. */
import { busy } from "../../elements/busy.js";
import { openDialog } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { day, language, t, tn } from "../../elements/words.js";
import { unb64 } from "../../seal/primitives.js";
import type { Wishes } from "../../workers/charters.js";
import { afterSigning } from "../desks/signing.js";
import { button } from "../fields.js";
import { personName } from "../roles.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";
import { changesList } from "./changes.js";

export interface ProposalRow {
  readonly id: string;
  readonly by: string;
  readonly day: string;
  readonly root: string;
  readonly charter: string;
  readonly roster: readonly { readonly entry: string; readonly proof: string }[];
  /** Seed of the roster's empty places. */
  readonly filler: string;
  /** A new desk's first sheet, empty where no desk is new. */
  readonly sheet: string;
  readonly signed: readonly { readonly member: string; readonly day: string }[];
  readonly needed: number;
  readonly may_sign: boolean;
}

/** Compose a charter, show what it changes, sign it if the person agrees. Returns whether something was signed. */
export async function propose(bench: Workbench, wishes: Wishes): Promise<boolean> {
  const { worker, session, facts } = bench;
  const changes = await worker.ask("compose-charter", {
    wishes, roots: session.roots, today: facts.today, language: language(),
  });
  const agreed = await confirmChanges(t("What changes"), [
    changesList(changes, facts),
    facts.root.threshold > 1 && make("p", { class: "notice plain" }, t("It comes into force when another administrator has signed it too.")),
  ]);
  if (!agreed) return false;
  const wire = await worker.ask("sign-composed", { counter: await session.counter() });
  await bench.api.post("proposals", { ...wire });
  await afterSigning(bench);
  return true;
}

async function confirmChanges(title: string, body: Parameters<typeof make>[2][]): Promise<boolean> {
  const answer = await openDialog<boolean>(title, (close) => [
    make("div", { class: "stack" }, ...body),
    make("div", { class: "actions" },
      button(t("Sign"), () => { close(true); }), button(t("Do not sign"), () => { close(false); }, "button secondary")),
  ]);
  return answer === true;
}

/** Answers to invitations; who is only invited is shown their own. */
async function answers({ api, session }: Workbench, administrator: boolean): Promise<Uint8Array[]> {
  if (!administrator) {
    const { joining } = await session.me();
    return joining === null ? [] : [unb64(joining.doc)];
  }
  const { invitations } = await api.get<{ invitations: readonly { joining?: { doc: string } }[] }>("invitations");
  return invitations.flatMap(({ joining }) => joining === undefined ? [] : [unb64(joining.doc)]);
}

/** One open proposal with what it changes; `changed` is called after it was signed or withdrawn. */
export async function proposalCard(bench: Workbench, row: ProposalRow, administrator: boolean, changed: () => void): Promise<HTMLElement> {
  const { worker, session, facts, api } = bench;
  const signedAlready = row.signed.some((one) => one.member === facts.me.id);
  const card = make("section", { class: "card", "aria-label": t("Proposal") });
  const review = {
    root: row.root === "" ? null : unb64(row.root), charter: unb64(row.charter),
    roster: row.roster.map(({ entry, proof }) => ({ entry: unb64(entry), proof: unb64(proof) })), filler: unb64(row.filler),
    sheet: row.sheet === "" ? null : unb64(row.sheet), joinings: await answers(bench, administrator), language: language(),
  };
  let changes: HTMLElement;
  let sound = true;
  try {
    changes = changesList(await worker.ask("review-proposal", review), facts);
  } catch (error) {
    changes = make("p", { class: "notice danger" }, sentenceOf(error));
    sound = false;
  }
  const fault = make("p", { class: "fault", role: "alert" });
  const run = (at: HTMLElement, work: () => Promise<void>): void => {
    void busy(at, async () => {
      try {
        await work();
        changed();
      } catch (error) {
        fault.textContent = sentenceOf(error);
      }
    });
  };
  const sign = button(t("Sign"), () => {
    run(sign, async () => {
      // Looked at once more: another card may have been looked at since.
      await worker.ask("review-proposal", review);
      const signed = await worker.ask("sign-reviewed", { counter: await session.counter() });
      await api.post(`proposals/${row.id}/signatures`, { ...signed });
      await afterSigning(bench);
    });
  });
  const withdraw = button(t("Withdraw"), () => {
    run(withdraw, async () => { await api.post(`proposals/${row.id}/withdrawal`); });
  }, "button secondary");
  card.append(
    make("h3", {}, t("Proposed by {name} on {day}", { name: personName(facts, row.by), day: day(row.day, "short") })), changes,
    make("p", { class: "hint" }, tn("{n} more signature is needed.", "{n} more signatures are needed.", row.needed), " ",
      row.day === facts.today ? t("All sign today: the new list counts from this day on.") : ""),
    row.day === facts.today ? "" : make("p", { class: "notice warning" }, t("All sign on the day of the proposal, and this one is of another day. Please withdraw it and propose it anew.")),
    sound && row.may_sign && !signedAlready
      ? make("p", { class: "notice plain" }, t("For everybody who joins or gets new keys: compare the eight words by telephone or face to face before you sign."))
      : "",
    fault,
    make("div", { class: "actions" }, sound && row.may_sign && !signedAlready && sign || "", administrator ? withdraw : ""));
  return card;
}

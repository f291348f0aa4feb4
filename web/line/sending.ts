/**
 * Sealing and sending one report. The sealed bytes are kept until the server has promised: sent again they are the
 * same report, so that pressing twice, or losing the answer, can never make two.
 */
import { checkPromise, readPromise, type Promised } from "../ledger/promises";
import { language } from "../elements/words";
import { RefusedError, SealError } from "../seal/errors";
import type { IdentityCard } from "../seal/bodies";
import { sealReport, type Drop } from "../seal/filing";
import { parse, type JsonObject } from "../seal/jsontext";
import { b64, same, unb64 } from "../seal/primitives";
import { fingerprintOf, linesOf, type Draft } from "./draft";
import { statementFor } from "./errand";
import { asked } from "./forms";
import type { Frame } from "./frame";
import { listFor, wordList } from "./lists";
import type { Office, OpenDesk } from "./office";
import { requirePlausible } from "./plausible";
import { holdsReceipt } from "./secrets";
import { Refused } from "./wire";
import type { Waits } from "./working";

/** Why nothing was sent, where it is no failure: the person decides. */
export type Outcome =
  | { readonly state: "promised"; readonly promise: Promised }
  /** The report holds its own receipt. */
  | { readonly state: "receipt-inside" }
  /** The desk has a new key, for the reason that its lead wrote; shown before anything is sealed to it. */
  | { readonly state: "new-sheet"; readonly reason: string }
  /** It had arrived before, in other words than these. */
  | { readonly state: "taken" };

export class Sending {
  #sealed: { readonly drop: Drop; readonly of: string } | null = null;

  /** @param waits - told what for, where the sending has to wait */
  constructor(private readonly frame: Frame, private readonly waits?: (what: Waits) => void) {}

  /** Seals, if that was not done yet, and sends. Rejects with Refused, Unreachable or what does not hold. */
  async send(): Promise<Outcome> {
    const { draft } = this.frame;
    const office = await this.frame.office();
    if (await this.#quotesReceipt(draft)) return { state: "receipt-inside" };
    const drop = await this.#seal(office, draft);
    // The drop ends the draft; a newer one behind it would outlive it.
    await this.frame.keeping.rest();
    try {
      const answer = await this.frame.working.send({
        office: office.id, what: "drop", parcel: drop.parcel, purpose: "report", subject: drop.mailbox.id, waits: this.waits,
      });
      return { state: "promised", promise: promiseOf(answer, office, drop.leaf) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === "taken") return { state: "taken" };
      if (error.code !== "epoch") throw error;
      this.#sealed = null;
      await office.renew();
      return { state: "new-sheet", reason: office.desk(draft.desk ?? "")?.sheet.reason ?? "" };
    }
  }

  async #seal(office: Office, draft: Draft): Promise<Drop> {
    const desk = office.desk(draft.desk ?? "");
    if (desk === undefined || draft.receipt === undefined || !isFitting(draft, office)) {
      throw new RefusedError("desk-chosen", "Who shall read it has to be chosen once more.");
    }
    if (draft.naming === "locked" && office.manifest.charter.custody === undefined) {
      throw new RefusedError("custody-gone", "There are no custodians any more, so a name cannot be locked away.");
    }
    const sheet = office.manifest.sheets.get(desk.id);
    if (sheet === undefined) throw new RangeError("a desk without a sheet");
    const answers = await answersFor(office, desk, draft);
    const files = this.frame.attaching.there?.whole ?? [];
    const of = [b64(sheet.hash), fingerprintOf(draft), ...files.map(({ blob }) => b64(blob))].join(" ");
    if (this.#sealed?.of === of) return this.#sealed.drop;
    const { ticket } = this.frame.first;
    const drop = await sealReport({
      charter: office.manifest.charter, sheet, receipt: draft.receipt, answers, language: language(), files,
      contact: draft.contact.trim() === "" ? undefined : draft.contact.trim(),
      ...namesOf(draft),
      mustNotSee: linesOf(draft.mustNotSee), continues: draft.continues.trim() === "" ? undefined : draft.continues.trim(), answerable: draft.kept !== "declined", statement: statementFor(draft, office),
      ticket: ticket === null || sheet.open ? undefined : unb64(ticket, 32),
    });
    this.#sealed = { drop, of };
    return drop;
  }

  async #quotesReceipt(draft: Draft): Promise<boolean> {
    if (draft.receipt === undefined) return false;
    const name = listFor(language()) ?? "english";
    const list = await wordList(this.frame.first.load, name).catch(() => null);
    const text = [...draft.answers.values(), draft.contact, draft.name, draft.lockedContact, draft.mustNotSee, draft.continues].join("\n");
    return holdsReceipt(text, draft.receipt, list === null ? [] : [list]);
  }
}

/** What this desk asks, and nothing else: not what another desk asked, nor what hung on a choice that was taken back. */
async function answersFor(office: Office, desk: OpenDesk, { answers }: Draft): Promise<Map<string, string>> {
  return new Map(asked(await office.form(desk), answers).flatMap(({ id }) => {
    const answer = answers.get(id);
    return answer === undefined || answer.trim() === "" ? [] : [[id, answer]];
  }));
}

/** The name where it was wanted, and nowhere else: what was typed under another choice is not sealed at all. */
function namesOf({ naming, name, lockedContact }: Draft): { card?: IdentityCard; name?: string } {
  if (naming === "locked") return { card: { name: name.trim(), contact: lockedContact.trim(), note: "" } };
  return naming === "open" && name.trim() !== "" ? { name: name.trim() } : {};
}

/** A report about somebody of the office goes to a desk that is independent of theirs, also after desks have changed. */
function isFitting({ concernsUs, concerned, desk }: Draft, office: Office): boolean {
  if (concernsUs !== true) return concernsUs === false;
  return concerned !== undefined && office.independentOf(concerned).here.some(({ id }) => id === desk);
}

/**
 * The promise in a door's answer.
 *
 * @throws RefusedError `answer-garbled` where it is no promise at all, as a network that wants people to sign in first
 *   answers; `answer-promise` unless the office signed it, for exactly what was sent; `promise-day`
 */
export function promiseOf(answer: Uint8Array, office: Office, leaf: Uint8Array): Promised {
  const promise = refusedAs("answer-garbled", () => readPromise((parse(answer) as JsonObject)["promise"] ?? null));
  refusedAs("answer-promise", () => { checkPromise(promise, office.manifest.charter.record.promise); });
  requirePlausible(promise, office);
  if (!same(promise.leaf, leaf) || !same(promise.office, office.office)) {
    throw new RefusedError("answer-promise", "The server promised something else than what was sent.");
  }
  return promise;
}

function refusedAs<T>(code: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof SealError || error instanceof TypeError ? new RefusedError(code, "The answer holds no promise for what was sent.") : error;
  }
}

/** One member's open workbench: what was proven, which keys are open, and what differs from what reporters see. */
import { dayAt } from "../elements/days.js";
import { unb64 } from "../seal/primitives.js";
import { language, t } from "../elements/words.js";
import { Unproven } from "./alarm.js";
import { Refusal, type Api } from "./api.js";
import { has, living, type Facts } from "./facts.js";
import { healthOf, seesHealth, type Health } from "./health/state.js";
import { rolesInWords } from "./roles.js";
import { keepsRoom, roomState, type RoomState } from "./room/state.js";
import { WorkerRefusal, type OfficeWorker } from "./worker.js";

interface DocumentsAnswer {
  readonly manifest: string;
  readonly earlier: readonly string[];
  readonly people: readonly {
    readonly id: string; readonly name: string; readonly joined: string; readonly way_back_tried: string;
    readonly root: string; readonly recipient: string; readonly entry: string; readonly proof: string;
  }[];
}

export interface KeysAnswer {
  readonly files: readonly {
    readonly n: number; readonly commitment: string; readonly file: string; readonly what: string; readonly sig: string;
  }[];
  readonly next: number;
  readonly newest: string;
}

export interface MeAnswer {
  readonly member: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly holds_root: boolean;
  readonly counter: number;
  readonly today: string;
  /** One's own answer to an invitation while no charter has taken it up. */
  readonly joining: { readonly doc: string } | null;
}

interface NamesOwed {
  readonly waiting: readonly unknown[];
  readonly gatherings: readonly unknown[];
}

/** What differs between what reporting persons are shown and what was proven here. */
export interface Difference {
  /** Codes; empty if nothing differs. */
  readonly codes: readonly string[];
  /** The report door did not answer, so nobody knows. */
  readonly unreachable: boolean;
}

/** An ended session is locked at once, or nearly so: why it ended is asked no longer than this. */
const ENDING_MS = 2_000;

/** An act that failed after its page was left: nobody was there to read it. */
export interface Unheard {
  readonly thread: string;
  readonly sentence: string;
  /** No answer came: it may have been done all the same. */
  readonly unsure: boolean;
}

export class Session {
  facts!: Facts;
  /** Root keys as the server tells of them, for composing; only proven ones are used. */
  roots: readonly { readonly member: string; readonly ed25519: Uint8Array }[] = [];
  difference: Difference = { codes: [], unreachable: false };
  /** The record did not answer, so nobody knows whether it continues what was seen. */
  recordUnread = false;
  /** How much room is left; null for who does not keep it, or where nobody knows. */
  room: RoomState | null = null;
  /** How the line is; null for who is no administrator, or where nobody knows. */
  health: Health | null = null;
  /** How many documents of others' cases were given to this member to read. */
  given = 0;
  /** How many requests for a name, or for shares, wait for this custodian. */
  namesWaiting = 0;
  /** Desks whose newest keys were refused, with the code of the refusal. */
  keyFaults: ReadonlyMap<string, string> = new Map();
  /** What stands on every page until somebody has read it. */
  unheard: readonly Unheard[] = [];
  /** How a newer charter is taken in: as at unlocking. The page may add what it has to draw anew. */
  renew: () => Promise<void> = () => this.load();
  private renewing: Promise<void> | undefined;
  private shown: Facts | undefined;

  /** @param reportOrigin - origin of the report door */
  constructor(readonly worker: OfficeWorker, readonly api: Api, readonly reportOrigin: string) {
    worker.before = () => this.me();
    api.explained = (refusal) => this.explained(refusal);
  }

  /**
   * Load and prove everything anew; keys are opened, pins stored, and the report door is looked at.
   *
   * Rejects with `Unproven` where the office's documents do not hold.
   */
  async load(): Promise<void> {
    const answer = await this.api.get<DocumentsAnswer>("documents");
    this.roots = answer.people.filter((one) => one.root !== "").map((one) => ({ member: one.id, ed25519: unb64(one.root) }));
    const facts = await this.worker.ask("prove", {
      manifest: unb64(answer.manifest), earlier: answer.earlier.map((file) => unb64(file)), now: Date.now(), language: language(),
      people: answer.people.map((one) => ({
        ...one, root: unb64(one.root), entry: unb64(one.entry), proof: unb64(one.proof),
      })),
    }).catch((error: unknown) => { throw doubted(error); });
    this.api.ended = () => facts.charter.notAfter < dayAt(Date.now(), facts.zone);
    this.facts = living(await this.withKeys(facts));
    const [difference, watched] = [await this.compare(), await this.worker.ask("watch", null)];
    this.recordUnread = watched.includes("record-unreachable");
    this.difference = { ...difference, codes: [...difference.codes, ...watched.filter((code) => code !== "record-unreachable")] };
    this.room = keepsRoom(this.facts) ? await roomState(this.api).catch(() => null) : null;
    this.health = seesHealth(this.facts) ? await healthOf(this.api).catch(() => null) : null;
    if (this.facts.placed) this.given = await this.api.get<{ copies: readonly unknown[] }>("given").then(({ copies }) => copies.length, () => 0);
    if (has(this.facts, "custodian")) this.namesWaiting = await this.api.get<NamesOwed>("names/owed").then(({ waiting, gatherings }) => waiting.length + gatherings.length, () => 0);
    await this.keepPins();
  }

  /** The number that the next signed act must carry. */
  async counter(): Promise<number> {
    return (await this.me()).counter;
  }

  /**
   * Who asks. Every signature comes after it: what the server says by then of a newer charter is taken in first.
   *
   * Rejects with `WorkerRefusal` `charter-left`, `charter-roles` where this member is no longer what the page was drawn
   * for, and `charter-behind` where the server names a charter that it does not show.
   */
  async me(): Promise<MeAnswer> {
    const me = await this.api.get<MeAnswer>("me");
    await this.caughtUp();
    if (this.api.charter > this.facts.charter.number) {
      throw new WorkerRefusal("charter-behind", t("The server speaks of a newer charter and does not show it. Nothing was signed; please try again, and tell an administrator if it stays so."));
    }
    this.requireAsShown();
    return me;
  }

  /** Take in a newer charter that an answer has named; nothing is asked where there is none, and once where several wait. */
  async caughtUp(): Promise<void> {
    if (this.api.charter <= this.facts.charter.number) return;
    // Known as under way before it asks for anything: what is refused meanwhile must not begin it once more.
    this.renewing ??= Promise.resolve().then(() => this.renew()).finally(() => { this.renewing = undefined; });
    await this.renewing;
  }

  /** A role that the server misses may be one that went with a newer charter, while a page that was drawn before stands. */
  private async explained(refusal: Refusal): Promise<Refusal> {
    // What taking the charter in asks for is refused as it is: it cannot wait for itself.
    if (refusal.code !== "role" || this.shown === undefined || this.renewing !== undefined) return refusal;
    try {
      await this.caughtUp();
      this.requireAsShown();
      return refusal;
    } catch (error) {
      return error instanceof WorkerRefusal ? new Refusal(refusal.status, error.code, error.sentence) : refusal;
    }
  }

  /** What is on the screen was drawn from these facts: whoever loses a role after that does not sign from it. */
  drawn(): void {
    this.shown = this.facts;
  }

  private requireAsShown(): void {
    const { shown, facts } = this;
    if (shown?.placed !== true) return;
    if (!facts.placed) {
      throw new WorkerRefusal("charter-left", t("The office has signed a new charter, and you are not in it any more. Nothing was done; what you wrote is still here."));
    }
    const gone = shown.me.roles.filter((role) => !facts.me.roles.includes(role));
    if (gone.length === 0) return;
    throw new WorkerRefusal("charter-roles", t("The office has signed a new charter by which these roles are no longer yours: {roles}. Nothing was done; what you wrote is still here. Open another page and come back to go on with what is yours.", {
      roles: rolesInWords(gone, shown),
    }));
  }

  /** Whether the report page shows a newer charter than the one proven here; false where nobody knows. */
  async replaced(): Promise<boolean> {
    const shown = await this.compare(AbortSignal.timeout(ENDING_MS));
    return shown.codes.includes("charter");
  }

  private async withKeys(facts: Facts): Promise<Facts> {
    const own = facts.placed ? facts.desks.filter((desk) => desk.people.includes(facts.me.id)) : [];
    const answers = await Promise.all(own.map((desk) => this.api.get<KeysAnswer>(`desks/${desk.id}/keys`)));
    const rows = own.map((desk, at) => [desk.id, (answers[at]?.files ?? []).map((row) => ({
      n: row.n, commitment: row.commitment, file: unb64(row.file), what: unb64(row.what), sig: unb64(row.sig),
    }))] as const);
    const opened = await this.worker.ask("load-keys", { desks: Object.fromEntries(rows) });
    this.keyFaults = new Map(opened.filter((one) => one.fault !== "").map((one) => [one.desk, one.fault]));
    const desks = facts.desks.map((desk) => ({
      ...desk, unlocked: opened.find((one) => one.desk === desk.id)?.epochs ?? [],
    }));
    await Promise.all(desks.filter((desk) => desk.unlocked.includes(desk.epoch))
      .map((desk) => this.api.post(`desks/${desk.id}/unlocked`)));
    return { ...facts, desks };
  }

  /** Look at the report door as a reporting person would: no session, no cookie, and prove what is shown. */
  private async compare(signal: AbortSignal | null = null): Promise<Difference> {
    try {
      const answer = await fetch(`${this.reportOrigin}/at/${this.facts.office}/manifest`, { credentials: "omit", cache: "no-store", signal });
      if (!answer.ok) return { codes: ["missing"], unreachable: false };
      const manifest = new Uint8Array(await answer.arrayBuffer());
      return { codes: await this.worker.ask("compare", { manifest, now: Date.now() }), unreachable: false };
    } catch (error) {
      if (error instanceof TypeError) return { codes: [], unreachable: true };
      return { codes: ["unreadable"], unreachable: false };
    }
  }

  /** Store what was proven and must not be shown older again, if anything has moved. */
  async keepPins(): Promise<void> {
    const moved = await this.worker.ask("moved-pins", null);
    if (moved === null) return;
    await this.api.put("vault", { before: moved.before, vault: moved.file });
  }
}

/** Refusals of the documents that are no sign of a hostile server; the rest are. */
const HARMLESS: ReadonlySet<string> = new Set(["locked", "charter-date", "not-your-keys"]);

function doubted(error: unknown): unknown {
  return error instanceof WorkerRefusal && !HARMLESS.has(error.code) ? new Unproven(error.code) : error;
}

interface VaultAnswer {
  readonly member: string;
  readonly vault: string;
  readonly wraps: { readonly passphrase: string; readonly paper: string };
  readonly waits: boolean;
}

export interface Proofs {
  readonly name: string;
  readonly passphrase: string;
  readonly words: string;
  readonly digits: string;
}

/** Sign in where needed, then open the vault. `again` unlocks within a session that still stands. */
export async function unlock(
  worker: OfficeWorker, api: Api, proofs: Proofs, again: boolean, progress: (part: number) => void,
): Promise<void> {
  const start = await api.post<{ salt: string; member: string }>("signin/start", { name: proofs.name });
  const salts = { salt: unb64(start.salt, 16), member: unb64(start.member, 16) };
  const values = await worker.ask("sign-in-values", { passphrase: proofs.passphrase, words: proofs.words, ...salts }, progress);
  if (!again) {
    await api.post("signin", {
      name: proofs.name, ...values, ...(proofs.digits !== "" && { digits: proofs.digits.replace(/\s/g, "") }),
    });
  }
  const { member, vault, wraps, waits } = await api.get<VaultAnswer>("vault");
  await worker.ask("unlock", {
    office: unb64(api.office, 16), member: unb64(member, 16), vault: unb64(vault),
    wraps: { passphrase: unb64(wraps.passphrase), paper: unb64(wraps.paper) }, waits,
  });
}

/** What the code of a difference means for people. */
export function differenceSentence(code: string): string {
  switch (code) {
    case "epoch": return t("Reports are sealed to a key that is not this desk's. Somebody else could read them.");
    case "sheet": return t("The report page shows another sheet of a desk than the one that your desk has signed.");
    case "charter": return t("The report page shows another charter than the one that your administrators have signed.");
    case "custody": return t("The list of custodians does not fit the list of people: names that are given could be opened by others.");
    case "tile-missing":
      return t("The public record could not be looked at.");
    case "record-rollback": case "record-fork": case "proof-consistency":
      return t("The public record is not the one that you saw before: something was taken out of it or changed.");
    case "missing": return t("The report page shows no documents of this office at all.");
    default: return t("What the report page shows could not be proven: {code}.", { code });
  }
}

/** True if the session has ended on the server. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Refusal && error.status === 401;
}

/**
 * Between the server, which has sealed files only, and the worker, which has the keys. What passes here is sealed on
 * one side; on the other side are words that this member may read.
 */

import { language } from "../../elements/words.js";
import type { FileName } from "../../seal/envelope.js";
import type { WorkLabel } from "../../seal/labels.js";
import type { Sealed } from "../../workers/arrivals.js";
import { Refusal } from "../api.js";
import type { Session } from "../session.js";
import type { Workbench } from "../views.js";
import { WorkerRefusal, type OfficeWorker } from "../worker.js";
import type { Absence, Absences } from "../cases/away.js";
import type { Aside, Ended } from "../cases/ending.js";
import type { Noted } from "../cases/worknotes.js";
import type { Triaged } from "../cases/triage.js";
import { DecidingDesk } from "../deciding/desk.js";
import { HearingDesk } from "../hearing/desk.js";
import { RelatedDesk } from "../related/desk.js";
import type { Step } from "../protecting/asking.js";
import type { ProtectionDays } from "../protecting/panel.js";
import type { WishedMailbox } from "../mailboxes/asking.js";
import { NamesDesk } from "../names/desk.js";
import { MailboxDesk, type OpenedMailbox } from "../mailboxes/desk.js";
import { Loading, type Named } from "./loading.js";
import { setAsideAtOnce, setAsideButBack } from "./settingaside.js";
import type { Draft } from "./state.js";
import { uponWhatCame } from "./upon.js";
import { Duty } from "../duty/signing.js";
import type { Arrival, Listing, ListQuery, Opened, Story } from "./types.js";

/** Reports of one act: so many names, twice, are what the record takes in one. */
const BATCH = 500;
/** Each mark is a row of its own; more at once would hold up who reports. */
const READ_BATCH = 50;

const desks = new WeakMap<OfficeWorker, Desk>();

export class Desk {
  readonly loading: Loading;
  readonly duty: Duty;
  readonly deciding: DecidingDesk;
  readonly names: NamesDesk;
  readonly mailboxes: MailboxDesk;
  readonly hearings: HearingDesk;
  readonly related: RelatedDesk;
  /** Who is away, as it was asked last. */
  absences: Absences = new Map();
  private readonly learned = new Map<string, Promise<void>>();

  private constructor(private readonly session: Session) {
    this.duty = new Duty(session);
    this.loading = new Loading(session.worker, session.api, (thread, desk) => this.sealed(thread, desk), (reports) => this.several(reports));
    this.deciding = new DecidingDesk(session, (thread, sending) => this.upon(thread, sending));
    this.names = new NamesDesk(session, (thread, sending) => this.upon(thread, sending));
    this.mailboxes = new MailboxDesk(session, this, (thread, sending) => this.upon(thread, sending));
    this.related = new RelatedDesk(session, this, (thread, sending) => this.upon(thread, sending));
    this.hearings = new HearingDesk(session, (thread, seal) => this.signed(thread, seal));
  }

  /** The one of this session of keys: what was loaded stays while views change. */
  static of({ session }: Workbench): Desk {
    const found = desks.get(session.worker) ?? new Desk(session);
    desks.set(session.worker, found);
    return found;
  }

  list(query: ListQuery): Promise<Listing> { return this.session.worker.ask("list", query); }

  /** One row as this browser has it; the server is not asked. */
  known(thread: string): Promise<Arrival | undefined> { return this.session.worker.ask("arrival", { thread }); }

  /** Opens one report to be read. */
  async open(thread: string): Promise<Opened> {
    const { worker } = this.session;
    const arrival = await this.arrival(thread);
    if (arrival === undefined) return { state: "gone" };
    if (!arrival.declared) return { state: "undeclared", arrival };
    try {
      const sealed = await this.sealed(thread, arrival.desk);
      const opened = await worker.ask("open-report", sealed);
      if (opened.state !== "open" || opened.lacks === "") return opened;
      // Written with a form that the desk has changed since.
      await this.learn(opened.lacks);
      return await worker.ask("open-report", sealed);
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) {
        await worker.ask("forget-report", { thread });
        return { state: "gone" };
      }
      if (error instanceof Refusal && error.code === "declare") return { state: "undeclared", arrival };
      throw error;
    }
  }

  /** Keeps what the code of a letter of clearance opens, once the closing stands in the mailbox with its promise. */
  async keepClearance(thread: string): Promise<void> {
    const opened = await this.open(thread);
    if (opened.state === "open") await this.hearings.keepClearance(opened.story);
  }

  /** Keeps that everything of a report was on the screen. */
  async read(thread: string): Promise<void> {
    const marks = await this.session.worker.ask("read-report", { thread });
    if (Object.keys(marks).length > 0) await this.session.api.post(`threads/${thread}/read`, { marks });
    // Not before: a list that is asked for in between would call it unread again.
    await this.session.worker.ask("was-read", { thread });
  }

  async declare(thread: string, kind: "none" | "aside"): Promise<void> {
    await this.session.api.post(`threads/${thread}/declaration`, { kind });
    const { worker } = this.session;
    if (kind === "aside") await worker.ask("forget-report", { thread });
    else await worker.ask("declared", { thread });
  }

  /** Seals, signs and sends what was written. */
  async write(thread: string, { chain, text, language: tag }: Draft, files: readonly FileName[]): Promise<void> {
    await this.send(thread, await this.session.worker.ask("write", { thread, chain, text, language: tag, files }));
  }

  /** Gives a report its labels, by a note that says so. */
  async label(thread: string, labels: readonly WorkLabel[]): Promise<void> {
    await this.signed(thread, () => this.session.worker.ask("write", { thread, chain: "i", text: "", language: language(), labels }));
  }

  /** Keeps a task, an entry of the chronology, evidence or a letter, as a note that says so. */
  async work(thread: string, { note, text, language: tag }: Noted): Promise<void> {
    await this.signed(thread, () => this.session.worker.ask("write", { thread, chain: "i", text, language: tag ?? language(), work: note }));
  }

  /** Gives a report to the people who are assigned. */
  async triage(thread: string, given: Triaged): Promise<void> {
    const { worker, api } = this.session;
    const parcel = await worker.ask("compose-triage", { thread, ...given, language: language(), counter: await this.session.counter() });
    await api.postBytes(`threads/${thread}/triage`, parcel);
  }

  /** Confirms a triage as its second person, or gives it back. */
  async answerTriage(thread: string, holds: boolean): Promise<void> {
    const { worker, api } = this.session;
    const ask = { thread, counter: await this.session.counter() };
    const act = await worker.ask(holds ? "sign-confirmation" : "sign-refusal", ask);
    await api.post(`threads/${thread}/triage/${holds ? "confirmation" : "refusal"}`, { act });
  }

  /** Lets other people read from here on. */
  async assign(thread: string, people: readonly string[]): Promise<void> {
    const { worker, api } = this.session;
    const parcel = await worker.ask("compose-rekey", { thread, people, counter: await this.session.counter() });
    await api.postBytes(`threads/${thread}/keys`, parcel);
  }

  /** Puts somebody in the place of who is away, and keeps in the case that it is so until they are back. */
  async standIn(thread: string, story: Story, { absent, who, until }: { readonly absent: string; readonly who: string; readonly until: string }): Promise<void> {
    await this.assign(thread, [...(story.case?.people ?? []).filter((id) => id !== absent), who]);
    // Under the new key, so that who comes later reads it too.
    await this.open(thread);
    await this.work(thread, { note: { kind: "stand-in", absent, who, until }, text: "" });
  }

  /** Signs what of the open case this member could read. */
  async takeOver(thread: string): Promise<void> {
    const { worker, api } = this.session;
    const { act, read, unreadable } = await worker.ask("sign-takeover", { thread, counter: await this.session.counter() });
    await api.post(`threads/${thread}/takeover`, { read, unreadable, act });
  }

  async askAbsences(): Promise<void> {
    const { away } = await this.session.api.get<{ away: readonly (Absence & { readonly member: string })[] }>("absence");
    this.absences = new Map(away.map((one) => [one.member, one]));
  }

  /** Closes a case with an outcome and grounds. */
  async end(thread: string, { slip, text, language: tag, sources }: Ended): Promise<void> {
    const { worker, api } = this.session;
    // First, so that no case ends as substantiated without it; a closing that is tried again says it once.
    if (sources.length > 0) {
      await this.work(thread, { note: { kind: "shown", sources }, text: "" });
      // Whatever is written next, also after a closing that was refused, stands after that note.
      await this.open(thread);
    }
    const parcel = await worker.ask("compose-closing", { thread, slip, text, language: tag, counter: await this.session.counter() });
    await api.postBytes(`threads/${thread}/closing`, parcel);
  }

  /** As `MailboxDesk` does it. */
  openMailbox(origin: string, desk: string, wish: WishedMailbox, again: () => Promise<boolean>): Promise<OpenedMailbox> { return this.mailboxes.open(origin, desk, wish, again); }

  /** Whether another office has received this case from us. */
  async wasReferred(thread: string): Promise<boolean> {
    if (thread === "") return false;
    const { referrals } = await this.session.api.get<{ referrals: readonly { readonly state: string }[] }>(`threads/${thread}/referrals`);
    return referrals.some(({ state }) => state === "promised");
  }

  /** The days of protection that the server knows of a case. */
  protection(thread: string): Promise<ProtectionDays> { return this.session.api.get<ProtectionDays>(`threads/${thread}/protection`); }

  /** Keeps one step of protecting somebody, with its days. */
  async protect(thread: string, { note, text, offer, language: tag }: Step): Promise<void> {
    const { worker, api } = this.session;
    await this.upon(thread, async () => {
      // The day of the reminder goes along with every step; only who assesses the situation sets it. A colleague may just have.
      const remind = note.kind === "situation" ? offer : (await this.protection(thread)).offer ?? "";
      const parcel = await worker.ask("compose-protection", { thread, note, text, language: tag ?? language(), offer: remind, counter: await this.session.counter() });
      await api.postBytes(`threads/${thread}/protection`, parcel);
    });
  }

  async reopen(thread: string): Promise<void> {
    const act = await this.session.worker.ask("sign-reopening", { thread, counter: await this.session.counter() });
    await this.session.api.post(`threads/${thread}/reopening`, { act });
  }

  /** Sets reports of one desk aside, by as many acts as it takes. */
  async setAside(desk: string, aside: Aside): Promise<void> {
    for (let at = 0; at < aside.threads.length; at += BATCH) {
      await setAsideAtOnce(this.session, desk, { ...aside, threads: aside.threads.slice(at, at + BATCH) });
    }
  }

  /**
   * Sets aside what is this member's to decide; `done` hears how far it has come. What came back for a second look from them stays: in three thousand one
   * such report must not hold up the rest.
   *
   * @returns which stay
   */
  async setAsideOwn(desk: string, aside: Aside, done: (reports: number) => void): Promise<readonly string[]> {
    const stay: string[] = [];
    for (let at = 0; at < aside.threads.length; at += BATCH) {
      stay.push(...await setAsideButBack(this.session, desk, { ...aside, threads: aside.threads.slice(at, at + BATCH) }));
      done(Math.min(at + BATCH, aside.threads.length));
    }
    return stay;
  }

  /** One declaration for many reports of a desk; those that are not this member's any more are passed over. */
  async declareMany(desk: string, threads: readonly string[]): Promise<void> {
    const { worker, api } = this.session;
    for (let at = 0; at < threads.length; at += BATCH) {
      const { declared } = await api.post<{ declared: readonly string[] }>(`desks/${desk}/declarations`, { threads: threads.slice(at, at + BATCH) });
      await worker.ask("many-moved", { threads: declared, to: "declared" });
    }
  }

  /** Keeps that every word of these reports was on the screen. */
  async readMany(desk: string, threads: readonly string[]): Promise<void> {
    const { worker, api } = this.session;
    for (let at = 0; at < threads.length; at += READ_BATCH) {
      const some = threads.slice(at, at + READ_BATCH);
      await api.post(`desks/${desk}/reading`, { threads: some });
      await worker.ask("many-moved", { threads: some, to: "read" });
    }
  }

  async takeUp(thread: string): Promise<void> {
    const act = await this.session.worker.ask("sign-taking-up", { thread, counter: await this.session.counter() });
    await this.session.api.post(`threads/${thread}/taking-up`, { act });
  }

  private signed(thread: string, sign: () => Promise<Uint8Array>): Promise<void> { return this.upon(thread, async () => { await this.send(thread, await sign()); }); }

  private upon(thread: string, sending: () => Promise<void>): Promise<void> {
    return uponWhatCame(() => this.open(thread), sending);
  }

  private async send(thread: string, parcel: Uint8Array): Promise<void> {
    await this.session.api.postBytes(`threads/${thread}/posts`, parcel);
  }

  /** A report that is not in the part of the list that was read yet is asked for by itself. */
  private async arrival(thread: string): Promise<Arrival | undefined> {
    const { worker } = this.session;
    const known = await worker.ask("arrival", { thread });
    if (known !== undefined) return known;
    await this.loading.one(thread);
    return worker.ask("arrival", { thread });
  }

  /** Several reports in one answer; those that lack must be asked for one by one. */
  private async several(reports: readonly Named[]): Promise<Sealed> {
    const wanted = new Set(reports.map(({ desk }) => this.session.facts.desks.find((one) => one.id === desk)?.form).filter((form) => form !== undefined));
    const query = reports.map(({ thread }) => `thread=${thread}`).join("&");
    const [parcel] = await Promise.all([this.session.api.bytes(`threads?${query}`), ...[...wanted].map((form) => this.once(form, () => this.form(form)))]);
    await this.newest();
    const { me } = this.session.facts;
    return { parcel, language: language(), names: [me.name, me.alias] };
  }

  private async sealed(thread: string, desk: string): Promise<Sealed> {
    const form = this.session.facts.desks.find((one) => one.id === desk)?.form;
    const [parcel] = await Promise.all([
      this.session.api.bytes(`threads/${thread}`), form === undefined ? null : this.once(form, () => this.form(form)),
    ]);
    await this.newest();
    const { me } = this.session.facts;
    return { parcel, language: language(), names: [me.name, me.alias] };
  }

  /** What a colleague has written under a newer charter is proven by that one only: where it cannot be had, it stays red. */
  private async newest(): Promise<void> {
    await this.session.caughtUp().catch(() => undefined);
  }

  /** Learns the form that a sheet names, once. */
  learn(sheet: string): Promise<void> {
    return this.once(sheet, () => this.sheet(sheet));
  }

  /** What cannot be had is no fault of the report: its answers then stand under the questions' ids. */
  private once(hash: string, learn: () => Promise<void>): Promise<void> {
    const learning = this.learned.get(hash) ?? learn().catch((error: unknown) => {
      this.learned.delete(hash);
      if (!(error instanceof Refusal || error instanceof WorkerRefusal)) throw error;
    });
    this.learned.set(hash, learning);
    return learning;
  }

  private async sheet(hash: string): Promise<void> {
    const form = await this.session.worker.ask("learn-sheet", { sheet: await this.session.api.bytes(`forms/${hash}`) });
    await this.once(form, () => this.form(form));
  }

  private async form(hash: string): Promise<void> {
    await this.session.worker.ask("learn-form", { form: await this.session.api.bytes(`forms/${hash}`) });
  }
}

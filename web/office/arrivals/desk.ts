/**
 * Between the server, which has sealed files only, and the worker, which has the keys. What passes here is sealed on
 * one side; on the other side are words that this member may read.
 */

import { language } from "../../elements/words.js";
import type { Workbench } from "../views.js";
import { WorkerRefusal } from "../worker.js";
import { Refusal } from "../api.js";
import type { Sealed } from "../../workers/arrivals.js";
import type { Draft } from "./state.js";
import type { Arrival, Hit, Listing, Opened } from "./types.js";

const NO_FORM = new Uint8Array(0);

export class Desk {
  private readonly forms = new Map<string, Promise<Uint8Array>>();
  private listing: Listing = { arrivals: [], toOpen: 0 };

  constructor(private readonly bench: Workbench) {}

  /** Asks what has arrived. */
  async load(): Promise<Listing> {
    const answer = await this.bench.api.get<Record<string, unknown>>("arrivals");
    return this.keep(await this.bench.worker.ask("arrivals", { answer: JSON.stringify(answer) }));
  }

  /** Opens one more report in the worker; undefined where none is left to open. */
  async openNext(): Promise<Listing | undefined> {
    const next = this.listing.arrivals.find((one) => one.declared && one.state === "sealed");
    if (next === undefined) return undefined;
    return this.keep(await this.bench.worker.ask("index-report", await this.sealed(next)));
  }

  /** Opens one report to be read. */
  async open(thread: string): Promise<Opened> {
    const arrival = this.arrival(thread);
    if (arrival === undefined) return { state: "gone" };
    if (!arrival.declared) return { state: "undeclared", arrival };
    try {
      return await this.bench.worker.ask("open-report", await this.sealed(arrival));
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) return { state: "gone" };
      if (error instanceof Refusal && error.code === "declare") return { state: "undeclared", arrival };
      throw error;
    }
  }

  /** Keeps that everything of a report was on the screen. */
  async read(thread: string): Promise<Listing> {
    const { marks, listing } = await this.bench.worker.ask("read-report", { thread });
    if (Object.keys(marks).length > 0) await this.bench.api.post(`threads/${thread}/read`, { marks });
    return this.keep(listing);
  }

  async declare(thread: string, kind: "none" | "aside"): Promise<Listing> {
    await this.bench.api.post(`threads/${thread}/declaration`, { kind });
    return this.load();
  }

  /** Seals, signs and sends what was written. */
  async write(thread: string, { chain, text, language: tag }: Draft): Promise<void> {
    const parcel = await this.bench.worker.ask("write", { thread, chain, text, language: tag });
    await this.bench.api.postBytes(`threads/${thread}/posts`, parcel);
  }

  search(words: string): Promise<readonly Hit[]> {
    return this.bench.worker.ask("search-reports", { words });
  }

  private keep(listing: Listing): Listing {
    this.listing = listing;
    return listing;
  }

  private arrival(thread: string): Arrival | undefined {
    return this.listing.arrivals.find((one) => one.thread === thread);
  }

  private async sealed(arrival: Arrival): Promise<Sealed> {
    const [parcel, form] = await Promise.all([
      this.bench.api.bytes(`threads/${arrival.thread}`), this.form(arrival.desk),
    ]);
    const { me } = this.bench.facts;
    return { parcel, form, language: language(), names: [me.name, me.alias] };
  }

  /** The desk's form, for the labels of its questions; without it the answers stand under the questions' ids. */
  private form(desk: string): Promise<Uint8Array> {
    const hash = this.bench.facts.desks.find((one) => one.id === desk)?.form;
    if (hash === undefined) return Promise.resolve(NO_FORM);
    const asked = this.forms.get(hash) ?? this.bench.api.bytes(`forms/${hash}`).catch(() => NO_FORM);
    this.forms.set(hash, asked);
    return asked;
  }
}

/** The sentence of a refusal, by the server or by the worker. */
export function sentence(error: unknown): string {
  if (error instanceof Refusal || error instanceof WorkerRefusal) return error.sentence;
  throw error;
}

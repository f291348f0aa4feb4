/** How the line is, as the server says: for administrators. */
import { t } from "../../elements/words.js";
import type { Api } from "../api.js";
import { has, type Facts } from "../facts.js";

export interface Way {
  readonly configured: boolean;
  readonly wanted: number;
  readonly waiting: number;
  /** Instants in ISO, to the minute. */
  readonly oldest: string | null;
  readonly success: string | null;
  readonly failure: string | null;
  /** What the latest failure means, in the language of the page; empty if a success followed. */
  readonly why: string;
  readonly state: "off" | "new" | "good" | "slow" | "given-up" | "stopped";
}

export interface JobRun {
  readonly name: string;
  readonly done: string | null;
  readonly tried: string | null;
  readonly fault: string;
  readonly late: boolean;
}

export interface Health {
  readonly now: string;
  readonly ways: { readonly mail: Way; readonly webhook: Way };
  readonly jobs: readonly JobRun[];
  readonly disk: { readonly used: number; readonly free: number; readonly roomy: boolean };
}

export function seesHealth(facts: Facts): boolean {
  return has(facts, "administrator");
}

export function healthOf(api: Api): Promise<Health> {
  return api.get<Health>("health");
}

export function isBad(way: Way): boolean {
  return way.state === "slow" || way.state === "given-up" || way.state === "stopped";
}

/** What must be mended, in one sentence; the empty text if nothing must. */
export function healthSentence({ ways, jobs }: Health): string {
  if (isBad(ways.mail) || isBad(ways.webhook)) return t("Daily messages do not get through.");
  if (jobs.some((job) => job.late)) return t("The nightly work of this line is late or failed.");
  return "";
}

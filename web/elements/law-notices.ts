/**
 * What laws have people told (docs/profiles.md): rows that somebody has read in the law, or that are an office's own. They
 * come with the page, whose bytes are known by their hash; which law a desk works under says its proven profile.
 */
import rows from "./notices.gen.json" with { type: "json" };

export type Whom = "reporter" | "concerned";
export type When = "received" | "informed" | "closed";

export interface LawNotice {
  /** By language tag; English is always among them. */
  readonly text: ReadonlyMap<string, string>;
  /** Article; empty: no law says it, the office does. */
  readonly source: string;
}

interface Row {
  readonly whom: string;
  readonly when: string;
  readonly text: Readonly<Record<string, string>>;
  readonly source: string;
  /** First and last day on which it holds, where the law names one. */
  readonly from?: string;
  readonly until?: string;
}

/** What this law has them told at these moments, as it holds on a day, which is the office's own. */
export function lawNotices(law: string, whom: Whom, when: readonly When[], today: string): LawNotice[] {
  const all: Readonly<Record<string, readonly Row[]>> = rows;
  return (all[law] ?? []).filter((row) => row.whom === whom && when.some((one) => one === row.when)
    && (row.from ?? "") <= today && today <= (row.until ?? "9999"))
    .map(({ text, source }) => ({ text: new Map(Object.entries(text)), source }));
}

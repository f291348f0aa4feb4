import { MalformedError } from "./errors.js";

/**
 * Labels of work on a report, in the order of their bits: a closed list, so that none can ever be about a person. A
 * note with another label is refused by every reader, and no setting, profile or role can add one.
 */
export const LABELS = ["answer", "waiting", "translation", "second", "event", "elsewhere", "urgent"] as const;
export type WorkLabel = (typeof LABELS)[number];

/** @throws MalformedError `json-type` for a label that is not in the list */
export function asLabel(text: string): WorkLabel {
  const found = LABELS.find((one) => one === text);
  if (found === undefined) throw unknownLabel();
  return found;
}

/** The labels as one number. */
export function toBits(labels: Iterable<WorkLabel>): number {
  let bits = 0;
  for (const label of labels) bits |= 1 << LABELS.indexOf(label);
  return bits;
}

/**
 * The labels of a number, in the order of the list.
 *
 * @throws MalformedError `json-type` for a bit that no label has
 */
export function fromBits(bits: number): WorkLabel[] {
  if (bits >> LABELS.length !== 0) throw unknownLabel();
  return LABELS.filter((_label, place) => ((bits >> place) & 1) === 1);
}

function unknownLabel(): MalformedError {
  return new MalformedError("json-type", "There is no such label.");
}

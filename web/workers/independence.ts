/**
 * Which desks are independent of each other. Who reports about somebody at one desk is led to another on this word
 * alone, so it is given only where no person could read at both.
 */
import type { Desk } from "../seal/charter.js";
import { RefusedError } from "../seal/errors.js";
import { b64, same } from "../seal/primitives.js";
import { hasRole, type Entry } from "../seal/roster.js";

/** Of which other desks a desk shall be independent, and they of it; ids are base64url. */
export interface IndependenceWish {
  readonly desk: string;
  readonly of: readonly string[];
}

/** One thing that a charter newly says, or no longer says: `desk` is independent of `other`. */
export interface Claim {
  readonly desk: Desk;
  readonly other: Desk;
  readonly claimed: boolean;
}

/** The desks with what is wished for: always both ways, because people whom two desks share stand at both. */
export function withIndependence(desks: readonly Desk[], wish: IndependenceWish | undefined): Desk[] {
  const subject = desks.find((desk) => b64(desk.id) === wish?.desk);
  if (wish === undefined || subject === undefined) return [...desks];
  const others = desks.filter((desk) => desk.sheet !== undefined && desk !== subject);
  const wanted = others.filter((desk) => wish.of.includes(b64(desk.id)));
  const without = (claims: readonly Uint8Array[], gone: readonly Desk[]): Uint8Array[] =>
    claims.filter((claim) => !gone.some((desk) => same(desk.id, claim)));
  return desks.map((desk) => {
    if (desk === subject) return { ...desk, independentOf: [...without(desk.independentOf, others), ...wanted.map(({ id }) => id)] };
    if (!others.includes(desk)) return desk;
    const claims = without(desk.independentOf, [subject]);
    return { ...desk, independentOf: wanted.includes(desk) ? [...claims, subject.id] : claims };
  });
}

/**
 * Refuse to call desks independent that one person works at, in either direction.
 *
 * @throws RefusedError `desk-shared`
 */
export function requireApart(desks: readonly Desk[], entries: readonly Entry[]): void {
  for (const desk of desks) {
    for (const other of desks.filter((one) => desk.independentOf.some((id) => same(id, one.id)))) {
      if (same(desk.id, other.id) || entries.some((entry) => worksAt(entry, desk) && worksAt(entry, other))) {
        throw new RefusedError("desk-shared", "Two desks that one person works at cannot be called independent of each other.");
      }
    }
  }
}

/**
 * What `next` says of independence that `now` does not, and the other way round. Only what is said of two desks of
 * this office can be shown, and so be changed.
 *
 * @throws RefusedError `proposal-unshown` where something else changes
 */
export function claimsChanged(next: readonly Desk[], now: readonly Desk[]): Claim[] {
  const found: Claim[] = [];
  for (const desk of next) {
    const before = now.find((one) => same(one.id, desk.id))?.independentOf ?? [];
    const change = (ids: readonly Uint8Array[], others: readonly Uint8Array[], claimed: boolean): void => {
      for (const id of ids.filter((one) => !others.some((other) => same(one, other)))) {
        const other = next.find((one) => same(one.id, id)) ?? (claimed ? undefined : now.find((one) => same(one.id, id)));
        if (desk.sheet === undefined || other?.sheet === undefined || same(other.id, desk.id)) {
          throw new RefusedError("proposal-unshown", "This proposal changes something that this page cannot show.");
        }
        found.push({ desk, other, claimed });
      }
    };
    change(desk.independentOf, before, true);
    change(before, desk.independentOf, false);
  }
  return found;
}

function worksAt(entry: Entry, desk: Desk): boolean {
  return hasRole(entry, "handler", desk.id) || hasRole(entry, "lead", desk.id);
}

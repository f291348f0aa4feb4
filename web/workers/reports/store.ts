/** What one unlocked member's worker holds of lists and indexes. It ends with the worker. */

import { b64, unb64 } from "../../seal/primitives.js";
import { hasRole } from "../../seal/roster.js";
import { keyring } from "../keyring.js";
import { Rows } from "./list.js";
import { Lister } from "./listing.js";
import { Shelf } from "./shelf.js";

export const rows = new Rows();
/** Indexes by their owner's id: the member's own, and those of their desks. */
export const shelves = new Map<string, Shelf>();
let lister: Lister | undefined;

/** The index of an owner, if this member may read it: their own, or one of their desks'. */
export function shelfOf(owner: string): Shelf | undefined {
  const found = shelves.get(owner);
  if (found !== undefined) return found;
  const { member, place: { entry } } = keyring();
  const id = unb64(owner, 16);
  const mine = owner === b64(member);
  if (!mine && !hasRole(entry, "handler", id) && !hasRole(entry, "lead", id)) return undefined;
  const shelf = new Shelf(id, mine ? "member" : "desk");
  shelves.set(owner, shelf);
  return shelf;
}

/** The member's own index. */
export function own(): Shelf {
  const { member } = keyring();
  const found = shelves.get(b64(member)) ?? new Shelf(member, "member");
  shelves.set(b64(member), found);
  return found;
}

export function listing(): Lister {
  lister ??= new Lister({ rows, own: own(), desks: shelves });
  return lister;
}

/** The list is put together anew when it is asked for next. */
export function changed(): void {
  lister?.changed();
}

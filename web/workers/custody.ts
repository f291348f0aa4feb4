/** Who keeps names under seal, and how many of them must agree. */
import type { Custody } from "../seal/charter.js";
import { RefusedError } from "../seal/errors.js";
import { MOST } from "../seal/shares.js";

interface Candidate {
  readonly recipient: string;
  readonly roles: readonly string[];
}

/** How many of the custodians an administrator wishes to have to agree. */
export interface CustodyWish {
  readonly k: number;
}

/**
 * The custody list of the next charter: everybody who has the role, in the order of the list before, so that a
 * charter that changes something else changes nothing here. Two at least, so that no one holds a name alone.
 *
 * @param wish - left out: as many as before, or more than half where that is not possible any more
 * @throws RefusedError `custodian-handles`, `custody-size`, `custody-many`
 */
export function custodyOf(people: readonly Candidate[], before: Custody | undefined, wish?: CustodyWish): Custody | undefined {
  const custodians = people.filter((one) => one.roles.includes("custodian"));
  if (custodians.some((one) => one.roles.some((role) => role.startsWith("handler@") || role.startsWith("lead@")))) {
    throw new RefusedError("custodian-handles", "A custodian of names cannot also handle reports or lead a desk.");
  }
  const n = custodians.length;
  if (n > MOST) throw new RefusedError("custody-many", "There can be nine custodians of names at most.");
  if (n < 2) {
    if (wish !== undefined) throw wrongSize();
    return undefined;
  }
  if (wish !== undefined && (wish.k < 2 || wish.k > n)) throw wrongSize();
  const kept = before !== undefined && before.k <= n ? before.k : Math.floor(n / 2) + 1;
  const place = ({ recipient }: Candidate): number => {
    const at = before?.custodians.indexOf(recipient) ?? -1;
    return at < 0 ? MOST : at;
  };
  return {
    k: wish?.k ?? Math.max(2, kept),
    custodians: [...custodians].sort((a, b) => place(a) - place(b)).map(({ recipient }) => recipient),
  };
}

function wrongSize(): RefusedError {
  return new RefusedError("custody-size", "Two custodians at least must agree, and not more than there are.");
}

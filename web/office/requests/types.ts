import type { AccessRequest } from "../../seal/access.js";

/** A request for access as the page shows it. */
export interface RequestShown {
  readonly id: string;
  /** Who recorded it. */
  readonly member: string;
  readonly recorded: string;
  readonly due: string;
  /** The day on which everybody had searched; empty while somebody has not. */
  readonly closed: string;
  readonly over: boolean;
  readonly approvals: readonly string[];
  /** Two others have signed for it, as this browser has proven. */
  readonly approved: boolean;
  /** This member holds cases and has not searched them. */
  readonly mine: boolean;
  readonly waiting: readonly string[];
  /** Approved, and nobody who holds a case has still to search: it ends by what two sign. */
  readonly stranded: boolean;
  /** How many have searched. */
  readonly searched: number;
  /** It was ended so. */
  readonly unsearched: boolean;
  /** Who told the person, and the act by which they said so. */
  readonly ending: { readonly member: string; readonly what: string } | null;
  /** Null where it does not open here, or is over. */
  readonly asked: AccessRequest | null;
  readonly sealed: boolean;
}

/** What was found in each searched case; `where` is empty where nothing was. */
export type Found = readonly {
  readonly thread: string;
  readonly where: readonly { readonly chain: string; readonly n: number; readonly day: string }[];
  /** Places that do not open or prove here. */
  readonly unreadable: number;
}[];

/** What a person has written so far. It lives in this page's memory and nowhere else; a reload forgets it. */

export type Naming = "none" | "locked" | "open";

/** How the receipt was kept. Declined: no answer can ever be read. */
export type Kept = "words" | "digits" | "declined";

export interface Draft {
  /** By the form's question; `what` is the first. Empty ones are left out when sealing. */
  readonly answers: Map<string, string>;
  /** How the desk may reach the person, by their own wish, as `seal/contact` writes it; who reads the report sees it. */
  contact: string;
  /** Who shall be able to read the name: nobody, custodians and handlers only together, or whoever reads the report. */
  naming: Naming;
  name: string;
  /** How to reach them, locked away with the name. */
  lockedContact: string;
  /** Whether it concerns somebody who works for the office; undefined: not answered yet. */
  concernsUs: boolean | undefined;
  /** The desk whose people it concerns, base64url. */
  concerned: string | undefined;
  /** Names of people who must not read it. */
  mustNotSee: string;
  /** The desk that it goes to, base64url. */
  desk: string | undefined;
  /** Sixteen random bytes, made when somebody goes on from the first page. */
  receipt: Uint8Array | undefined;
  kept: Kept | undefined;
}

export function emptyDraft(): Draft {
  return {
    answers: new Map(), contact: "", naming: "none", name: "", lockedContact: "", concernsUs: undefined, concerned: undefined, mustNotSee: "",
    desk: undefined, receipt: undefined, kept: undefined,
  };
}

/** Non-empty lines, without the spaces around them. */
export function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

/** What a change of any word makes another report: the sealed bytes of an older one must not be sent for it. */
export function fingerprintOf(draft: Draft): string {
  const { answers, contact, naming, name, lockedContact, mustNotSee, desk, kept } = draft;
  return JSON.stringify([[...answers], contact, naming, name, lockedContact, linesOf(mustNotSee), desk, kept === "declined"]);
}

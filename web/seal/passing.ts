/** A share of a name's key that goes from one custodian to another (docs/formats.md §27): the one that was dealt. */
import { proveMember, type Where } from "./author.js";
import { BODY_LIMIT, type Share } from "./bodies.js";
import type { Charter } from "./charter.js";
import { RefusedError } from "./errors.js";
import { asHash, whole } from "./fields.js";
import { parse, write } from "./jsontext.js";
import { asDealt, outsideTheChains } from "./opening.js";
import { b64, same } from "./primitives.js";
import type { Proven } from "./proven.js";
import type { Entry } from "./roster.js";
import { MOST, SHARE } from "./shares.js";

/** A share, and the place on chain r of the report or message that gave the name. */
export interface Passed extends Share {
  readonly message: number;
}

export function readPassed(bytes: Uint8Array): Passed {
  return whole(parse(bytes, BODY_LIMIT), (fields) => ({
    message: fields.integer("message"), index: fields.integer("index", 0, MOST - 1), share: fields.bytes("share", SHARE), hashes: fields.list("hashes", asHash),
  }));
}

export function writePassed({ message, index, share, hashes }: Passed): Uint8Array {
  return write({ message, index, share: b64(share), hashes: hashes.map(b64) });
}

/**
 * A share that a custodian passed on, and who did, out of its unsealed file.
 *
 * @param own - H of the recipient of who reads it
 * @throws RefusedError `envelope-audience` if it was sealed for others than who reads it, `share-hash`;
 * `envelope-place`, `envelope-author`, `envelope-signature`, `roster-proof`
 */
export function passedInside(
  content: Uint8Array, where: Where, message: number, charterOf: (number: number) => Proven<Charter> | undefined, own: Uint8Array,
): { readonly share: Share; readonly by: Proven<Entry> } {
  const envelope = outsideTheChains(content, "passed", where);
  const by = proveMember(envelope, charterOf, ({ roles }) => roles.includes("custodian"));
  const [to, ...others] = envelope.header.to;
  if (to === undefined || others.length > 0 || !same(to, own)) {
    throw new RefusedError("envelope-audience", "A share of a name was sealed for others than its reader.");
  }
  const { message: of, ...share } = readPassed(envelope.body);
  if (of !== message) throw new RefusedError("envelope-place", "This was written for another place than where it was found.");
  return { share: asDealt(share), by };
}

import { unseal } from "./age.js";
import { checkPlace, proveMember, proveReporter, type Where } from "./author.js";
import { BODY_LIMIT, readIdentityCard, readShare, type Dealt, type IdentityCard, type Share } from "./bodies.js";
import type { Charter } from "./charter.js";
import { readEnvelope, type Envelope, type Kind } from "./envelope.js";
import { MalformedError, RefusedError } from "./errors.js";
import { asHash, asText, whole, wrongType } from "./fields.js";
import { cardIdentity } from "./filing.js";
import { parse, write } from "./jsontext.js";
import { b64, H, same } from "./primitives.js";
import type { Proven } from "./proven.js";
import { checkRecipient, recipientHash, type Identity, type Recipient } from "./recipients.js";
import type { Entry } from "./roster.js";
import { combine, MOST, SHARE } from "./shares.js";

/** The reporting person agreed; a law obliges, in an authority's investigation; or in proceedings before a court. */
export const GROUNDS = ["consent", "authority", "court"] as const;
export type Ground = (typeof GROUNDS)[number];
export const REASONS_MOST = 4000;

/** Why a name is to be opened. */
export interface NameRequest {
  /** Place on chain r of the report or message that gave the name. */
  readonly message: number;
  readonly ground: Ground;
  /** In the asker's words, for the custodians and for the record of the case. */
  readonly reasons: string;
  readonly language: string;
  /** The asker's: a release is sealed to it alone. */
  readonly reply: Recipient;
  /** `c` of the notice that told the reporting person before, or else why they were not told. */
  readonly notice?: Uint8Array | undefined;
  readonly withheld?: string | undefined;
}

/** One custodian's share, for one request. */
export interface Release {
  /** `c` of the request. */
  readonly request: Uint8Array;
  readonly index: number;
  readonly share: Uint8Array;
}

/** A request whose author may ask, and to whom a release would go. */
export interface ProvenRequest {
  readonly c: Uint8Array;
  readonly asker: Proven<Entry>;
  readonly request: NameRequest;
}

/** Where a name was given. */
export interface GivenName {
  readonly where: Where;
  readonly message: number;
  readonly dealt: Dealt;
  /** The reporting person's key. */
  readonly sign: Uint8Array;
}

type CharterOf = (number: number) => Proven<Charter> | undefined;

function isReason(text: string): boolean {
  const { length } = Array.from(text);
  return length > 0 && length <= REASONS_MOST && !text.startsWith(" ") && !text.endsWith(" ");
}

/**
 * @throws MalformedError as fields do; `json-type` for no or too long reasons, and unless exactly one of notice and
 * withheld is there: who agreed is told
 */
export function readRequest(bytes: Uint8Array): NameRequest {
  const found = whole(parse(bytes, BODY_LIMIT), (fields) => ({
    message: fields.integer("message"), ground: fields.one("ground", GROUNDS), reasons: fields.text("reasons"), language: fields.text("language"),
    reply: checkRecipient(fields.text("reply")), notice: fields.optional("notice", asHash), withheld: fields.optional("withheld", asText),
  }));
  const silent = found.notice === undefined;
  if (silent !== (found.withheld !== undefined) || silent && found.ground === "consent") throw wrongType();
  if (!isReason(found.reasons) || found.withheld !== undefined && !isReason(found.withheld)) throw wrongType();
  return found;
}

export function writeRequest({ message, ground, reasons, language, reply, notice, withheld }: NameRequest): Uint8Array {
  return write({
    message, ground, reasons, language, reply,
    ...notice && { notice: b64(notice) }, ...withheld !== undefined && { withheld },
  });
}

export function readRelease(bytes: Uint8Array): Release {
  return whole(parse(bytes, BODY_LIMIT), (fields) => ({
    request: fields.hash("request"), index: fields.integer("index", 0, MOST - 1), share: fields.bytes("share", SHARE),
  }));
}

export function writeRelease({ request, index, share }: Release): Uint8Array {
  return write({ request: b64(request), index, share: b64(share) });
}

/**
 * Whether a custodian may think of answering. That the asker is assigned to the case the acts say, not this.
 *
 * @param own - member id of who reads it: nobody hands over to themselves
 * @throws RefusedError `request-reply` if a release would go to another than its author, `same-person`;
 * `envelope-place`, `envelope-author`, `envelope-signature`, `roster-proof`
 */
export function proveRequest(content: Uint8Array, where: Where, charterOf: CharterOf, own: Uint8Array): ProvenRequest {
  const envelope = outsideTheChains(content, "request", where);
  const asker = proveMember(envelope, charterOf, ({ roles }) => roles.some((role) => /^(?:handler|lead)@/.test(role)));
  if (same(asker.id, own)) throw samePerson();
  const request = readRequest(envelope.body);
  if (!same(recipientHash(request.reply), asker.recipient)) {
    throw new RefusedError("request-reply", "The shares would go to somebody else than who asks.");
  }
  return { c: envelope.c, asker, request };
}

/**
 * A custodian's share of the name that is asked for, out of its unsealed file. Its author is not checked: only who has
 * read the report knows the key, and checks the share against it.
 *
 * @throws RefusedError `envelope-place` if it belongs to another report or message, `share-hash`
 */
export function shareInside(content: Uint8Array, where: Where, message: number): Share {
  const envelope = outsideTheChains(content, "share", where);
  checkMessage(envelope, message);
  return asDealt(readShare(envelope.body));
}

/** The same share, held against the hashes that it carries. Throws RefusedError `share-hash` for another one. */
export function asDealt(share: Share): Share {
  const expected = share.hashes[share.index];
  if (expected === undefined || !same(H(share.share), expected)) {
    throw new RefusedError("share-hash", "This share is not the one that was dealt.");
  }
  return share;
}

/**
 * What a custodian handed over for this request.
 *
 * @throws RefusedError `release-request` if it answers another one, `envelope-audience` if it was sealed for somebody
 * else too, `same-person`; `envelope-place`, `envelope-author`, `envelope-signature`, `roster-proof`
 */
export function proveRelease(content: Uint8Array, where: Where, charterOf: CharterOf, request: ProvenRequest): Release {
  const envelope = outsideTheChains(content, "release", where);
  const custodian = proveMember(envelope, charterOf, ({ roles }) => roles.includes("custodian"));
  if (same(custodian.id, request.asker.id)) throw samePerson();
  const { to } = envelope.header;
  if (to.length !== 1 || !to.every((one) => same(one, request.asker.recipient))) {
    throw new RefusedError("envelope-audience", "A share of a name was sealed for others than who asked.");
  }
  const release = readRelease(envelope.body);
  if (!same(release.request, request.c)) {
    throw new RefusedError("release-request", "This share was handed over for another request.");
  }
  return release;
}

/**
 * The key of the name, from the shares that were handed over and the half that lies in the report.
 *
 * @param releases - proven for one request, one a custodian
 * @throws RefusedError `share-hash` naming the custodian whose share is wrong
 * @throws MalformedError `share-count` for fewer than two
 */
export async function nameKey(releases: readonly Release[], { dealt, where }: GivenName): Promise<Identity> {
  const K = await combine(new Map(releases.map(({ index, share }) => [index, share])), dealt.shares);
  return cardIdentity(K, dealt.K2, where.thread);
}

/**
 * The name, out of its unsealed file.
 *
 * @throws RefusedError `envelope-place`, `envelope-author`, `envelope-signature` if the card is not the reporting
 * person's, or of another report or message
 */
export function cardInside(content: Uint8Array, { where, message, sign }: GivenName): IdentityCard {
  const envelope = outsideTheChains(content, "identity", where);
  checkMessage(envelope, message);
  proveReporter(envelope, sign);
  return readIdentityCard(envelope.body);
}

/**
 * The name inside a sealed identity.
 *
 * @throws CannotOpenError `not-mine`, for fewer shares than must agree; else as `nameKey` and `cardInside`
 */
export async function putTogether(file: Uint8Array, releases: readonly Release[], given: GivenName): Promise<IdentityCard> {
  return cardInside(await unseal(file, [await nameKey(releases, given)]), given);
}

/** An envelope of this kind and place. Throws MalformedError `envelope-kind`, RefusedError `envelope-place`. */
export function outsideTheChains(content: Uint8Array, kind: Kind, where: Where): Envelope {
  const envelope = readEnvelope(content);
  if (envelope.header.kind !== kind) {
    throw new MalformedError("envelope-kind", "An envelope is of a kind that does not belong here.");
  }
  checkPlace(envelope, where);
  return envelope;
}

function checkMessage({ header }: Envelope, message: number): void {
  if (header.for !== message) throw new RefusedError("envelope-place", "This was written for another place than where it was found.");
}

function samePerson(): RefusedError {
  return new RefusedError("same-person", "Nobody hands over a share of a name to themselves.");
}

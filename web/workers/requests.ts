/**
 * Requests for access: the one search for a person that there is. What is looked for comes out of a sealed request that
 * two others have signed for, and never from the page; what is found goes to the page, and nowhere else.
 */
import { parseWhat } from "../ledger/acts.js";
import { LedgerError } from "../ledger/errors.js";
import type { Found, RequestShown } from "../office/requests/types.js";
import { readAccess, writeAccess, type AccessRequest } from "../seal/access.js";
import { seal, unseal } from "../seal/age.js";
import { checkAudience, checkPlace, proveMember } from "../seal/author.js";
import { readEnvelope, writeEnvelope } from "../seal/envelope.js";
import { RefusedError, SealError } from "../seal/errors.js";
import { asText, Fields } from "../seal/fields.js";
import type { JsonObject } from "../seal/jsontext.js";
import { readParcel, writeParcel } from "../seal/parcel.js";
import { b64, H, random, same, unb64, verifies } from "../seal/primitives.js";
import { recipientHash } from "../seal/recipients.js";
import type { Post } from "../seal/thread.js";
import { signAct, type SignedAct } from "./acts.js";
import { keyring, type Keyring, type Place } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { openThread, postAt } from "./reports/opening.js";
import { readThread } from "./reports/parcel.js";

const ID = 16, NEEDED = 2;
const READS = /^(?:handler|lead)@/;

export interface Approval {
  readonly member: Uint8Array;
  readonly what: Uint8Array;
  readonly sig: Uint8Array;
}

/** A request that opened and is its author's. */
export interface Held {
  readonly id: Uint8Array;
  readonly c: Uint8Array;
  readonly author: Uint8Array;
  readonly asked: AccessRequest;
  readonly approvals: readonly Approval[];
}

declare module "./protocol.js" {
  interface Acts {
    /** Seals a verified request to every handler and lead; the answer is the parcel to post. */
    "compose-request": Act<AccessRequest & { readonly counter: number }, Uint8Array>;
    "open-requests": Act<{ readonly parcel: Uint8Array }, readonly RequestShown[]>;
    "sign-request": Act<{ readonly id: string; readonly act: "approve request" | "run request" | "propose request end"; readonly counter: number }, SignedAct>;
    /** Ends a request that nobody is left to search, after somebody told the person by the act `seen`. */
    "sign-request-end": Act<{ readonly id: string; readonly seen: string; readonly counter: number }, SignedAct>;
    /** Searches these threads of this member's for an approved request. */
    "search-request": Act<{ readonly id: string; readonly parcel: Uint8Array }, Found>;
  }
}

const held = new Map<string, Held>();

register("compose-request", async ({ counter, ...asked }) => {
  const keys = keyring();
  const readers = [...keys.people.values()].filter(reads);
  const desk = [...keys.manifest.charter.desks].find(({ id }) => keys.place.entry.roles.some((role) => READS.test(role) && role.endsWith(`@${b64(id)}`)));
  if (desk === undefined) throw new RefusedError("state", "Only somebody who works at a desk records a request.");
  const id = random(ID), { entry, proof } = keys.place;
  const { bytes, c } = writeEnvelope({
    kind: "copy", office: keys.office, desk: desk.id, thread: id, to: readers.map(({ recipient }) => recipientHash(recipient)), by: { entry: entry.bytes, proof },
  }, writeAccess(asked), keys.vault.sign);
  const act = signAct(keys.vault.sign, keys.member, counter, { act: "record request", subject: id, after: c });
  return writeParcel({ v: 1, id: b64(id), c: b64(c), act: { ...act } }, [{ as: "request", bytes: await seal(bytes, readers.map(({ recipient }) => recipient)) }]);
});

register("open-requests", async ({ parcel }) => {
  const keys = keyring();
  const { head, files } = readParcel(parcel);
  const left = [...files];
  held.clear();
  const shown: RequestShown[] = [];
  for (const value of new Fields(head).list("requests", (one) => one)) {
    const fields = new Fields(value);
    const approvals = fields.list("approvals", (one) => {
      const row = new Fields(one);
      return { member: row.id("member"), what: row.bytes("what"), sig: row.bytes("sig", 64) };
    });
    const id = fields.text("id"), c = fields.hash("c"), sealed = fields.flag("sealed");
    const opened = sealed ? await openRequest(unb64(id, ID), c, left.shift()?.bytes ?? new Uint8Array(0), approvals, keys) : undefined;
    if (opened !== undefined) held.set(id, opened);
    shown.push({
      id, member: fields.text("member"), recorded: fields.day("recorded"), due: fields.day("due"), over: fields.flag("over"),
      closed: fields.value("closed") === null ? "" : fields.day("closed"), approvals: approvals.map(({ member }) => b64(member)),
      approved: opened !== undefined && approvedBy(opened, keys) >= NEEDED, mine: fields.flag("mine"), waiting: fields.list("waiting", asText),
      asked: opened?.asked ?? null, sealed, stranded: fields.flag("stranded"), searched: fields.integer("searched"), unsearched: fields.flag("unsearched"),
      ending: fields.value("ending") === null ? null : { member: new Fields(fields.value("ending")).text("member"), what: new Fields(fields.value("ending")).text("what") },
    });
  }
  return shown;
});

register("sign-request", ({ id, act, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, { act, subject: unb64(id, ID), after: requestOf(id).c });
});

register("sign-request-end", ({ id, seen, counter }) => {
  const { vault, member } = keyring();
  return signAct(vault.sign, member, counter, { act: "end request", subject: unb64(id, ID), before: H(unb64(seen)), after: requestOf(id).c });
});

register("search-request", async ({ id, parcel }) => {
  const keys = keyring(), request = requestOf(id);
  requireApproved(request, keys);
  const found: { thread: string; where: { chain: string; n: number; day: string }[]; unreadable: number }[] = [];
  for (const { bytes } of readParcel(parcel).files) {
    const open = await openThread(readThread(bytes), keys);
    const where = naming(open.posts, request.asked.names);
    found.push({
      thread: b64(open.sealed.thread), unreadable: open.faults.length,
      where: where.map(({ chain, n }) => ({ chain, n, day: postAt(open.sealed, chain, n)?.day ?? open.sealed.day })),
    });
  }
  return found;
});

async function openRequest(id: Uint8Array, c: Uint8Array, file: Uint8Array, approvals: readonly Approval[], keys: Keyring): Promise<Held | undefined> {
  try {
    const envelope = readEnvelope(await unseal(file, keys.seals));
    checkPlace(envelope, { office: keys.office, desk: envelope.header.desk, thread: id });
    if (!same(envelope.c, c) || envelope.header.kind !== "copy") return undefined;
    const charters = [keys.manifest.charter, ...keys.earlier];
    const author = proveMember(envelope, (number) => charters.find((one) => one.number === number), ({ roles }) => roles.some((role) => READS.test(role)));
    // Of the others it was sealed for some may have left since; its author knew the name in any case.
    checkAudience(envelope, keys.seals.map(({ recipient }) => recipientHash(recipient)), new Set(envelope.header.to.map(b64)));
    return { id, c, author: author.id, asked: readAccess(envelope.body), approvals };
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/** How many others, who read cases themselves, have signed for just this request. */
export function approvedBy({ id, c, author, approvals }: Held, keys: Keyring): number {
  const good = approvals.filter(({ member, what, sig }) => {
    const place = keys.people.get(b64(member));
    if (place === undefined || !reads(place) || same(member, author) || !verifies(place.entry.sign, "act", what, sig)) return false;
    const fields = signedFields(what);
    return fields["act"] === "approve request" && fields["subject"] === b64(id) && fields["after"] === b64(c) && fields["member"] === b64(member);
  });
  return new Set(good.map(({ member }) => b64(member))).size;
}

function signedFields(what: Uint8Array): JsonObject {
  try {
    return parseWhat(what).fields;
  } catch (error) {
    if (error instanceof LedgerError) return {};
    throw error;
  }
}

/** @throws RefusedError `request`: whatever the server says, two others must have signed */
function requireApproved(request: Held, keys: Keyring): void {
  if (approvedBy(request, keys) < NEEDED) throw new RefusedError("request", "Two others have not signed for this search. Nothing was searched.");
}

function requestOf(id: string): Held {
  const found = held.get(id);
  if (found === undefined) throw new RefusedError("not-open", "This request does not open here. Please load again.");
  return found;
}

function reads({ entry }: Place): boolean {
  return entry.roles.some((role) => READS.test(role));
}

/** Those of these posts in which one of these names stands. */
export function naming(posts: readonly Post[], asked: readonly string[]): Post[] {
  const names = asked.map(plain);
  return posts.filter((post) => {
    const text = plain(wordsIn(post).join("\n"));
    return names.some((name) => text.includes(name));
  });
}

/** Everything that somebody wrote in it, and the names of files; what stands in files is looked through by a person. */
function wordsIn(post: Post): string[] {
  const files = (post.envelope.header.files ?? []).map(({ name }) => name);
  switch (post.kind) {
    case "report": return [...post.body.answers.values(), post.body.contact ?? "", post.body.name ?? "", ...post.body.mustNotSee, ...files];
    case "message": return [post.body.text, post.body.contact ?? "", ...files];
    case "note": case "notice": return [post.body.text, ...files];
    default: return [];
  }
}

/** As it is compared: without case, width or more than one space. */
function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
}

/** Names under seal: asked for, answered, and put together in the asker's browser alone. */
import type { NameAnswer, NameAsked, RefusalReason, RequestForKeeper, RequestOfCase } from "../office/names/types.js";
import { REFUSALS } from "../office/names/types.js";
import type { IdentityCard, Share } from "../seal/bodies.js";
import { CannotOpenError, MalformedError, RefusedError } from "../seal/errors.js";
import { Fields, whole } from "../seal/fields.js";
import type { Json } from "../seal/jsontext.js";
import type { ProvenRequest, Release } from "../seal/opening.js";
import { readParcel, type ParcelFile } from "../seal/parcel.js";
import { b64, same } from "../seal/primitives.js";
import { signAct, type SignedAct } from "./acts.js";
import { openReport } from "./arrivals.js";
import { keyring, type Keyring } from "./keyring.js";
import "./protocol.js";
import { recordAsItIsNow } from "./record.js";
import { register } from "./registry.js";
import {
  composeNameRequest, composeRelease, givenName, nameInside, openNameRequest, openReleases, ownShare, proveAsking, type Claimed, type NameWish,
} from "./reports/openname.js";
import type { OpenThread } from "./reports/opening.js";
import { provePerson, type TypedProof } from "./ways.js";

declare module "./protocol.js" {
  interface Acts {
    /** The answers are the parcels to post. */
    "compose-name-request": Act<NameWish & { readonly thread: string }, Uint8Array>;
    /** After the passphrase was typed anew. Throws `RefusedError` `not-yours`, `name-unproven`. */
    "compose-release": Act<{ readonly id: string; readonly counter: number; readonly typed: TypedProof }, Uint8Array>;
    /** For custodians and oversight. */
    "open-name-requests": Act<{ readonly parcel: Uint8Array }, readonly RequestForKeeper[]>;
    "sign-name-refusal": Act<{ readonly id: string; readonly reason: RefusalReason; readonly counter: number }, SignedAct>;
    /** For who is assigned to the case, which is open. */
    "open-names": Act<{ readonly thread: string; readonly parcel: Uint8Array }, readonly RequestOfCase[]>;
    "sign-name-end": Act<{ readonly id: string; readonly counter: number }, SignedAct>;
    /** The name, for the page to show and nobody to keep. Throws `RefusedError` `name-few`, `share-hash`. */
    "show-name": Act<{ readonly id: string }, IdentityCard>;
  }
}

interface Kept {
  readonly c: Uint8Array;
  readonly claimed: Claimed;
  readonly asked: ProvenRequest | undefined;
  readonly share: Share | undefined;
  readonly proof: string;
}

interface Own {
  readonly c: Uint8Array;
  readonly thread: string;
  readonly message: number;
  readonly releases: readonly Release[];
  readonly file: Uint8Array | undefined;
}

/** What the page shows; no name is among it. */
const kept = new Map<string, Kept>(), own = new Map<string, Own>();

register("compose-name-request", ({ thread, ...wish }) => composeNameRequest(openReport(thread), keyring(), wish));

register("open-name-requests", async ({ parcel }) => {
  const keys = keyring(), { head, files } = readParcel(parcel), left = [...files], record = recordAsItIsNow(keys);
  kept.clear();
  const rows: RequestForKeeper[] = [];
  for (const value of new Fields(head).list("requests", (one) => one)) {
    const row = readRow(value, keys), fields = new Fields(value);
    const file = next(left), shares = Array.from({ length: fields.integer("shares") }, () => next(left));
    const passed = Array.from({ length: fields.integer("passed") }, () => next(left));
    const claimed: Claimed = { ...row.claimed, askedBy: claimedRow(fields.value("asked_by")), assignedBy: claimedRow(fields.value("assigned_by")) };
    const opened = await openNameRequest(file, claimed.where, keys);
    const asked = "asked" in opened ? opened.asked : undefined;
    // What the server calls it has nothing to say: the act that answers it names what this browser has read.
    const proof = !("asked" in opened) ? opened.code : same(opened.asked.c, row.c) ? await proveAsking(opened.asked, opened.content, claimed, keys, record) : "name-acts";
    const share = asked === undefined ? undefined : await ownShare(shares, passed, claimed, keys);
    kept.set(row.id, { c: row.c, claimed, asked, share, proof });
    rows.push({ ...row.shown, says: asked === undefined ? null : saysOf(asked), proof, mine: share !== undefined });
  }
  return rows;
});

register("compose-release", async ({ id, counter, typed }, { progress }) => {
  const { asked, share, claimed, proof } = keptOf(id), keys = keyring();
  if (asked === undefined || share === undefined || proof !== "proven") {
    throw new RefusedError("name-unproven", "This request is not proven here, so nothing was handed over.");
  }
  await provePerson(typed, progress);
  return composeRelease(asked, share, claimed, keys, counter);
});

register("sign-name-refusal", ({ id, reason, counter }) => {
  const { c, claimed } = keptOf(id), keys = keyring();
  return signAct(keys.vault.sign, keys.member, counter, { act: "decline name", subject: claimed.where.thread, before: c, more: { reason } });
});

register("open-names", async ({ thread, parcel }) => {
  const keys = keyring(), open = openReport(thread), { head, files } = readParcel(parcel), left = [...files];
  const rows: RequestOfCase[] = [];
  for (const value of new Fields(head).list("requests", (one) => one)) {
    const row = readRow(value, keys), fields = new Fields(value);
    if (row.shown.thread !== thread) throw new RefusedError("envelope-place", "This was written for another place than where it was found.");
    const file = next(left), released = Array.from({ length: fields.integer("releases") }, () => next(left));
    const name = fields.flag("name") ? next(left) : undefined;
    const opened = await openNameRequest(file, row.claimed.where, keys, open);
    const asked = "asked" in opened && same(opened.asked.c, row.c) ? opened.asked : undefined;
    const { good, refused } = asked === undefined ? { good: [], refused: released.length } : await openReleases(released, asked, row.claimed.where, keys);
    own.set(row.id, { c: row.c, thread, message: row.claimed.message, releases: good, file: name });
    rows.push({
      ...row.shown, says: asked === undefined ? null : saysOf(asked), own: fields.flag("mine"), released: new Set(good.map(({ index }) => index)).size, refused,
      needed: needed(open, row.claimed.message, keys),
    });
  }
  return rows;
});

register("sign-name-end", ({ id, counter }) => {
  const { c, thread } = ownOf(id), keys = keyring();
  return signAct(keys.vault.sign, keys.member, counter, { act: "withdraw name request", subject: openReport(thread).sealed.thread, before: c });
});

register("show-name", async ({ id }) => {
  const { thread, message, releases, file } = ownOf(id);
  if (file === undefined || releases.length < 2) throw few();
  try {
    return await nameInside(file, releases, givenName(openReport(thread), keyring(), message));
  } catch (error) {
    // Of a share that went to a successor both can answer with it: that is one, and not two.
    if (error instanceof CannotOpenError || error instanceof MalformedError && error.code === "share-count") throw few();
    throw error;
  }
});

function readRow(value: Json, keys: Keyring) {
  const fields = new Fields(value);
  const thread = fields.id("thread"), message = fields.integer("message"), id = fields.text("id");
  const told = fields.value("told") === null ? undefined : fields.day("told");
  return {
    id, c: fields.hash("c"),
    claimed: { where: { office: keys.office, desk: fields.id("desk"), thread }, message, told, askedBy: undefined, assignedBy: undefined } satisfies Claimed,
    shown: {
      id, thread: b64(thread), message, member: fields.text("member"), asked: fields.day("asked"), until: fields.day("until"),
      over: fields.flag("over"), answers: fields.list("answers", readAnswer),
    },
  };
}

function readAnswer(value: Json): NameAnswer {
  const fields = new Fields(value);
  return { member: fields.text("member"), day: fields.day("day"), reason: fields.one("reason", ["", ...REFUSALS] as const) };
}

function claimedRow(value: Json): { readonly row: Uint8Array; readonly day: string } | undefined {
  return value === null ? undefined : whole(value, (fields) => ({ row: fields.bytes("row"), day: fields.day("day") }));
}

function saysOf({ request: { ground, reasons, language, withheld } }: ProvenRequest): NameAsked {
  return { ground, reasons, language, withheld: withheld ?? "" };
}

/**
 * How many custodians must agree at least: as the charter says that the report names. A message names none, so of a name
 * that came later the least of all charters; where more are needed the shares themselves say so.
 */
function needed({ thread: { report } }: OpenThread, message: number, { manifest, earlier }: Keyring): number {
  const charters = [manifest.charter, ...earlier];
  const then = message === 0 ? charters.filter(({ number }) => number === report?.charter.number) : charters;
  return Math.min(...(then.length === 0 ? charters : then).map(({ custody }) => custody?.k ?? Infinity));
}

function next(left: ParcelFile[]): Uint8Array {
  return left.shift()?.bytes ?? new Uint8Array(0);
}

function keptOf(id: string): Kept {
  const found = kept.get(id);
  if (found === undefined) throw unknown();
  return found;
}

function ownOf(id: string): Own {
  const found = own.get(id);
  if (found === undefined) throw unknown();
  return found;
}

function unknown(): RefusedError {
  return new RefusedError("not-open", "This request does not open here. Please load again.");
}

function few(): RefusedError {
  return new RefusedError("name-few", "Too few shares were handed over, so the name stays closed.");
}

import { seal } from "./age.js";
import { writeIdentityCard, writeReport, writeShare, type Dealt, type IdentityCard, type Report } from "./bodies.js";
import type { Charter, Custody } from "./charter.js";
import { writeEnvelope, type By, type FileName } from "./envelope.js";
import { MalformedError, RefusedError } from "./errors.js";
import type { JsonObject } from "./jsontext.js";
import { writeParcel, type ParcelFile } from "./parcel.js";
import { blobsJson, sealPost, type SealedPost } from "./post.js";
import { b64, H, join, kdf, random, same } from "./primitives.js";
import type { Proven } from "./proven.js";
import { checkReceiptInside, derive, type Mailbox } from "./receipt.js";
import { identity, recipientHash, type Identity } from "./recipients.js";
import { split } from "./shares.js";
import type { Sheet } from "./sheet.js";
import type { Origin } from "./referral.js";
import type { Statement } from "./statement.js";
import type { WordList } from "./words.js";

/** What a person reports, and to whom; keys come only from documents that were proven. */
export interface Filing {
  readonly charter: Proven<Charter>;
  readonly sheet: Proven<Sheet>;
  /** Sixteen fresh bytes, never used before. */
  readonly receipt: Uint8Array;
  /** Lists that the receipt may have been written in, so that a report that holds it is noticed. */
  readonly lists?: readonly WordList[] | undefined;
  readonly answers: ReadonlyMap<string, string>;
  readonly language: string;
  readonly contact?: string | undefined;
  /** The name, for everybody who reads the report. */
  readonly name?: string | undefined;
  /** The name, sealed to the custodians; left out: an empty card, which looks alike. */
  readonly card?: IdentityCard | undefined;
  readonly mustNotSee?: readonly string[] | undefined;
  /** False where the receipt was declined. */
  readonly answerable: boolean;
  /** Of the member who files it: for who came in person, in a name of their own, or as a test. Bound to the receipt. */
  readonly statement?: Statement | undefined;
  /** From which office it comes, with a statement of that purpose. */
  readonly referral?: Origin | undefined;
  /** Attachments that the server holds whole already. */
  readonly files?: readonly FileName[] | undefined;
  /** What they remember of an earlier report whose receipt they lost. */
  readonly continues?: string | undefined;
  /** Lets one report through to a closed desk: a test. */
  readonly ticket?: Uint8Array | undefined;
}

/** A report as it goes to the door. */
export interface Drop {
  readonly parcel: Uint8Array;
  readonly post: SealedPost;
  /** The 96 bytes that the promise must name. */
  readonly leaf: Uint8Array;
  readonly mailbox: Mailbox;
}

const EMPTY: IdentityCard = { name: "", contact: "", note: "" };

/**
 * Seal a report: to the desk, apart to the reporting person's own box, and the name, shared among the custodians.
 *
 * @throws RefusedError `sheet-desk` if sheet and charter do not belong together, `desk-closed`, `receipt-inside`
 * @throws MalformedError `report-empty`, `envelope-length` if the name card is longer than fits, or the names of very many files
 */
export async function sealReport(filing: Filing): Promise<Drop> {
  const { charter, sheet } = filing;
  const { office, desk } = sheet;
  const named = charter.desks.some((one) => same(one.id, desk) && one.sheet !== undefined);
  if (!named || !same(charter.office, office)) {
    throw new RefusedError("sheet-desk", "The desk and the office's charter do not belong together.");
  }
  if (!sheet.open && filing.ticket === undefined) {
    throw new RefusedError("desk-closed", "This desk takes no reports now.");
  }
  // Somebody may speak instead of writing: then the recording says it.
  if (filing.answers.size === 0 && (filing.files ?? []).length === 0) throw new MalformedError("report-empty", "A report says at least one thing.");
  const texts = [...filing.answers.values(), filing.contact ?? "", filing.name ?? "", filing.continues ?? "", ...(filing.mustNotSee ?? [])];
  checkReceiptInside(filing.receipt, texts, filing.lists ?? []);
  const mailbox = derive(filing.receipt, office);
  const thread = mailbox.id;
  const by: By = { key: mailbox.signPublic };
  const where = { office, desk, thread };
  const deal = charter.custody && await dealIdentity(charter.custody, filing.card ?? EMPTY, where, 0, by, mailbox.sign);
  const report: Report = {
    answers: filing.answers, language: filing.language, contact: filing.contact, name: filing.name,
    sign: mailbox.signPublic, box: mailbox.box.recipient, tag: mailbox.tag,
    dealt: deal?.dealt, mustNotSee: filing.mustNotSee ?? [],
    charter: { number: charter.number, hash: charter.hash }, sheet: { number: sheet.number, hash: sheet.hash },
    answerable: filing.answerable,
    statement: filing.statement, referral: filing.referral, continues: filing.continues,
  };
  const post = await sealPost({
    ...where, kind: "report", chain: "r", n: 0, files: filing.files, body: writeReport(report), audience: sheet.recipient,
    box: mailbox.box.recipient, by, seed: mailbox.sign, tag: mailbox.tag,
  }, deal?.files);
  if (post.leaf === undefined || post.T === undefined) throw new Error("a report has an entry in the record");
  const head: JsonObject = {
    v: 1, id: b64(mailbox.id), auth: b64(H(mailbox.auth)), desk: b64(desk), epoch: sheet.epoch,
    T: b64(post.T), c: b64(post.c),
    ...(filing.ticket && { ticket: b64(filing.ticket) }),
    ...blobsJson(post.blobs),
  };
  return { parcel: writeParcel(head, post.files), post, leaf: post.leaf, mailbox };
}

/** The identity that opens a name: from `K`, which the custodians rebuild, and `K2`, which the report holds. */
export function cardIdentity(K: Uint8Array, K2: Uint8Array, thread: Uint8Array): Identity {
  return identity(kdf(join(K, K2), "identity", thread));
}

/**
 * Seal a name card so that neither custodians nor handlers can open it alone.
 *
 * @param n - the place on chain r of the message that it belongs to
 * @returns what the message's body says of it, and the files in their order
 */
export async function dealIdentity(
  custody: Custody, card: IdentityCard, where: { office: Uint8Array; desk: Uint8Array; thread: Uint8Array },
  n: number, by: By, seed: Uint8Array,
): Promise<{ dealt: Dealt; files: ParcelFile[] }> {
  const { custodians, k } = custody;
  const [K, K2] = [random(32), random(32)];
  const shares = await split(K, custodians.length, k);
  const hashes = shares.map(H);
  const reader = cardIdentity(K, K2, where.thread).recipient;
  const header = { ...where, for: n, by };
  const sealed = writeEnvelope(
    { ...header, kind: "identity", to: [recipientHash(reader)] }, writeIdentityCard(card), seed,
  );
  const files: ParcelFile[] = [{ as: "identity", bytes: await seal(sealed.bytes, [reader]) }];
  for (const [index, custodian] of custodians.entries()) {
    const share = shares[index];
    if (share === undefined) throw new RangeError("fewer shares than custodians");
    const { bytes } = writeEnvelope(
      { ...header, kind: "share", to: [recipientHash(custodian)] }, writeShare({ index, share, hashes }), seed,
    );
    files.push({ as: "share", bytes: await seal(bytes, [custodian]) });
  }
  return { dealt: { K2, shares: hashes }, files };
}

/** Documents of a case for members outside it, and what they send back (docs/formats.md §20). */

import { seal, unseal } from "../../seal/age.js";
import { checkAudience, checkPlace, proveMember } from "../../seal/author.js";
import { readCopyAnswer, readGivenCopy, writeCopyAnswer, writeGivenCopy, type Purpose } from "../../seal/copies.js";
import { aboutText, isVote, type PanelAnswer, type Vote, type Voter } from "../../seal/panel.js";
import { readEnvelope, writeEnvelope, type Envelope, type FileName } from "../../seal/envelope.js";
import { RefusedError, SealError } from "../../seal/errors.js";
import { asText, Fields } from "../../seal/fields.js";
import { readParcel, writeParcel } from "../../seal/parcel.js";
import { b64, random, same, unb64 } from "../../seal/primitives.js";
import { identity, recipientHash } from "../../seal/recipients.js";
import type { Charter } from "../../seal/charter.js";
import type { Proven } from "../../seal/proven.js";
import type { JsonObject } from "../../seal/jsontext.js";
import { signAct, type SignedAct } from "../acts.js";
import type { AttachedFile } from "../../office/arrivals/types.js";
import type { Keyring } from "../keyring.js";
import { attached } from "./attached.js";
import { charterOf, type OpenThread } from "./opening.js";

const ID = 16;

export interface CopyWish {
  /** Member id of who gets it, base64url. */
  readonly to: string;
  readonly title: string;
  readonly text: string;
  readonly language: string;
  readonly purpose: Purpose;
  readonly until: string;
  readonly masked: number;
  readonly counter: number;
}

/** A document that was given away, for those on the case. */
export interface CopyShown {
  readonly copy: string;
  readonly giver: string;
  readonly receiver: string;
  readonly day: string;
  readonly until: string;
  /** Whether it can still be read there. */
  readonly open: boolean;
  /** Of the envelope, base64url. */
  readonly c: string;
  /** Empty where it does not prove to be what it says. */
  readonly title: string;
  readonly text: string;
  readonly masked: number;
  readonly file: AttachedFile | null;
  readonly answers: readonly AnswerShown[];
}

export interface AnswerShown {
  readonly day: string;
  readonly text: string;
  readonly language: string;
  readonly proven: boolean;
  /** Of a member of a panel, where its signature fits this case and the document; else empty. */
  readonly vote: PanelAnswer | "";
  readonly voter?: Voter & { readonly key: Uint8Array };
}

/** A document for the one who reads it. */
export interface GivenShown {
  readonly title: string;
  readonly text: string;
  readonly language: string;
  readonly purpose: Purpose;
  readonly until: string;
  readonly masked: number;
  /** Member id of who gave it. */
  readonly giver: string;
  readonly file: AttachedFile | null;
}

/**
 * The parcel of a document that is given away.
 *
 * @throws RefusedError `state`, `keys-people` for who is on the case already or whom the reporting person does not want
 */
export async function composeCopy(open: OpenThread, keys: Keyring, wish: CopyWish, file?: FileName): Promise<Uint8Array> {
  const { row, sealed: files } = await sealedCopy(open, keys, wish, { file });
  return writeParcel({ v: 1, ...row }, files);
}

export interface SealedCopy {
  readonly row: { readonly copy: string; readonly to: string; readonly until: string; readonly c: string; readonly blob?: string; readonly act: SignedAct & JsonObject };
  /** For who gets it, and for the case. */
  readonly sealed: { readonly as: string; readonly bytes: Uint8Array }[];
}

/**
 * One document for one person, and the act that gives it.
 *
 * @param more - `matter`: thread id, for a member of a panel; `file`: of the case, whose own key goes along
 * @throws RefusedError as `composeCopy`
 */
export async function sealedCopy(open: OpenThread, keys: Keyring, wish: CopyWish, more: { readonly matter?: Uint8Array; readonly file?: FileName | undefined } = {}): Promise<SealedCopy> {
  const { sealed, caseKeys, thread: { handover } } = open;
  if (caseKeys === undefined || handover === undefined) throw new RefusedError("state", "This is no case of yours. Please load it again.");
  const receiver = keys.people.get(wish.to);
  if (receiver === undefined || [...caseKeys.people.map(({ id }) => id), ...caseKeys.barred].some((id) => same(id, receiver.entry.id))) {
    throw new RefusedError("keys-people", "This person cannot be given a document of this case.");
  }
  const id = random(ID), { entry, proof } = keys.place;
  const { bytes, c } = writeEnvelope({
    kind: "copy", office: keys.office, desk: sealed.desk, thread: id, to: [recipientHash(receiver.recipient), recipientHash(handover.recipient)],
    by: { entry: entry.bytes, proof }, ...(more.file && { files: [more.file] }),
  }, writeGivenCopy({ ...wish, reply: handover.recipient, matter: more.matter }), keys.vault.sign);
  const blob = more.file && { blob: b64(more.file.blob) };
  const act = signAct(keys.vault.sign, keys.member, wish.counter, {
    act: "copy", subject: sealed.thread, after: c, more: { copy: b64(id), to: wish.to, until: wish.until, ...blob },
  });
  return {
    row: { copy: b64(id), to: wish.to, until: wish.until, c: b64(c), ...blob, act: { ...act } },
    sealed: [{ as: "copy", bytes: await seal(bytes, [receiver.recipient]) }, { as: "case", bytes: await seal(bytes, [handover.recipient]) }],
  };
}

/** What was given away of the open case and what came back; what does not prove to be it is shown without its words. */
export async function openCopies(open: OpenThread, keys: Keyring, parcel: Uint8Array): Promise<CopyShown[]> {
  const { head, files } = readParcel(parcel);
  const openers = (open.caseKeys?.generations ?? []).map(({ seed }) => identity(seed));
  const left = [...files];
  const next = async (): Promise<Envelope | undefined> => {
    try {
      return readEnvelope(await unseal(left.shift()?.bytes ?? new Uint8Array(0), openers));
    } catch (error) {
      if (error instanceof SealError) return undefined;
      throw error;
    }
  };
  const rows = new Fields(head).list("copies", (value) => {
    const fields = new Fields(value);
    return {
      copy: fields.text("copy"), giver: fields.text("giver"), receiver: fields.text("receiver"), day: fields.day("day"), until: fields.day("until"),
      open: fields.flag("open"), c: fields.hash("c"), days: fields.list("answers", asText),
    };
  });
  // Who helps may be mistaken, or hostile: a malformed envelope of theirs is missed by itself, and the others are read.
  const readBy = <Body>(envelope: Envelope | undefined, copy: string, member: string, day: string, read: (body: Uint8Array) => Body): { readonly body: Body; readonly key: Uint8Array } | undefined => {
    if (envelope === undefined) return undefined;
    try {
      const key = proveBy(envelope, { copy, member, day }, open, keys);
      return { body: read(envelope.body), key };
    } catch (error) {
      if (error instanceof SealError) return undefined;
      throw error;
    }
  };
  const shown: CopyShown[] = [];
  for (const { c, days, ...row } of rows) {
    const envelope = await next();
    const body = envelope !== undefined && same(envelope.c, c) ? readBy(envelope, row.copy, row.giver, row.day, readGivenCopy)?.body : undefined;
    const answers = [];
    for (const day of days) {
      const sent = await next();
      const said = readBy(sent, row.copy, row.receiver, day, readCopyAnswer);
      const proven = said !== undefined && same(said.body.copy, c);
      answers.push({ day, text: proven ? said.body.text : "", language: proven ? said.body.language : "", proven, ...voted(proven ? said : undefined, sent, body?.text ?? "", open) });
    }
    shown.push({ ...row, c: b64(c), title: body?.title ?? "", text: body?.text ?? "", masked: body?.masked ?? 0, file: body === undefined ? null : fileShown(envelope), answers });
  }
  return shown;
}

/** @throws RefusedError as `author.ts` says */
export async function openGiven(copy: string, file: Uint8Array, keys: Keyring): Promise<GivenShown> {
  const { envelope, giver } = await proveGiven(copy, file, keys);
  const { title, text, language, purpose, until, masked } = readGivenCopy(envelope.body);
  return { title, text, language, purpose, until, masked, giver, file: fileShown(envelope) };
}

/**
 * The file that goes with a document, by the key that lies in it and opens nothing else.
 *
 * @throws RefusedError as `openGiven`; `state` where words alone were given
 */
export async function givenFile(copy: string, sealed: Uint8Array, keys: Keyring): Promise<FileName> {
  const [file] = (await proveGiven(copy, sealed, keys)).envelope.header.files ?? [];
  if (file === undefined) throw new RefusedError("state", "No file was given with this document.");
  return file;
}

function fileShown(envelope: Envelope | undefined): AttachedFile | null {
  const [file] = envelope?.header.files ?? [];
  return file === undefined ? null : attached(file);
}

/** What a helper sends back, sealed to the case that the giver named. */
export async function composeAnswer(copy: string, file: Uint8Array, keys: Keyring, said: { readonly text: string; readonly language: string }): Promise<Uint8Array> {
  const { envelope } = await proveGiven(copy, file, keys);
  const { reply } = readGivenCopy(envelope.body);
  const { entry, proof } = keys.place;
  const { bytes } = writeEnvelope({
    kind: "copy", office: keys.office, desk: envelope.header.desk, thread: unb64(copy, ID), to: [recipientHash(reply)], by: { entry: entry.bytes, proof },
  }, writeCopyAnswer({ ...said, copy: envelope.c }), keys.vault.sign);
  return seal(bytes, [reply]);
}

/**
 * What a member of a panel sends back: their vote over the matter that the document names, and its words.
 *
 * @throws RefusedError `state` for a document that asks for no decision
 */
export async function composeVote(
  copy: string, file: Uint8Array, keys: Keyring, said: { readonly text: string; readonly language: string }, vote: (matter: Uint8Array, words: string) => Vote,
): Promise<{ readonly sealed: Uint8Array; readonly c: Uint8Array; readonly document: Uint8Array }> {
  const { envelope } = await proveGiven(copy, file, keys);
  const { reply, matter, text } = readGivenCopy(envelope.body);
  if (matter === undefined) throw new RefusedError("state", "This document asks for no decision.");
  const { entry, proof } = keys.place;
  const { bytes, c } = writeEnvelope({
    kind: "copy", office: keys.office, desk: envelope.header.desk, thread: unb64(copy, ID), to: [recipientHash(reply)], by: { entry: entry.bytes, proof },
  }, writeCopyAnswer({ ...said, copy: envelope.c, vote: vote(matter, text) }), keys.vault.sign);
  return { sealed: await seal(bytes, [reply]), c, document: envelope.c };
}

async function proveGiven(copy: string, file: Uint8Array, keys: Keyring): Promise<{ readonly envelope: Envelope; readonly giver: string }> {
  const envelope = readEnvelope(await unseal(file, keys.seals));
  const { desk, files } = envelope.header;
  checkPlace(envelope, { office: keys.office, desk, thread: unb64(copy, ID) });
  if ((files?.length ?? 0) > 1) throw new RefusedError("envelope-files", "A document that is given goes with one file at most.");
  const author = proveMember(envelope, charters(keys), (entry) => entry.roles.some((role) => role.startsWith("handler@") || role.startsWith("lead@")));
  const own = keys.seals.map((one) => recipientHash(one.recipient));
  // The other audience is the case's own: its word is the giver's, who has signed it, and it is where an answer goes.
  checkAudience(envelope, own, new Set([b64(recipientHash(readGivenCopy(envelope.body).reply))]));
  return { envelope, giver: b64(author.id) };
}

/** It stands in its place, and this member wrote it under a charter that was in force on that day. */
function voted(
  said: { readonly body: { readonly vote?: Vote | undefined }; readonly key: Uint8Array } | undefined, sent: Envelope | undefined, text: string, { sealed }: OpenThread,
): Pick<AnswerShown, "vote" | "voter"> {
  const vote = said?.body.vote, by = sent?.header.by;
  if (said === undefined || vote === undefined || by?.entry === undefined) return { vote: "" };
  if (!isVote(said.key, vote.signature, vote.says, sealed.thread, aboutText(text))) return { vote: "" };
  return { vote: vote.says, voter: { entry: by.entry, proof: by.proof, signature: vote.signature, key: said.key } };
}

function proveBy(envelope: Envelope, { copy, member, day }: { readonly copy: string; readonly member: string; readonly day: string }, { sealed }: OpenThread, keys: Keyring): Uint8Array {
  checkPlace(envelope, { office: keys.office, desk: sealed.desk, thread: unb64(copy, ID) });
  return proveMember(envelope, (number) => charterOf(keys, number, day), (entry) => b64(entry.id) === member).sign;
}

function charters(keys: Keyring): (number: number) => Proven<Charter> | undefined {
  return (number) => [keys.manifest.charter, ...keys.earlier].find((one) => one.number === number);
}

/** What a person keeps on the server for themselves: sealed to their own box, asked for with their secret. */
import { seal, unseal } from "../seal/age";
import { checkSignature, readEnvelope, writeEnvelope } from "../seal/envelope";
import { RefusedError } from "../seal/errors";
import { whole } from "../seal/fields";
import { parse, write } from "../seal/jsontext";
import { readOwn, writeOwn, type Own } from "../seal/own";
import { readParcel, writeParcel } from "../seal/parcel";
import { b64, same } from "../seal/primitives";
import type { Mailbox } from "../seal/receipt";
import { recipientHash } from "../seal/recipients";
import { addressOf, post, Refused, type Manner } from "./wire";

export interface OwnPlace {
  readonly office: Uint8Array;
  readonly desk: Uint8Array;
  readonly thread: Uint8Array;
}

/** What browsers send on when their page is being closed. */
const ON_CLOSING = 60_000;

/** How it goes to the door: with the arithmetic that the door asks of who writes first, or without. */
export type Send = (parcel: Uint8Array, manner: Manner) => Promise<Uint8Array>;

/** Puts it in the place of what was there. Resolves with its last day, or null where a thread keeps it. Rejects with Refused or Unreachable. */
export async function saveOwn(mailbox: Mailbox, place: OwnPlace, own: Own, send: Send): Promise<string | null> {
  const { bytes } = writeEnvelope(
    { ...place, kind: "own", to: [recipientHash(mailbox.box.recipient)], by: { key: mailbox.signPublic } }, writeOwn(own), mailbox.sign,
  );
  const sealed = await seal(bytes, [mailbox.box.recipient]);
  const parcel = writeParcel({ v: 1, id: b64(mailbox.id), auth: b64(mailbox.auth) }, [{ as: "own", bytes: sealed }]);
  const answer = await send(parcel, { keepalive: parcel.length < ON_CLOSING });
  return whole(parse(answer), (fields) => {
    fields.is("v", 1);
    return fields.has("until") ? fields.day("until") : null;
  });
}

/** What was kept, or null. Rejects with Refused, Unreachable, or a seal error where it is not the person's own. */
export async function fetchOwn(office: string, mailbox: Mailbox, officeId: Uint8Array): Promise<Own | null> {
  try {
    const { files } = readParcel(await post(addressOf(office, "own/read"), asked(mailbox), "json"));
    const [file] = files;
    if (file === undefined) return null;
    const envelope = readEnvelope(await unseal(file.bytes, [mailbox.box]));
    const { kind, by, office: of } = envelope.header;
    // Whoever has read the report knows the box, and could put something there in the person's name.
    if (kind !== "own" || !same(of, officeId) || by.key === undefined || !same(by.key, mailbox.signPublic)) {
      throw new RefusedError("envelope-author", "What lies in the place of a draft is not the reporting person's.");
    }
    checkSignature(envelope, mailbox.signPublic);
    return readOwn(envelope.body);
  } catch (error) {
    if (error instanceof Refused && error.code === "no-own") return null;
    throw error;
  }
}

/** Takes it off the server at once. What is not there any more is gone: the answer that said so may have been lost. */
export async function removeOwn(office: string, mailbox: Mailbox): Promise<void> {
  try {
    await post(addressOf(office, "own/removal"), asked(mailbox), "json");
  } catch (error) {
    if (!(error instanceof Refused && error.code === "no-own")) throw error;
  }
}

function asked(mailbox: Mailbox): Uint8Array {
  return write({ v: 1, id: b64(mailbox.id), auth: b64(mailbox.auth) });
}

/** A new desk's first epoch, sheet and keys: closed, held by the one who makes it, until colleagues join. */
import type { Desk } from "../seal/charter.js";
import { fileJson, signDocument, type DocumentName } from "../seal/document.js";
import type { JsonObject } from "../seal/jsontext.js";
import { sealDeskKeys } from "../seal/keys.js";
import { b64, H, random } from "../seal/primitives.js";
import { identity, type Recipient } from "../seal/recipients.js";
import type { Entry, Proof } from "../seal/roster.js";
import { writeSheet } from "../seal/sheet.js";

/** A desk's keys on their way to the server; base64url. */
export interface KeysWire {
  readonly n: number;
  readonly epoch: number;
  readonly commitment: string;
  readonly files: Readonly<Record<string, string>>;
}

export interface DeskWire {
  readonly sheet: JsonObject;
  readonly keys: KeysWire;
  readonly profile: string;
}

export interface NewDesk {
  readonly charterRow: Desk & { readonly sheet: DocumentName };
  readonly seed: Uint8Array;
  /** Sign and seal once the maker's place in the new charter is known. */
  sealed(own: { readonly entry: Entry; readonly proof: Proof }): Promise<DeskWire>;
}

export interface DeskMaker {
  readonly office: Uint8Array;
  readonly member: Uint8Array;
  readonly recipient: Recipient;
  readonly sign: Uint8Array;
}

export interface DeskWish {
  readonly names: Readonly<Record<string, string>>;
  readonly form: Uint8Array;
  /** The profile document's bytes. */
  readonly profile: Uint8Array;
  readonly reason: string;
}

/** Make a desk. Its sheet says why it is there; nobody can report to it before another sheet opens it. */
export function makeDesk(maker: DeskMaker, wish: DeskWish): NewDesk {
  const id = random(16);
  const seed = random(32);
  const { office, member } = maker;
  const doc = writeSheet({
    office, desk: id, number: 0, prev: undefined, reason: wish.reason, open: false, epoch: 0,
    recipient: identity(seed).recipient, form: wish.form, profile: H(wish.profile),
  });
  return {
    seed,
    charterRow: { id, names: new Map(Object.entries(wish.names)), independentOf: [], sheet: { number: 0, hash: H(doc) } },
    async sealed({ entry, proof }) {
      const by = { entry: entry.bytes, proof };
      const { file, c } = await sealDeskKeys({
        office, desk: id, n: 0, epochs: [{ number: 0, seed }], people: [{ id: member, recipient: maker.recipient }], by,
        seed: maker.sign, open: false,
      });
      return {
        sheet: fileJson({ doc, signatures: [signDocument(maker.sign, "sheet", doc)], by: [by] }),
        keys: { n: 0, epoch: 0, commitment: b64(c), files: { [b64(member)]: b64(file) } },
        profile: b64(wish.profile),
      };
    },
  };
}

/**
 * A member's notebook: what somebody said by telephone, in a letter or in person, until it is a report (docs/formats.md
 * §17). Sealed by this member's browser for itself; nobody else can open it, also not on the same desk.
 */
import { CannotOpenError, MalformedError } from "./errors.js";
import { asId, asText, whole } from "./fields.js";
import { parse, write } from "./jsontext.js";
import { fill } from "./padding.js";
import { b64, join, kdf, u32, u64 } from "./primitives.js";

const KIB = 1024;
const LENGTH = 4;
const NONCE = 12;
const TAG = 16;
/** A note in clear has one of these sizes, so that the server cannot follow how much somebody says. */
const SIZES = [4 * KIB, 16 * KIB, 64 * KIB] as const;

export interface IntakeNote {
  /** As it shall stand in the report. */
  readonly text: string;
  readonly language: string;
  /** How to reach the person, if they agreed to that. */
  readonly contact?: string | undefined;
  /** The desk that it is meant for. */
  readonly desk?: Uint8Array | undefined;
}

/** @param secret - the vault's index key */
export async function notebookKey(secret: Uint8Array, member: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", owned(notebookKeyBytes(secret, member)), "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** The key in bytes, for the test vectors. */
export function notebookKeyBytes(secret: Uint8Array, member: Uint8Array): Uint8Array {
  return kdf(secret, "notebook", member);
}

/** What a sealed note is bound to: whose it is, its own id of 16 bytes, and how often it was written. */
export function noteBinding(member: Uint8Array, note: Uint8Array, version: number): Uint8Array {
  return join(member, note, u64(version));
}

/**
 * A sealed note: nonce, ciphertext, tag. `nonce` is 12 random bytes, never used twice.
 *
 * @throws MalformedError `note-long`
 */
export async function sealNote(key: CryptoKey, binding: Uint8Array, note: IntakeNote, nonce: Uint8Array): Promise<Uint8Array> {
  const how = { name: "AES-GCM", iv: owned(nonce), additionalData: owned(binding) };
  return join(nonce, new Uint8Array(await crypto.subtle.encrypt(how, key, owned(writeIntakeNote(note)))));
}

/** @throws CannotOpenError `note-sealed`; MalformedError as `readIntakeNote` */
export async function openNote(key: CryptoKey, binding: Uint8Array, sealed: Uint8Array): Promise<IntakeNote> {
  if (sealed.length < NONCE + TAG) throw notThis();
  const how = { name: "AES-GCM", iv: owned(sealed.subarray(0, NONCE)), additionalData: owned(binding) };
  let plain: ArrayBuffer;
  try {
    plain = await crypto.subtle.decrypt(how, key, owned(sealed.subarray(NONCE)));
  } catch {
    throw notThis();
  }
  return readIntakeNote(new Uint8Array(plain));
}

/** A note in clear, filled up; throws MalformedError `note-long`. */
export function writeIntakeNote({ text, language, contact, desk }: IntakeNote): Uint8Array {
  const bytes = write({
    v: 1, kind: "intake", text, language, ...(contact !== undefined && { contact }), ...(desk !== undefined && { desk: b64(desk) }),
  });
  const size = SIZES.find((one) => LENGTH + bytes.length <= one);
  if (size === undefined) throw new MalformedError("note-long", "A note is longer than a report may be.");
  return fill(join(u32(bytes.length), bytes), size);
}

/** @throws MalformedError `note-form` (another size, or filled with something), or as JSON does */
export function readIntakeNote(plain: Uint8Array): IntakeNote {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.length);
  const end = plain.length < LENGTH ? Infinity : LENGTH + view.getUint32(0);
  if (!(SIZES as readonly number[]).includes(plain.length) || end > plain.length || plain.subarray(end).some((byte) => byte !== 0)) {
    throw new MalformedError("note-form", "A note does not have the form that its format asks for.");
  }
  return whole(parse(plain.subarray(LENGTH, end), SIZES[2]), (fields) => {
    fields.is("v", 1);
    fields.is("kind", "intake");
    return {
      text: fields.text("text"), language: fields.text("language"), contact: fields.optional("contact", asText),
      desk: fields.optional("desk", asId),
    };
  });
}

/** Web Cryptography takes no view of shared memory, and the types say so. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}

function notThis(): CannotOpenError {
  return new CannotOpenError("note-sealed", "A note is another one, or was altered.");
}

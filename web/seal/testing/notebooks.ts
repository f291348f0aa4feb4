import { noteBinding, notebookKeyBytes, openNote, readIntakeNote, sealNote, writeIntakeNote, type IntakeNote } from "../notebook.js";
import { join } from "../primitives.js";
import type { Input, Operation } from "./input.js";

function key(i: Input): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", new Uint8Array(i.bytes("key")), "AES-GCM", false, ["encrypt", "decrypt"]);
}

function binding(i: Input): Uint8Array {
  return noteBinding(i.bytes("member"), i.bytes("note"), i.number("version"));
}

function says(i: Input): IntakeNote {
  const [one] = i.objects("says");
  if (one === undefined) throw new RangeError("a note is needed");
  return {
    text: one.text("text"), language: one.text("language"), contact: one.has("contact") ? one.text("contact") : undefined,
    desk: one.has("desk") ? one.bytes("desk") : undefined,
  };
}

function told({ text, language, contact, desk }: IntakeNote): unknown {
  return { text, language, ...(contact !== undefined && { contact }), ...(desk !== undefined && { desk }) };
}

export const NOTEBOOKS: Readonly<Record<string, Operation>> = {
  "key": (i) => notebookKeyBytes(i.bytes("secret"), i.bytes("member")),
  "seal": async (i) => sealNote(await key(i), binding(i), says(i), i.bytes("nonce")),
  "open": async (i) => told(await openNote(await key(i), binding(i), i.bytes("sealed"))),
  "write": (i) => {
    const bytes = writeIntakeNote(says(i));
    return { content: bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1), size: bytes.length };
  },
  "read": (i) => {
    const bytes = i.bytes("content");
    return told(readIntakeNote(join(bytes, new Uint8Array(i.number("size") - bytes.length))));
  },
};

/** An exported case put together and sealed. Runs in a worker of its own, which ends with it. */
import { wordlist } from "@scure/bip39/wordlists/english.js";

import { seal } from "../seal/age.js";
import { writeArchive } from "../seal/archive.js";
import { archived, DOCUMENTS, envelopePlace, PAGE, writeList, type ExportedCase } from "../seal/exportedcase.js";
import type { Json } from "../seal/jsontext.js";
import { sealWith } from "../seal/passphrases.js";
import { H, random } from "../seal/primitives.js";
import { pack } from "../seal/words.js";
import type { Faces } from "./lines.js";
import { writePdf } from "./pdf.js";
import type { Answers, Composition } from "./protocol.js";

/** Nobody chooses them, so nobody chooses weak ones: 88 bits, and every guess at them costs a second. */
const WORDS = 8, WORD_BYTES = 11;

export interface Composed {
  readonly exported: ExportedCase;
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

export async function compose({ posts, files, documents, page, ...what }: Composition, faces: Faces): Promise<Composed> {
  const pdf = await writePdf(page, faces);
  const exported: ExportedCase = {
    ...what, page: H(pdf), documents: H(documents),
    posts: posts.map(({ envelope, ...post }) => ({ ...post, hash: H(envelope) })),
    files: files.map(({ content, ...file }) => ({ ...file, hash: content && H(content) })),
  };
  const contents = new Map<string, Uint8Array>([[PAGE, pdf], [DOCUMENTS, documents]]);
  for (const post of posts) contents.set(envelopePlace(post), post.envelope);
  for (const { part, content } of files) if (part !== undefined && content !== undefined) contents.set(part, content);
  return { exported, contents };
}

export function digestOf({ exported }: Composed): Uint8Array {
  return H(writeList(exported));
}

export async function sealed({ exported, contents }: Composed, row: Uint8Array, promise: Json, recipients: readonly string[]): Promise<Answers["seal"]> {
  const archive = writeArchive(archived(exported, { row, promise }, contents));
  if (recipients.length > 0) return { file: await seal(archive, recipients), words: [] };
  const words = pack(random(WORD_BYTES), WORDS, wordlist);
  return { file: await sealWith(archive, words.join(" ")), words };
}

/** A passphrase as the way into an age file that leaves the office: the stanza `scrypt` (C2SP age specification). */
import { Decrypter, Encrypter } from "age-encryption";

import { headerSize, type Head } from "./age.js";
import { CannotOpenError, MalformedError } from "./errors.js";
import { join, random } from "./primitives.js";
import * as stream from "./stream.js";

/** 2^18 rounds, a second or so, as the age tool writes it. */
export const WORK = 18;
/** A file that asks for more would hold up whoever opens it; the age tool refuses the same. */
const MOST_WORK = 22;
const STANZA = /^-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)$/;

/** An age file that these words open, and nothing else. */
export async function sealWith(plain: Uint8Array, passphrase: string, work = WORK): Promise<Uint8Array> {
  const { start, head } = await beginWith(passphrase, work);
  return join(start, stream.seal(head.key, plain));
}

/** Header and nonce of a new file that these words open, and the key for its chunks. */
export async function beginWith(passphrase: string, work = WORK): Promise<{ start: Uint8Array; head: Head }> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(work);
  encrypter.setPassphrase(passphrase);
  const empty = await encrypter.encrypt(new Uint8Array(0));
  // The library gives no file key: it is read out of the header, as whoever has the words does.
  const start = join(empty.subarray(0, headerSize(empty)), random(stream.NONCE_SIZE));
  return { start, head: await readHeadWith(start, passphrase, work) };
}

/** Whether a passphrase is the way into this file. */
export function asksForPassphrase(file: Uint8Array): boolean {
  return linesOf(file).some((line) => line.startsWith("-> scrypt"));
}

/**
 * @param most - rounds, as a power of two, that are waited for
 * @throws MalformedError `age-header` where the way in is not alone, or asks for too much work
 * @throws CannotOpenError `not-mine` for other words, `age-payload`
 */
export async function unsealWith(file: Uint8Array, passphrase: string, most = MOST_WORK): Promise<Uint8Array> {
  const head = await readHeadWith(file, passphrase, most);
  return stream.unseal(head.key, file.subarray(head.size));
}

/**
 * The keys of a file, from its first bytes: all of the header and the nonce, at least.
 *
 * @throws MalformedError `age-header`
 * @throws CannotOpenError `not-mine`
 */
export async function readHeadWith(file: Uint8Array, passphrase: string, most = MOST_WORK): Promise<Head> {
  const stanzas = linesOf(file).filter((line) => line.startsWith("-> "));
  if (!asksForPassphrase(file)) throw notMine();
  const work = STANZA.exec(stanzas[0] ?? "")?.[1];
  // Alone, so that who opens it knows that somebody with the same words wrote it (age specification).
  if (stanzas.length !== 1 || work === undefined || Number(work) > most) {
    throw new MalformedError("age-header", "This is not a sealed file as we write them: passphrase.");
  }
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const end = headerSize(file), nonce = file.subarray(end, end + stream.NONCE_SIZE);
  if (nonce.length !== stream.NONCE_SIZE) throw new MalformedError("age-header", "This is not a sealed file as we write them.");
  let fileKey: Uint8Array;
  try {
    fileKey = await decrypter.decryptHeader(file.slice(0, end));
  } catch {
    throw notMine();
  }
  return { fileKey, key: stream.payloadKey(fileKey, nonce), size: end + stream.NONCE_SIZE };
}

function linesOf(file: Uint8Array): string[] {
  return new TextDecoder().decode(file.subarray(0, headerSize(file))).split("\n");
}

function notMine(): CannotOpenError {
  return new CannotOpenError("not-mine", "This file was not sealed for you.");
}

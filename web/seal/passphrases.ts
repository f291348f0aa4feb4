/** A passphrase as the way into an age file that leaves the office: the stanza `scrypt` (C2SP age specification). */
import { Decrypter, Encrypter } from "age-encryption";

import { headerSize } from "./age.js";
import { CannotOpenError, MalformedError } from "./errors.js";

/** 2^18 rounds, a second or so, as the age tool writes it. */
export const WORK = 18;
/** A file that asks for more would hold up whoever opens it; the age tool refuses the same. */
const MOST_WORK = 22;
const STANZA = /^-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)$/;

/** An age file that these words open, and nothing else. */
export function sealWith(plain: Uint8Array, passphrase: string, work = WORK): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(work);
  encrypter.setPassphrase(passphrase);
  return encrypter.encrypt(plain);
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
  const stanzas = linesOf(file).filter((line) => line.startsWith("-> "));
  if (!asksForPassphrase(file)) throw notMine();
  const work = STANZA.exec(stanzas[0] ?? "")?.[1];
  // Alone, so that who opens it knows that somebody with the same words wrote it (age specification).
  if (stanzas.length !== 1 || work === undefined || Number(work) > most) {
    throw new MalformedError("age-header", "This is not a sealed file as we write them: passphrase.");
  }
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    await decrypter.decryptHeader(file.slice(0, headerSize(file)));
  } catch {
    throw notMine();
  }
  try {
    return await decrypter.decrypt(file);
  } catch {
    throw new CannotOpenError("age-payload", "A sealed file was altered.");
  }
}

function linesOf(file: Uint8Array): string[] {
  return new TextDecoder().decode(file.subarray(0, headerSize(file))).split("\n");
}

function notMine(): CannotOpenError {
  return new CannotOpenError("not-mine", "This file was not sealed for you.");
}

/** What the report door may use: no Argon2, no root keys, no key files, so that the page stays small. */
export { begin, readHead, resume, seal, unseal } from "./age.js";
export * from "./attachment.js";
export * from "./author.js";
export * from "./bodies.js";
export { Chains, type Problem } from "./chain.js";
export {
  independentDesks, inForce, proveCharter, proveEarlier, readCharter, type Charter, type Custody, type Desk, type Peer,
} from "./charter.js";
export * from "./document.js";
export {
  checkSignature, readEnvelope, writeEnvelope, type By, type Chain, type Envelope, type FileName, type Header, type Kind,
} from "./envelope.js";
export { CannotOpenError, MalformedError, RefusedError, SealError } from "./errors.js";
export { cardIdentity, dealIdentity, sealReport, type Drop, type Filing } from "./filing.js";
export { parse, write, type Json, type JsonObject } from "./jsontext.js";
export * from "./manifest.js";
export * from "./own.js";
export { padme, sizeClass } from "./padding.js";
export * from "./parcel.js";
export * from "./post.js";
export { b64, H, kdf, random, same, sign, unb64, utf8, verifies, verify, type Label } from "./primitives.js";
export type { Proven } from "./proven.js";
export * from "./receipt.js";
export { composeMessage, composeRekey, type Destination, type Reply } from "./replies.js";
export { checkRecipient, identity, Identity, recipientHash, type Opener, type Recipient } from "./recipients.js";
export { hasRole, proveEntry, readEntry, type Entry, type Proof } from "./roster.js";
export type { RootDocument, RootKey } from "./root.js";
export type { Sheet } from "./sheet.js";
export { keptName, keptType, shownName } from "./shownname.js";
export * from "./statement.js";
export * as stream from "./stream.js";
export * from "./thread.js";
export * from "./words.js";

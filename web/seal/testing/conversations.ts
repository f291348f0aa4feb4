import { readAccess, writeAccess } from "../access.js";
import * as bodies from "../bodies.js";
import { proveCaseKeys } from "../casekeys.js";
import { readCharter } from "../charter.js";
import { checkSignature, readEnvelope, type Envelope } from "../envelope.js";
import { readErrand, writeErrand } from "../errand.js";
import { cardIdentity } from "../filing.js";
import { inviteId, joiningWords, proveJoining, readJoining, readJoiningFile } from "../invitation.js";
import { parse, write } from "../jsontext.js";
import { proveDeskKeys } from "../keys.js";
import { readCopyAnswer, readGivenCopy, writeCopyAnswer, writeGivenCopy } from "../copies.js";
import { readNote, writeNote } from "../notes.js";
import { readOwn, writeOwn } from "../own.js";
import { readParcel } from "../parcel.js";
import { received, searchTag } from "../post.js";
import { b64, join } from "../primitives.js";
import { protectionSlipJson, readProtectionSlip } from "../protecting.js";
import { asProven } from "../proven.js";
import { checkReceiptInside } from "../receipt.js";
import { readSheet } from "../sheet.js";
import { proveStatement, readStatement } from "../statement.js";
import { readThread, type Found, type Reader } from "../thread.js";
import type { Input, Operation } from "./input.js";
import { ALL_LISTS, wordList } from "./wordlists.js";

/** Vectors leave out the zeros at the end of an envelope. */
function content(i: Input): Uint8Array {
  const bytes = i.bytes("content");
  return join(bytes, new Uint8Array(i.number("size") - bytes.length));
}

function header(bytes: Uint8Array): unknown {
  const at = "fairline/1\n".length;
  const length = new DataView(bytes.buffer).getUint32(at);
  return parse(bytes.subarray(at + 4, at + 4 + length));
}

const READERS: Readonly<Record<string, (body: Uint8Array) => Uint8Array>> = {
  "report": (body) => bodies.writeReport(bodies.readReport(body)),
  "message r": (body) => bodies.writeMessage(bodies.readMessage(body, "r")),
  "message o": (body) => bodies.writeMessage(bodies.readMessage(body, "o")),
  "rekey": (body) => bodies.writeRekey(bodies.readRekey(body)),
  "note": (body) => writeNote(readNote(body)),
  "notice": (body) => bodies.writeText(bodies.readText(body)),
  "handover": (body) => bodies.writeHandover(bodies.readHandover(body)),
  "identity": (body) => bodies.writeIdentityCard(bodies.readIdentityCard(body)),
  "share": (body) => bodies.writeShare(bodies.readShare(body)),
  "own": (body) => writeOwn(readOwn(body)),
  "copy": (body) => writeGivenCopy(readGivenCopy(body)),
  "access": (body) => writeAccess(readAccess(body)),
  "copy answer": (body) => writeCopyAnswer(readCopyAnswer(body)),
  "protection slip": (body) => write(protectionSlipJson(readProtectionSlip(parse(body)))),
  "keys desk": (body) => bodies.writeDeskKeys(bodies.readDeskKeys(body)),
  "keys case": (body) => bodies.writeCaseKeys(bodies.readCaseKeys(body)),
};

export const ENVELOPES: Readonly<Record<string, Operation>> = {
  "read-envelope": (i) => {
    const { body, c }: Envelope = readEnvelope(content(i));
    return { header: header(content(i)), body, c };
  },
  "check-signature": (i) => {
    checkSignature(readEnvelope(content(i)), i.bytes("key"));
    return true;
  },
  "read-body": (i) => {
    const read = READERS[i.text("kind")];
    if (read === undefined) throw new RangeError("a body of no known kind");
    return read(i.bytes("body"));
  },
};

export const THREADS: Readonly<Record<string, Operation>> = {
  "read-thread": (i) => {
    const charter = asProven(readCharter(i.bytes("charter")));
    const reader: Reader = {
      office: i.bytes("office"), desk: i.bytes("desk"), thread: i.bytes("thread"),
      readNote, side: i.text("side") as Reader["side"], own: i.all("own"), audience: i.all("audience"),
      charterOf: (number) => (number === charter.number ? charter : undefined),
      reporter: i.has("reporter") ? i.bytes("reporter") : undefined, inCase: i.has("in_case"),
    };
    const found = i.objects("found").map((one): Found => (
      { chain: one.text("chain") as Found["chain"], n: one.number("n"), bytes: content(one) }));
    const thread = readThread(found, reader);
    return {
      posts: thread.posts.map((post) => [post.chain, post.n, post.kind]),
      refused: thread.refused.map((one) => [one.chain, one.n, one.error.code]),
      problems: thread.problems.map((one) => [one.chain, one.n, one.code]),
      reporter: thread.reporter?.sign ?? null,
      generation: thread.handover?.generation ?? null,
    };
  },
};

export const KEYS: Readonly<Record<string, Operation>> = {
  "prove-keys": (i) => {
    const charter = asProven(readCharter(i.bytes("charter")));
    const { c, author, epochs } = proveDeskKeys(content(i), {
      office: i.bytes("office"), desk: i.bytes("desk"), n: i.number("n"),
      charterOf: (number) => (number === charter.number ? charter : undefined),
      sheet: asProven(readSheet(i.bytes("sheet"))), own: i.all("own"),
      paper: i.has("paper") ? i.bytes("paper") : undefined, acted: (named) => b64(named) === i.text("acted"),
    });
    return { c, author: author.id, epochs: epochs.map((epoch) => epoch.number) };
  },
};

function caseHandover(body: Uint8Array): bodies.CaseHandover {
  const found = bodies.readHandover(body);
  if (!("generation" in found)) throw new RangeError("an opening");
  return found;
}

export const CASE_KEYS: Readonly<Record<string, Operation>> = {
  "prove-case-keys": (i) => {
    const charter = asProven(readCharter(i.bytes("charter")));
    const { c, author, generations } = proveCaseKeys(content(i), {
      office: i.bytes("office"), desk: i.bytes("desk"), thread: i.bytes("thread"), n: i.number("n"),
      handovers: i.all("handovers").map(caseHandover), report: i.bytes("report"),
      charterOf: (number) => (number === charter.number ? charter : undefined), own: i.all("own"),
      acted: (named) => b64(named) === i.text("acted"),
    });
    return { c, author: author.id, generations: generations.map((one) => one.number) };
  },
};

export const FILINGS: Readonly<Record<string, Operation>> = {
  "read-parcel": (i) => {
    const { head, files } = readParcel(i.bytes("parcel"));
    return { head, files: files.map((file) => [file.as, file.bytes]) };
  },
  "search-tag": (i) => searchTag(i.bytes("tag"), i.text("chain") as "r" | "o", i.number("n")),
  "received": (i) => received(i.all("files"), i.has("attachments") ? i.all("attachments") : []),
  "identity-key": (i) => cardIdentity(i.bytes("K"), i.bytes("K2"), i.bytes("thread")).recipient,
  "receipt-inside": (i) => {
    checkReceiptInside(i.bytes("receipt"), [i.text("text")], ALL_LISTS);
    return true;
  },
  "prove-statement": (i) => {
    const roster = { depth: i.number("depth"), root: i.bytes("root") };
    const charter = asProven({ number: i.number("charter"), roster });
    return proveStatement(readStatement(i.json("statement")), charter, i.bytes("thread"), i.bytes("reporter")).id;
  },
  "read-errand": (i) => writeErrand(readErrand(i.text("text"))),
  "prove-joining": (i) =>
    proveJoining(readJoiningFile(i.json("file")), i.bytes("office"), i.bytes("secret"), i.bytes("F")).id,
  "read-joining": (i) => readJoining(i.bytes("doc")).id,
  "joining-words": (i) => joiningWords(i.bytes("doc"), wordList(i.text("list"))),
  "invite-id": (i) => inviteId(i.bytes("secret"), i.bytes("F")),
};

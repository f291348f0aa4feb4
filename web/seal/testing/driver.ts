/** Does on the TypeScript side what `tests/seal/test_both_languages.py` asks: one JSON request in, one answer out. */
import { readFileSync } from "node:fs";

import { seal, unseal } from "../age.js";
import { readReport, writeMessage } from "../bodies.js";
import { readCharter } from "../charter.js";
import { readEnvelope } from "../envelope.js";
import { SealError } from "../errors.js";
import { sealReport } from "../filing.js";
import { readJoining } from "../invitation.js";
import { parse, type Json } from "../jsontext.js";
import { parseManifest, proveManifest, type VerifiedManifest } from "../manifest.js";
import { readOwn } from "../own.js";
import { readNote } from "../notes.js";
import { readParcel } from "../parcel.js";
import { sealPost } from "../post.js";
import { b64 } from "../primitives.js";
import { derive } from "../receipt.js";
import { identity, recipientHash } from "../recipients.js";
import { composeMessage } from "../replies.js";
import { readRoot } from "../root.js";
import { readEntry, readProof } from "../roster.js";
import { readSheet } from "../sheet.js";
import { readThread, type Found, type Reader, type Thread } from "../thread.js";
import { openVault, readVault, sealVault } from "../vault.js";
import { Input } from "./input.js";

function manifestOf(i: Input): VerifiedManifest {
  return proveManifest(parseManifest(i.bytes("manifest")), {
    today: i.text("today"), pins: { F: i.bytes("F") }, logged: () => true,
  });
}

function found(i: Input): Found[] {
  return i.objects("found").map((one) => ({
    chain: one.text("chain") as Found["chain"], n: one.number("n"), bytes: one.bytes("bytes"),
  }));
}

function read(i: Input, manifest: VerifiedManifest): Thread {
  const sheet = manifest.sheets.get(i.text("desk"));
  if (sheet === undefined) throw new Error("no such desk");
  const common = {
    office: manifest.office, desk: i.bytes("desk"), thread: i.bytes("thread"), audience: [recipientHash(sheet.recipient)],
    charterOf: (number: number) => (number === manifest.charter.number ? manifest.charter : undefined),
    readNote,
  };
  let reader: Reader;
  if (i.has("receipt")) {
    const { box, signPublic } = derive(i.bytes("receipt"), manifest.office);
    reader = { ...common, side: "reporter", own: [recipientHash(box.recipient)], reporter: signPublic };
  } else {
    reader = { ...common, side: "office", own: [recipientHash(sheet.recipient)] };
  }
  return readThread(found(i), reader);
}

function told(thread: Thread): Json {
  return {
    posts: thread.posts.map((post) => {
      const said = post.kind === "report" ? [...post.body.answers.values()].join("\n") : "text" in post.body ? post.body.text : "";
      return { chain: post.chain, n: post.n, kind: post.kind, c: b64(post.c), said };
    }),
    refused: thread.refused.map((one) => one.error.code),
    problems: thread.problems.map((one) => one.code),
  };
}

/** What each reader says of bytes: the code of its refusal, or nothing if it takes them. */
const READERS: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  json: parse, envelope: readEnvelope, parcel: readParcel, manifest: parseManifest, charter: readCharter, root: readRoot,
  sheet: readSheet, entry: readEntry, vault: readVault, report: readReport, own: readOwn, joining: readJoining,
};

function verdict(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): string {
  try {
    read(bytes);
    return "";
  } catch (error) {
    if (error instanceof SealError) return error.code;
    throw error;
  }
}

const ACTS: Readonly<Record<string, (i: Input) => Json | Promise<Json>>> = {
  "seal": async (i) => b64(await seal(i.bytes("plain"), i.texts("recipients"))),
  "unseal": async (i) => b64(await unseal(i.bytes("file"), [identity(i.bytes("seed"))])),
  "file": async (i) => {
    const { charter, sheets } = manifestOf(i);
    const sheet = sheets.get(i.text("desk"));
    if (sheet === undefined) throw new Error("no such desk");
    const drop = await sealReport({
      charter, sheet, receipt: i.bytes("receipt"), answers: new Map([["what", i.text("said")]]), language: "en",
      card: { name: i.text("name"), contact: "", note: "" }, answerable: true,
    });
    return { parcel: b64(drop.parcel), leaf: b64(drop.leaf) };
  },
  "read": (i) => told(read(i, manifestOf(i))),
  "answer": async (i) => {
    const manifest = manifestOf(i);
    const thread = read(i, manifest);
    const sheet = manifest.sheets.get(i.text("desk"));
    if (thread.reporter === undefined || sheet === undefined) throw new Error("nobody to answer");
    const post = await sealPost({
      office: manifest.office, desk: i.bytes("desk"), thread: i.bytes("thread"), kind: "message", chain: "o",
      n: (thread.chains.head("o") ?? -1) + 1, prev: thread.chains.newest("o"), seen: thread.chains.newest("r"),
      body: writeMessage({ text: i.text("text"), language: "en" }), audience: sheet.recipient,
      box: thread.reporter.box, tag: thread.reporter.tag, seed: i.bytes("sign"),
      by: { entry: i.bytes("entry"), proof: readProof(i.json("proof")) },
    });
    return { own: b64(post.files[1]?.bytes ?? new Uint8Array(0)), leaf: b64(post.leaf ?? new Uint8Array(0)) };
  },
  "reply": async (i) => {
    const manifest = manifestOf(i);
    const sheet = manifest.sheets.get(i.text("desk"));
    if (sheet === undefined) throw new Error("no such desk");
    const mailbox = derive(i.bytes("receipt"), manifest.office);
    const { parcel } = await composeMessage(read(i, manifest), mailbox, { text: i.text("text"), language: "en" }, {
      office: manifest.office, desk: i.bytes("desk"), thread: i.bytes("thread"), recipient: sheet.recipient,
      audience: { epoch: sheet.epoch },
    });
    return { parcel: b64(parcel) };
  },
  "judge": (i) => {
    const reader = READERS[i.text("reader")];
    if (reader === undefined) throw new Error("no such reader");
    return i.all("texts").map((bytes) => verdict(reader, bytes));
  },
  "seal-vault": async (i) => b64(await sealVault(i.bytes("seed"), readVault(i.bytes("vault")))),
  "open-vault": async (i) => b64((await openVault(i.bytes("file"), i.bytes("seed"), i.bytes("member"))).sign),
};

const request = JSON.parse(readFileSync(0, "utf8")) as Record<string, unknown>;
const act = ACTS[String(request["do"])];
if (act === undefined) throw new Error("no such act");
process.stdout.write(JSON.stringify(await act(new Input(request))));

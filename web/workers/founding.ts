/** Founding an office: root, charter, first desk and its keys, all in one browser, before anything is stored. */
import { plusDays } from "../elements/days.js";
import { CHARTER_DAYS, writeCharter } from "../seal/charter.js";
import { fileJson, signDocument } from "../seal/document.js";
import { RefusedError } from "../seal/errors.js";
import type { JsonObject } from "../seal/jsontext.js";
import { b64, H, publicKey, random } from "../seal/primitives.js";
import { identity, recipientHash } from "../seal/recipients.js";
import { writeRoot } from "../seal/root.js";
import { rootKey, rootSigningSeed } from "../seal/rootkeys.js";
import { buildRoster, proofJson, proofOf, readEntry, writeEntry } from "../seal/roster.js";
import { newVault } from "../seal/vault.js";
import { signAct, type SignedAct } from "./acts.js";
import { hold, Keyring } from "./keyring.js";
import { makeDesk, type DeskWire } from "./newdesk.js";
import "./protocol.js";
import { register } from "./registry.js";
import { makeWays, requireTypedBack, vaultIsStored, type MadeWays, type PrintedSheet, type StoredWays } from "./ways.js";

export interface FoundingWish {
  readonly office: Uint8Array;
  readonly names: Readonly<Record<string, string>>;
  readonly zone: string;
  readonly today: string;
  readonly record: { readonly host: string; readonly promise: Uint8Array; readonly checkpoint: Uint8Array };
  /** How reporting persons will see the first administrator. */
  readonly alias: string;
  readonly passphrase: string;
  readonly language: string;
  readonly desk: { readonly names: Readonly<Record<string, string>>; readonly form: Uint8Array; readonly profile: Uint8Array };
  readonly reason: string;
}

/** Everything of the new office; base64url. The page adds names, the set-up code and the telephone's secret. */
export interface FoundingWire {
  readonly root: JsonObject;
  readonly charter: JsonObject;
  readonly desk: DeskWire;
  readonly entry: string;
  readonly proof: JsonObject;
  readonly recipient: string;
  readonly vault: string;
  readonly ways: StoredWays;
  readonly act: SignedAct;
}

declare module "./protocol.js" {
  interface Acts {
    /** Make all keys and documents; what comes back is printed. */
    "found": Act<FoundingWish, PrintedSheet>;
    /** The printed words typed back; then everything for the server. Throws `typed-back`. */
    "found-typed": Act<{ readonly typed: readonly string[] }, FoundingWire>;
    /** The server has stored it: the keys are unlocked from here on. */
    "found-stored": Act<null, null>;
  }
}

interface Founded {
  readonly made: MadeWays;
  readonly wire: FoundingWire;
  readonly keys: Keyring;
}
let founded: Founded | undefined;

register("found", async (wish, { progress }) => {
  const { office, today } = wish;
  const member = random(16);
  const rootSeed = random(32);
  const signing = rootSigningSeed(rootSeed);
  const rootDoc = writeRoot({ office, number: 0, prev: undefined, keys: [rootKey(rootSeed)], threshold: 1 });
  const vault = newVault(member, H(rootDoc), rootSeed);
  const { recipient } = identity(vault.seal);
  const maker = { office, member, recipient, sign: vault.sign };
  const desk = makeDesk(maker, { ...wish.desk, reason: wish.reason });
  const deskId = b64(desk.charterRow.id);
  const entry = readEntry(writeEntry({
    id: member, sign: publicKey(vault.sign), recipient: recipientHash(recipient), alias: wish.alias,
    roles: ["administrator", `handler@${deskId}`, `lead@${deskId}`],
  }));
  const roster = buildRoster([entry.bytes]);
  const proof = proofOf(roster, roster.places[0] ?? 0, 0);
  const charter = writeCharter({
    office, number: 0, prev: undefined, root: 0, from: today, notAfter: plusDays(today, CHARTER_DAYS), zone: wish.zone,
    names: new Map(Object.entries(wish.names)), desks: [desk.charterRow], roster, custody: undefined, oversight: undefined,
    paper: undefined, record: wish.record, witnesses: [], vouchers: undefined, noscript: undefined, peers: [],
  });
  const [made, deskWire] = await Promise.all([
    makeWays(vault, wish.passphrase, wish.language, progress), desk.sealed({ entry, proof }),
  ]);
  founded = {
    made,
    keys: new Keyring(office, member, vault, [identity(vault.seal)], publicKey(vault.sign)),
    wire: {
      root: fileJson({ doc: rootDoc, signatures: [signDocument(signing, "root", rootDoc)], by: [] }),
      charter: fileJson({ doc: charter, signatures: [signDocument(signing, "charter", charter)], by: [] }),
      desk: deskWire, entry: b64(entry.bytes), proof: proofJson(proof), recipient, vault: b64(made.file), ways: made.stored,
      act: signAct(vault.sign, member, 1, {
        act: "found", subject: office, after: H(charter), more: { keys: deskWire.keys.commitment },
      }),
    },
  };
  return made.sheet;
});

register("found-typed", ({ typed }) => {
  const { made, wire } = begun();
  requireTypedBack(made.sheet, typed);
  return wire;
});

register("found-stored", () => {
  const { made, keys } = begun();
  vaultIsStored({ seed: made.seed, hash: H(made.file) });
  hold(keys);
  founded = undefined;
  return null;
});

function begun(): Founded {
  if (founded === undefined) throw new RefusedError("not-begun", "Please begin again: nothing was stored.");
  return founded;
}

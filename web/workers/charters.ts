/** Proposing and signing the next charter: what changes is shown before anything is signed. */
import { readCharter, type Desk } from "../seal/charter.js";
import { parseFile, signDocument } from "../seal/document.js";
import { RefusedError } from "../seal/errors.js";
import { parse } from "../seal/jsontext.js";
import { climb, leafHash } from "../seal/merkle.js";
import { b64, H, publicKey, same, unb64 } from "../seal/primitives.js";
import { readRoot, type RootDocument, type RootKey } from "../seal/root.js";
import { rootSigningSeed } from "../seal/rootkeys.js";
import { proofJson, readEntry, readProof, requireWhole, type Entry } from "../seal/roster.js";
import { signAct, type SignedAct } from "./acts.js";
import { changesTo, type Change, type WordsOf } from "./changes.js";
import { compose, desksNow, requireFollows, type Candidate, type Composed } from "./composing.js";
import type { CustodyWish } from "./custody.js";
import { withIndependence, type IndependenceWish } from "./independence.js";
import { keyring, type Keyring } from "./keyring.js";
import { makeDesk, type DeskWire, type DeskWish, type NewDesk } from "./newdesk.js";
import { provenJoining, type JoiningRow } from "./people.js";
import "./protocol.js";
import { register } from "./registry.js";
import { joiningOf, requireSound } from "./sound.js";
import { listOf } from "./wordlists.js";
import { joiningWords, readJoining } from "../seal/invitation.js";

/** What an administrator wishes to change. Everything else stays as it is. */
export interface Wishes {
  readonly join?: readonly { readonly row: JoiningRow; readonly roles: readonly string[]; readonly alias: string }[];
  readonly leave?: readonly string[];
  readonly roles?: readonly { readonly member: string; readonly roles: readonly string[]; readonly alias: string }[];
  readonly desk?: DeskWish;
  readonly independence?: IndependenceWish;
  readonly custody?: CustodyWish;
  /** The offices to refer to, all of them; F in base64url. */
  readonly peers?: readonly { readonly F: string; readonly host: string }[];
  readonly names?: Readonly<Record<string, string>>;
}

/** One administrator's signatures; a part that this key does not sign is left out. */
export interface Signatures {
  readonly key: string;
  readonly root?: string;
  readonly charter?: string;
}

export interface ProposalWire {
  readonly root?: string;
  readonly charter: string;
  readonly roster: readonly { readonly entry: string; readonly proof: unknown }[];
  readonly filler: string;
  readonly desk?: DeskWire;
  readonly signatures: Signatures;
  readonly act: SignedAct;
}

/** A root key of a member as the server tells of it; only keys that the root document in force proves are used. */
export interface RootRow {
  readonly member: string;
  readonly ed25519: Uint8Array;
}

declare module "./protocol.js" {
  interface Acts {
    /** Make the next charter from wishes and tell what it changes. */
    "compose-charter": Act<
      { readonly wishes: Wishes; readonly roots: readonly RootRow[]; readonly today: string; readonly language: string },
      readonly Change[]
    >;
    /** Sign what was composed last. */
    "sign-composed": Act<{ readonly counter: number }, ProposalWire>;
    /**
     * Check a colleague's proposal against what is in force and tell what it changes, as its documents say it.
     * Throws as `requireSound`.
     */
    "review-proposal": Act<
      {
        readonly root: Uint8Array | null; readonly charter: Uint8Array;
        readonly roster: readonly { readonly entry: Uint8Array; readonly proof: Uint8Array }[];
        readonly filler: Uint8Array;
        /** The document file of a new desk's sheet, and answers to invitations, as the server has them. */
        readonly sheet: Uint8Array | null; readonly joinings: readonly Uint8Array[];
        readonly language: string;
      },
      readonly Change[]
    >;
    /** Sign what was reviewed last. */
    "sign-reviewed": Act<{ readonly counter: number }, { readonly signatures: Signatures; readonly act: SignedAct }>;
  }
}

let composed: (Composed & { readonly desk: NewDesk | undefined }) | undefined;
let reviewed: { readonly root: RootDocument | undefined; readonly charter: Uint8Array } | undefined;

register("compose-charter", ({ wishes, roots, today, language }) => {
  const keys = keyring();
  const maker = { office: keys.office, member: keys.member, recipient: keys.place.recipient, sign: keys.vault.sign };
  const desk = wishes.desk === undefined ? undefined : makeDesk(maker, wishes.desk);
  const people = candidates(keys, wishes, roots, desk);
  const desks: Desk[] = [...withIndependence(desksNow(keys), wishes.independence), ...(desk === undefined ? [] : [desk.charterRow])];
  const names = wishes.names === undefined ? keys.manifest.charter.names : new Map(Object.entries(wishes.names));
  const peers = wishes.peers?.map(({ F, host }) => ({ F: unb64(F, 32), host }));
  const made = compose(keys, { people, desks, names, custody: wishes.custody, peers, today });
  composed = { ...made, desk };
  const root = made.root === undefined ? undefined : readRoot(made.root);
  const joinings = (wishes.join ?? []).map(({ row }) => unb64(row.doc));
  return changesTo(readCharter(made.charter), made.entries.map(({ entry }) => entry), root, keys, wordsIn(joinings, language), listOf(language));
});

function wordsIn(joinings: readonly Uint8Array[], language: string): WordsOf {
  return (entry) => {
    const doc = joiningOf(entry, joinings);
    return doc === undefined ? [] : joiningWords(doc, listOf(language));
  };
}

register("sign-composed", async ({ counter }) => {
  const keys = keyring();
  if (composed === undefined) throw new RefusedError("not-begun", "Please begin again: nothing was changed.");
  const { root, charter, entries, filler, desk } = composed;
  // Another may have come into force since the changes were shown.
  requireFollows(readCharter(charter), root === undefined ? undefined : readRoot(root), keys);
  const own = entries.find(({ entry }) => same(entry.id, keys.member));
  const deskWire = desk && own && await desk.sealed(own);
  const wire: ProposalWire = {
    ...(root && { root: b64(root) }), charter: b64(charter),
    roster: entries.map(({ entry, proof }) => ({ entry: b64(entry.bytes), proof: proofJson(proof) })), filler: b64(filler),
    ...(deskWire && { desk: deskWire }),
    signatures: signatures(keys, root === undefined ? undefined : readRoot(root), charter),
    act: documentsAct(keys, counter, charter, deskWire?.keys.commitment),
  };
  return wire;
});

register("review-proposal", ({ root: rootDoc, charter: doc, roster, filler, sheet, joinings, language }) => {
  const keys = keyring();
  reviewed = undefined;
  const root = rootDoc === null ? undefined : readRoot(rootDoc);
  const charter = readCharter(doc);
  requireFollows(charter, root, keys);
  const shown = new Map<number, Uint8Array>();
  const entries = roster.map(({ entry, proof }): Entry => {
    const { place, hashes, charter: number } = readProof(parse(proof));
    if (number !== charter.number || !same(climb(leafHash(entry), place, hashes), charter.roster.root)) {
      throw new RefusedError("roster-proof", "A member in this proposal is not in the list that it names.");
    }
    shown.set(place, entry);
    return readEntry(entry);
  });
  requireWhole(charter.roster, shown, filler);
  requireSound(charter, entries, root, { sheet: sheet === null ? undefined : parseFile(sheet), joinings }, keys);
  reviewed = { root, charter: doc };
  return changesTo(charter, entries, root, keys, wordsIn(joinings, language), listOf(language));
});

register("sign-reviewed", ({ counter }) => {
  const keys = keyring();
  if (reviewed === undefined) throw new RefusedError("not-begun", "Please look at what changes first: nothing was signed.");
  requireFollows(readCharter(reviewed.charter), reviewed.root, keys);
  return { signatures: signatures(keys, reviewed.root, reviewed.charter), act: documentsAct(keys, counter, reviewed.charter) };
});

function documentsAct(keys: Keyring, counter: number, charter: Uint8Array, commitment?: string): SignedAct {
  return signAct(keys.vault.sign, keys.member, counter, {
    act: "sign charter", subject: keys.office, before: keys.manifest.charter.hash, after: H(charter),
    more: commitment === undefined ? undefined : { keys: commitment },
  });
}

/** The root document is signed by keys of both roots, the charter by keys of the root that it names. */
function signatures(keys: Keyring, root: RootDocument | undefined, charter: Uint8Array): Signatures {
  const { root: rootSeed } = keys.vault;
  if (rootSeed === undefined) throw new RefusedError("no-root-key", "Only an administrator's root key signs this.");
  const seed = rootSigningSeed(rootSeed);
  const own = publicKey(seed);
  const holds = (document: RootDocument): boolean => document.keys.some((key) => same(key.ed25519, own));
  const before = keys.manifest.root;
  const mayRoot = root !== undefined && (holds(root) || holds(before));
  const mayCharter = holds(root ?? before);
  if (!mayRoot && !mayCharter) throw new RefusedError("no-root-key", "Your root key does not count for these documents.");
  return {
    key: b64(own),
    ...(mayRoot && { root: b64(signDocument(seed, "root", root.doc).signature) }),
    ...(mayCharter && { charter: b64(signDocument(seed, "charter", charter).signature) }),
  };
}

function candidates(keys: Keyring, wishes: Wishes, roots: readonly RootRow[], desk: NewDesk | undefined): Candidate[] {
  const leaving = new Set(wishes.leave);
  const people: Candidate[] = [];
  const rootOf = (member: string): RootKey | undefined => {
    const row = roots.find((one) => one.member === member);
    return row && keys.manifest.root.keys.find((key) => same(key.ed25519, row.ed25519));
  };
  const joining = (wishes.join ?? []).map(({ row, roles, alias }): Candidate => {
    const { id, sign, recipient, root } = provenOrKnown(keys, row);
    // Who made no new root key keeps the one that they have on paper.
    return { id, sign, recipient, root: root ?? rootOf(b64(id)), roles, alias };
  });
  for (const [member, { entry, recipient }] of keys.people) {
    if (leaving.has(member) || joining.some((one) => same(one.id, entry.id))) continue;
    const wish = wishes.roles?.find((one) => one.member === member);
    const roles = new Set(wish?.roles ?? entry.roles);
    if (desk !== undefined && same(entry.id, keys.member)) roles.add(`lead@${b64(desk.charterRow.id)}`);
    people.push({
      id: entry.id, sign: entry.sign, recipient, roles: [...roles], alias: wish?.alias ?? entry.alias, root: rootOf(member),
    });
  }
  return [...people, ...joining];
}

/** The inviter's browser checks the MAC. Another administrator has compared the eight words with the person. */
function provenOrKnown(keys: Keyring, row: JoiningRow): ReturnType<typeof readJoining> {
  return row.inviter === b64(keys.member) ? provenJoining(keys, row) : readJoining(unb64(row.doc));
}

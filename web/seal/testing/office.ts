import { writeCharter, type Charter } from "../charter.js";
import { signDocument, type DocumentFile, type Signer } from "../document.js";
import { parseManifest, proveManifest, writeManifest, type ManifestFiles, type VerifiedManifest } from "../manifest.js";
import { b64, H, publicKey, random } from "../primitives.js";
import { identity, recipientHash, type Identity } from "../recipients.js";
import { readRoot, writeRoot } from "../root.js";
import { rootKey, rootSigningSeed } from "../rootkeys.js";
import { buildRoster, proofOf, readEntry, writeEntry } from "../roster.js";
import { writeSheet } from "../sheet.js";

export const TODAY = "2026-03-02";

/** A fictional member with all secrets. */
export interface Person {
  readonly id: Uint8Array;
  readonly seed: Uint8Array;
  readonly seal: Identity;
  readonly by: Signer;
}

/** A fictional office: one administrator, one desk with a lead and a handler, three custodians. */
export interface TestOffice {
  readonly manifest: VerifiedManifest;
  readonly files: ManifestFiles;
  readonly id: Uint8Array;
  readonly desk: Uint8Array;
  readonly epoch: Identity;
  readonly lead: Person;
  readonly handler: Person;
  readonly stranger: Person;
  /** The first of the custodians. */
  readonly keeper: Person;
  readonly custodians: readonly Identity[];
  readonly promise: Uint8Array;
  readonly rootSeed: Uint8Array;
}

const logged = (): boolean => true;

/** @param more - who signs for the organisation, and which offices the charter names */
export function makeOffice(more: { readonly officer?: "lead" | "handler"; readonly peers?: Charter["peers"] } = {}): TestOffice {
  const [id, desk, rootSeed] = [random(16), random(16), random(32)];
  const epoch = identity(random(32));
  const custodians = [1, 2, 3].map(() => identity(random(32)));
  const roles = [[`handler@${b64(desk)}`, `lead@${b64(desk)}`], [`handler@${b64(desk)}`], ["administrator"], ["custodian"]];
  if (more.officer !== undefined) roles[more.officer === "lead" ? 0 : 1]?.push(`officer@${b64(id)}`);
  const secrets = roles.map((own) => ({ id: random(16), seed: random(32), seal: (own.includes("custodian") ? custodians[0] : undefined) ?? identity(random(32)) }));
  const entries = secrets.map((one, i) => writeEntry({
    id: one.id, sign: publicKey(one.seed), recipient: recipientHash(one.seal.recipient), roles: roles[i] ?? [],
    alias: `Member ${i + 1}`,
  }));
  const roster = buildRoster(entries);
  const people = secrets.map((one, i): Person => ({
    ...one, by: { entry: entries[i] ?? new Uint8Array(0), proof: proofOf(roster, roster.places[i] ?? 0, 0) },
  }));
  const sheet = writeSheet({
    office: id, desk, number: 0, prev: undefined, reason: "The desk begins.", open: true, epoch: 1,
    recipient: epoch.recipient, form: H(random(4)), profile: H(random(4)),
  });
  const promise = random(32);
  const charter = writeCharter({
    office: id, number: 0, prev: undefined, root: 0, from: "2026-02-01", notAfter: "2026-06-01", zone: "Etc/UTC",
    names: new Map([["en", "Office of the Harbour"]]),
    desks: [{ id: desk, names: new Map([["en", "Integrity"]]), independentOf: [], sheet: { number: 0, hash: H(sheet) } }],
    roster, custody: { k: 2, custodians: custodians.map((one) => one.recipient) }, oversight: undefined,
    paper: undefined,
    record: { host: "line.example.org", promise: publicKey(promise), checkpoint: publicKey(random(32)) },
    witnesses: [], vouchers: undefined, noscript: undefined, peers: more.peers ?? [],
  });
  const root = writeRoot({ office: id, number: 0, prev: undefined, keys: [rootKey(rootSeed)], threshold: 1 });
  const signed = (label: "root" | "charter", doc: Uint8Array): DocumentFile => (
    { doc, signatures: [signDocument(rootSigningSeed(rootSeed), label, doc)], by: [] });
  const files: ManifestFiles = {
    roots: [signed("root", root)], rooted: [], checkpoint: undefined, charter: signed("charter", charter),
    sheets: new Map([[b64(desk), [{ doc: sheet, signatures: [], by: [] }]]]),
  };
  const manifest = proveManifest(parseManifest(writeManifest(files)), {
    today: TODAY, pins: { F: readRoot(root).hash }, logged,
  });
  const [lead, handler, stranger, keeper] = people as [Person, Person, Person, Person];
  return { manifest, files, id, desk, epoch, lead, handler, stranger, keeper, custodians, promise, rootSeed };
}

/** The same office under its next charter, signed today. Who is left out of `roles` is in it no more; the rest are in it as they are named. */
export function underNext(office: TestOffice, roles: Partial<Record<"lead" | "handler" | "stranger", readonly string[]>>): TestOffice {
  const names = (["lead", "handler", "stranger"] as const).filter((name) => roles[name] !== undefined);
  const entries = names.map((name) => writeEntry({ ...readEntry(office[name].by.entry), roles: roles[name] ?? [] }));
  const roster = buildRoster(entries);
  const { charter } = office.manifest;
  const number = charter.number + 1;
  const doc = writeCharter({ ...charter, number, prev: charter.hash, from: TODAY, roster });
  const files = { ...office.files, charter: { doc, signatures: [signDocument(rootSigningSeed(office.rootSeed), "charter", doc)], by: [] } };
  const manifest = proveManifest(parseManifest(writeManifest(files)), { today: TODAY, pins: { F: office.manifest.F }, logged });
  const people = names.map((name, at) => [name, {
    ...office[name], by: { entry: entries[at] ?? new Uint8Array(0), proof: proofOf(roster, roster.places[at] ?? 0, number) },
  }] as const);
  return { ...office, ...Object.fromEntries(people), manifest, files };
}

/** The roles that a member of the fictional office has. */
export function rolesOf(person: Person): readonly string[] {
  return readEntry(person.by.entry).roles;
}

export function charterOf(office: TestOffice): (number: number) => VerifiedManifest["charter"] | undefined {
  const { charter } = office.manifest;
  return (number) => (number === charter.number ? charter : undefined);
}


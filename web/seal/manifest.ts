import { checkPin, proveCharter, type Charter } from "./charter.js";
import { fileJson, readFile, type DocumentFile, type DocumentName } from "./document.js";
import { RefusedError } from "./errors.js";
import { asHash, asObject, asText, asArray, whole } from "./fields.js";
import { parse, write, type Json, type JsonObject } from "./jsontext.js";
import { b64 } from "./primitives.js";
import { asProven, type Proven } from "./proven.js";
import { proveRoots, type RootDocument } from "./root.js";
import { proveSheets, type Sheet } from "./sheet.js";

/** Roots, charter with its custodians, and sheets of a large office. */
const MANIFEST_LIMIT = 8 * 1024 * 1024;

/** How a root document from number 1 on shows that it stands in the acts log. */
export type Rooted = { readonly number: number } & (
  | { readonly promise: JsonObject; readonly index?: undefined }
  | { readonly index: number; readonly hashes: readonly Uint8Array[]; readonly promise?: undefined }
);

/** What a door serves. Nothing in it is proven. */
export interface ManifestFiles {
  readonly roots: readonly DocumentFile[];
  readonly rooted: readonly Rooted[];
  readonly checkpoint: string | undefined;
  readonly charter: DocumentFile;
  /** By desk id in base64url, from the least sheet on. */
  readonly sheets: ReadonlyMap<string, readonly DocumentFile[]>;
}

/** What this browser has seen and proven before. */
export interface DocumentPins {
  readonly F?: Uint8Array | undefined;
  readonly root?: DocumentName | undefined;
  readonly charter?: DocumentName | undefined;
  readonly sheets?: ReadonlyMap<string, DocumentName> | undefined;
}

/** What the record must show of one root document. */
export interface LogClaim {
  readonly office: Uint8Array;
  /** The entry of the acts log: H(doc). */
  readonly leaf: Uint8Array;
  readonly row: Rooted;
  readonly checkpoint: string | undefined;
  readonly record: Charter["record"];
  /** The reader's own day. */
  readonly today: string;
}

export interface Manifest {
  readonly office: Uint8Array;
  /** H of root document 0: the office for ever, on every poster. */
  readonly F: Uint8Array;
  readonly roots: readonly Proven<RootDocument>[];
  /** The newest root document. */
  readonly root: Proven<RootDocument>;
  readonly charter: Proven<Charter>;
  /** The newest sheet of each desk of this office, by desk id in base64url. */
  readonly sheets: ReadonlyMap<string, Proven<Sheet>>;
  /** Number and hash of every proven sheet of each desk, oldest first. */
  readonly sheetNames: ReadonlyMap<string, readonly DocumentName[]>;
}
export type VerifiedManifest = Proven<Manifest>;

export interface ManifestCheck {
  /** The reader's own day. */
  readonly today: string;
  readonly pins?: DocumentPins | undefined;
  /** Throws or gives false unless the record shows the root document; `web/ledger` knows how. */
  readonly logged: (claim: LogClaim) => boolean;
}

export function parseManifest(bytes: Uint8Array): ManifestFiles {
  return whole(parse(bytes, MANIFEST_LIMIT), (fields) => {
    fields.is("v", 1);
    return {
      roots: fields.list("roots", readFile),
      rooted: fields.list("rooted", readRooted),
      checkpoint: fields.optional("checkpoint", asText),
      charter: fields.read("charter", readFile),
      sheets: fields.read("sheets", (value) => new Map(
        Object.entries(asObject(value)).map(([desk, files]) => [desk, asArray(files).map(readFile)]),
      )),
    };
  });
}

export function writeManifest(files: ManifestFiles): Uint8Array {
  return write({
    v: 1,
    roots: files.roots.map(fileJson),
    rooted: files.rooted.map(rootedJson),
    ...(files.checkpoint !== undefined && { checkpoint: files.checkpoint }),
    charter: fileJson(files.charter),
    sheets: Object.fromEntries([...files.sheets].map(([desk, sheets]) => [desk, sheets.map(fileJson)])),
  });
}

/**
 * Prove all three documents: roots from the fingerprint, charter by the newest root, sheets by the charter.
 *
 * @throws RefusedError as `root.ts`, `charter.ts` and `sheet.ts` say, and `root-unlogged`
 */
export function proveManifest(files: ManifestFiles, check: ManifestCheck): VerifiedManifest {
  const { pins } = check;
  const { F, roots, root, charter } = proveStanding(files, check);
  const sheets = new Map<string, Proven<Sheet>>();
  const sheetNames = new Map<string, readonly DocumentName[]>();
  for (const desk of charter.desks) {
    if (desk.outside !== undefined) continue;
    const id = b64(desk.id);
    const chain = proveSheets(files.sheets.get(id) ?? [], desk, charter, pins?.sheets?.get(id));
    const newest = chain.at(-1);
    if (newest !== undefined) sheets.set(id, newest);
    sheetNames.set(id, chain.map(({ number, hash }) => ({ number, hash })));
  }
  if ([...files.sheets.keys()].some((id) => !sheets.has(id))) {
    throw new RefusedError("sheet-desk", "A sheet is of a desk that the charter does not name.");
  }
  return asProven({ office: root.office, F, roots, root, charter, sheets, sheetNames });
}

/** Who an office is and who works there, without who reads. */
export type Standing = Pick<Manifest, "F" | "roots" | "root" | "charter">;

/**
 * Prove roots and charter alone.
 *
 * @throws RefusedError as `root.ts` and `charter.ts` say, and `root-unlogged`
 */
export function proveStanding(files: ManifestFiles, check: ManifestCheck): Standing {
  const { pins, today } = check;
  const roots = proveRoots(files.roots, pins?.F);
  const [first, root] = [roots[0], roots.at(-1)];
  if (first === undefined || root === undefined) throw new RefusedError("root-chain", "The office shows no root.");
  checkRootPin(roots, pins?.root);
  const charter = proveCharter(files.charter, root, today, pins?.charter);
  checkLogged(files, roots, charter, check);
  return { F: first.hash, roots, root, charter };
}

/** What to remember of a proven manifest, so that nobody shows this browser an older one. */
export function pinsOf(manifest: VerifiedManifest): Required<DocumentPins> {
  const { F, root, charter, sheets } = manifest;
  const name = ({ number, hash }: DocumentName): DocumentName => ({ number, hash });
  return {
    F, root: name(root), charter: name(charter),
    sheets: new Map([...sheets].map(([desk, sheet]) => [desk, name(sheet)])),
  };
}

function checkRootPin(roots: readonly Proven<RootDocument>[], pin: DocumentName | undefined): void {
  if (pin === undefined) return;
  const found = roots[pin.number];
  if (found === undefined) throw new RefusedError("root-chain", "An older root than this browser has seen is shown.");
  checkPin(found, pin, "root-chain");
}

/** Nobody forks the chain unseen: every root document after the first stands in the public record. */
function checkLogged(
  files: ManifestFiles, roots: readonly Proven<RootDocument>[], charter: Proven<Charter>, check: ManifestCheck,
): void {
  for (const root of roots.slice(1)) {
    const row = files.rooted.find((one) => one.number === root.number);
    const { office, hash: leaf } = root;
    const { checkpoint } = files;
    const { today } = check;
    if (row === undefined || !isLogged({ office, leaf, row, checkpoint, record: charter.record, today }, check)) {
      throw new RefusedError("root-unlogged", "A root document does not stand in the public record.");
    }
  }
}

function isLogged(claim: LogClaim, check: ManifestCheck): boolean {
  try {
    return check.logged(claim);
  } catch {
    return false;
  }
}

function readRooted(value: Json): Rooted {
  return whole(value, (fields): Rooted => {
    const number = fields.integer("number", 1);
    return fields.has("promise")
      ? { number, promise: fields.read("promise", asObject) }
      : { number, index: fields.integer("index"), hashes: fields.list("hashes", asHash) };
  });
}

function rootedJson(row: Rooted): JsonObject {
  return row.promise === undefined
    ? { number: row.number, index: row.index, hashes: row.hashes.map(b64) }
    : { number: row.number, promise: row.promise };
}

import { proveCharter, readCharter, writeCharter } from "../charter.js";
import { parseFile, readName, writeFile, type DocumentName } from "../document.js";
import { parseManifest, proveManifest, writeManifest, type DocumentPins } from "../manifest.js";
import { b64, unb64 } from "../primitives.js";
import { asProven } from "../proven.js";
import { proveRoots, readRoot, writeRoot } from "../root.js";
import { rootKey, rootSigningSeed } from "../rootkeys.js";
import { proveEntry, readEntry, readProof, requireWhole } from "../roster.js";
import { proveSheets, readSheet, writeSheet } from "../sheet.js";
import type { Input, Operation } from "./input.js";

const pin = (i: Input): DocumentName | undefined => (i.has("pin") ? readName(i.json("pin")) : undefined);
const fingerprint = (i: Input): Uint8Array | undefined => (i.has("F") ? i.bytes("F") : undefined);

/** Root documents, charters, rosters, sheets and the manifest. */
export const DOCUMENTS: Readonly<Record<string, Operation>> = {
  "read-file": (i) => writeFile(parseFile(i.bytes("file"))),
  "read-root": (i) => writeRoot(readRoot(i.bytes("doc"))),
  "read-charter": (i) => writeCharter(readCharter(i.bytes("doc"))),
  "read-sheet": (i) => writeSheet(readSheet(i.bytes("doc"))),
  "read-entry": (i) => readEntry(i.bytes("entry")).roles,
  "read-manifest": (i) => writeManifest(parseManifest(i.bytes("manifest"))),
  "root-seeds": (i) => rootSigningSeed(i.bytes("seed")),
  "root-key": (i) => rootKey(i.bytes("seed")),
  "prove-roots": (i) => proveRoots(i.all("files").map(parseFile), fingerprint(i)).map((root) => root.hash),
  "prove-charter": (i) =>
    proveCharter(parseFile(i.bytes("file")), asProven(readRoot(i.bytes("root"))), i.text("today"), pin(i)).hash,
  "prove-sheets": (i) => {
    const charter = asProven(readCharter(i.bytes("charter")));
    const desk = charter.desks.find((one) => b64(one.id) === i.text("desk"));
    if (desk?.sheet === undefined) throw new Error("the vector names a desk of its charter");
    return proveSheets(i.all("files").map(parseFile), desk, charter, pin(i)).map((sheet) => sheet.hash);
  },
  "prove-entry": (i) => {
    const roster = { depth: i.number("depth"), root: i.bytes("root") };
    const charter = asProven({ number: i.number("charter"), roster });
    return proveEntry(i.bytes("entry"), readProof(i.json("proof")), charter).roles;
  },
  "require-whole": (i) => {
    const rows = i.json("shown") as readonly { readonly place: number; readonly entry: string }[];
    const shown = new Map(rows.map(({ place, entry }) => [place, unb64(entry)]));
    requireWhole({ depth: i.number("depth"), root: i.bytes("root") }, shown, i.bytes("filler"));
    return true;
  },
  "prove-manifest": (i) => {
    const logged = i.texts("logged").map(Number);
    const pins: DocumentPins = { F: fingerprint(i), root: pin(i) };
    const manifest = proveManifest(parseManifest(unb64(i.text("manifest"))), {
      today: i.text("today"), pins, logged: (claim) => logged.includes(claim.row.number),
    });
    const { office, F, root, charter, sheetNames } = manifest;
    return {
      office, F, root: root.number, charter: charter.number,
      sheets: new Map([...sheetNames].map(([desk, names]) => [desk, names.map((name) => name.number)])),
    };
  },
};

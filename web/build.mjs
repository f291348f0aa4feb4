// Builds every bundle and style sheet into web/dist: names with the hash of their content, compressed beforehand,
// the same bytes from the same sources on every machine. `npm run build`.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { lending } from "./lending.mjs";
import { pdf } from "./pdf.mjs";

const WEB = dirname(fileURLToPath(import.meta.url));
const DIST = process.env.ASSETS_OUT ?? join(WEB, "dist");

// One row an entry: its name in the manifest and its source. An entry whose source does not exist yet is not built.
// Each is one bundle without shared chunks, because integrity can be given to a whole file only.
const ENTRIES = {
  "report-first": "line/first.ts", // the first paint: form usable, nothing that seals
  "report": "line/report.ts", // all that sealing needs; loads while the person writes
  "mailbox": "line/mailbox/main.ts", // reading and answering; loads when somebody opens a mailbox
  "ending": "line/ending/main.ts", // a letter of clearance, what a panel found; loads where a closing has one of them
  "help": "line/help/main.ts", // who protects and helps, in words; loads beside an open mailbox
  // Receipt words: a page loads the one list of its language, and others only where words are typed that it lacks.
  ...Object.fromEntries([
    "english", "chinese-simplified", "chinese-traditional", "czech", "french", "italian", "japanese", "korean",
    "portuguese", "spanish",
  ].map((name) => [`list-${name}`, `line/lists/${name}.ts`])),
  "work-worker": "workers/work.ts", // the arithmetic before something new is sent; runs while somebody writes
  "qr": "line/qr.ts", // a promise as a QR code, for the few who want to hold it
  "filing": "line/filing/main.ts", // a proof for others that a report was filed; for the few who want one
  "files": "line/files/main.ts", // files and voices of a report; loads when somebody picks a file or wants to speak
  "sealing-worker": "workers/sealing.ts", // seals parts of files; as many run as the device has cores, four at most
  "office": "office/main.ts", // the workbench document
  "office-worker": "workers/office.ts", // holds the unlocked keys and hands none out
  "argon2-worker": "workers/argon2.ts", // stretches passphrases; the only place with WebAssembly
  "file-helper": "workers/file-helper.ts", // the service worker that plays and saves attachments
  "viewer-picture": "viewer/picture.ts", // runs in a sandbox without an origin, as the next one does
  "viewer-document": "viewer/document.ts", // pdf.js and all it needs; loaded when a PDF is opened
  "export-worker": "export/worker.ts", // puts an exported case together, with the fonts of its page; loaded for that alone
  "import-worker": "importing/worker.ts", // opens the seal of such a file again; loaded for that alone
  "public": "public/main.ts",
};
const LENDER = "report", BORROWER = "mailbox"; // the second takes from the first what both need
const CLASSIC = new Set(["file-helper"]); // browsers start a service worker as a classic script
const OPEN_ENTRIES = ["tests/pages"]; // every file of these folders is an entry too, for the pages of tests only

const EXTENSION = { js: ".js", css: ".css", json: ".json" };

function options(name, kind) {
  return {
    absWorkingDir: WEB,
    bundle: true,
    write: false,
    minify: true,
    format: CLASSIC.has(name) ? "iife" : "esm",
    loader: { ".bcmap": "binary", ".pfb": "binary", ".ttf": "binary", ".otf": "binary" },
    plugins: [pdf],
    target: ["chrome107", "firefox104", "safari16"],
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    external: kind === "css" ? ["*.woff2"] : [],
    outdir: DIST,
  };
}

let lent; // options of both bundles that share something
async function bundle(name, source, kind) {
  let wanted = { ...options(name, kind), entryPoints: [source] };
  if (name === LENDER || name === BORROWER) {
    lent ??= await lending(options(LENDER, "js"), ENTRIES[LENDER], ENTRIES[BORROWER]);
    wanted = name === LENDER ? lent.lender : lent.borrower;
  }
  const result = await build(wanted);
  return Buffer.from(result.outputFiles[0].contents);
}

function write(folder, name, kind, content) {
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const file = `${name.replaceAll("/", "-")}.${digest}${EXTENSION[kind]}`;
  // The last hundredth of a large file is not worth ten seconds of every build.
  // Fonts are packed already: of those a twentieth is not worth half a minute.
  const quality = content.length > 4 << 20 ? 5 : content.length > 1 << 20 ? 9 : 11;
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const brotli = brotliCompressSync(content, { params });
  writeFileSync(join(folder, file), content);
  writeFileSync(join(folder, `${file}.br`), brotli);
  writeFileSync(join(folder, `${file}.gz`), gzipSync(content, { level: 9 }));
  const integrity = `sha384-${createHash("sha384").update(content).digest("base64")}`;
  return { file, integrity, size: content.length, compressed: brotli.length };
}

function inFolder(folder, extension) {
  const path = join(WEB, folder);
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(extension)).sort() : [];
}

const sources = Object.entries(ENTRIES).filter(([, source]) => existsSync(join(WEB, source)));
for (const folder of OPEN_ENTRIES) {
  for (const name of inFolder(folder, ".ts")) sources.push([`${folder}/${name.slice(0, -3)}`, `${folder}/${name}`]);
}
const jobs = [
  ...sources.map(([name, source]) => [name, source, "js"]),
  // What begins with an underscore is imported by others.
  ...inFolder("style", ".css").filter((name) => !name.startsWith("_"))
    .map((name) => [`style/${name.slice(0, -4)}`, `style/${name}`, "css"]),
];

// The texts of the pages, written by `python -m fairline.locale.compile`, are served like any other built file.
const texts = inFolder("dist/words", ".json").map((name) => [`words/${name.slice(0, -5)}`, `dist/words/${name}`, "json"]);

mkdirSync(DIST, { recursive: true });
const manifest = {};
for (const [name, source, kind] of [...jobs, ...texts]) {
  try {
    const content = kind === "json" ? readFileSync(join(WEB, source)) : await bundle(name, source, kind);
    manifest[name] = write(DIST, name, kind, content);
  } catch (error) {
    // esbuild has said what is wrong; the other entries are built all the same, and the status tells.
    console.error(`${name} was not built: ${error.errors?.length ?? error}`);
    process.exitCode = 1;
  }
}
// The list changes last and at once: who reads it meanwhile finds files that exist.
writeFileSync(join(DIST, "manifest.json.fresh"), `${JSON.stringify(manifest, null, 1)}\n`);
renameSync(join(DIST, "manifest.json.fresh"), join(DIST, "manifest.json"));
const kept = new Set(Object.values(manifest).flatMap(({ file }) => [file, `${file}.br`, `${file}.gz`]));
for (const item of readdirSync(DIST, { withFileTypes: true })) {
  if (item.isFile() && item.name !== "manifest.json" && !kept.has(item.name)) rmSync(join(DIST, item.name));
}
for (const [name, row] of Object.entries(manifest)) {
  console.log(`${name.padEnd(28)} ${row.size} bytes, ${row.compressed} compressed`);
}

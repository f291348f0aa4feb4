// How pdf.js comes into the one bundle of the viewer of documents: whole, without WebAssembly, and without anything that
// it would load while it runs, because the viewer has no network. An esbuild plugin; used by build.mjs.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PDFJS = join(dirname(fileURLToPath(import.meta.url)), "..", "node_modules", "pdfjs-dist");
/** Folders whose files pdf.js asks for by name: character maps of East Asian fonts, and the fonts that no PDF carries. */
const FOLDERS = { cmaps: /\.bcmap$/, standard_fonts: /\.(pfb|ttf)$/ };
const DECODERS = ["jbig2_nowasm_fallback.js", "openjpeg_nowasm_fallback.js"];

/** Each place where pdf.js would load a program while it runs, and what stands there instead. */
const REPLACED = {
  "pdf.mjs": [
    [/await import\(\s*\/\*webpackIgnore: true\*\/\s*\/\*@vite-ignore\*\/\s*this\.workerSrc\)/, "undefined"],
    ['`await import("${new URL(src, window.location).href}");`', '""'],
  ],
  "pdf.worker.mjs": [
    [
      /await import\(\s*\/\*webpackIgnore: true\*\/\s*\/\*@vite-ignore\*\/\s*`\$\{WasmImage\.#wasmUrl\}\$\{this\._noWasmFilename\}`\)/,
      "{ default: globalThis.fairlineDecoders[this._noWasmFilename] }",
    ],
  ],
};

function replaced(name, text) {
  for (const [what, by] of REPLACED[name]) {
    const pieces = text.split(what);
    // Another version of pdf.js may load in other places: then a person has to look.
    if (pieces.length !== 2) throw new Error(`pdf.js: ${name} does not hold ${what} once, but ${pieces.length - 1} times`);
    text = pieces.join(by);
  }
  if (/\bimport\(/.test(text)) throw new Error(`pdf.js: ${name} would still load something while it runs`);
  return text;
}

function inside() {
  const lines = [];
  for (const [folder, wanted] of Object.entries(FOLDERS)) {
    for (const file of readdirSync(join(PDFJS, folder)).filter((name) => wanted.test(name)).sort()) {
      const at = lines.length;
      lines.push(`import f${at} from ${JSON.stringify(join(PDFJS, folder, file))}; files.set(${JSON.stringify(file)}, f${at});`);
    }
  }
  const decoders = DECODERS.map((file, at) => `import d${at} from ${JSON.stringify(join(PDFJS, "wasm", file))};`);
  const named = DECODERS.map((file, at) => `${JSON.stringify(file)}: d${at}`);
  return `export const files = new Map();\n${lines.join("\n")}\n${decoders.join("\n")}\nexport const decoders = { ${named.join(", ")} };`;
}

export const pdf = {
  name: "pdf",
  setup(build) {
    build.onResolve({ filter: /^pdf-inside$/ }, () => ({ path: "pdf-inside", namespace: "pdf" }));
    build.onLoad({ filter: /./, namespace: "pdf" }, () => ({ contents: inside(), resolveDir: PDFJS }));
    build.onLoad({ filter: /pdfjs-dist\/legacy\/build\/pdf(\.worker)?\.mjs$/ }, ({ path }) => {
      const name = path.slice(path.lastIndexOf("/") + 1);
      return { contents: replaced(name, readFileSync(path, "utf8")), loader: "js" };
    });
  },
};

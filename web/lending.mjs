// Two bundles of one page, of which the second loads later and seldom: it takes from the first whatever both would hold.
// Each stays one whole file with its own integrity, and a class is the same class on both sides.
import { join, relative } from "node:path";
import { build } from "esbuild";

const LENT = "lent:";
const ASKED = Symbol("resolved by esbuild itself");

/** Sends the imports of modules in `modules` to where `into` says. */
function lent(web, modules, into) {
  return {
    name: "lent",
    setup(building) {
      building.onResolve({ filter: /./ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
        if (pluginData === ASKED || kind === "entry-point" || path.startsWith(LENT)) return undefined;
        const found = await building.resolve(path, { importer, resolveDir, kind, pluginData: ASKED });
        const module = relative(web, found.path);
        return found.errors.length === 0 && modules.has(module) ? into(module) : undefined;
      });
      building.onLoad({ filter: /./, namespace: "lent" }, ({ path }) => ({
        contents: modules.get(path), loader: "js", resolveDir: web,
      }));
    },
  };
}

/** What the bundle of `entry` holds: its modules, less those of which nothing is left in it. */
async function held(options, entry) {
  const { metafile } = await build({ ...options, entryPoints: [entry], metafile: true });
  const [{ inputs }] = Object.values(metafile.outputs);
  return Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}

/** Which names of which of these modules the bundle of `entry` takes. */
async function taken(options, entry, modules) {
  const external = lent(options.absWorkingDir, new Map(modules.map((path) => [path, ""])), (path) => ({ path: LENT + path, external: true }));
  const built = await build({ ...options, minify: false, entryPoints: [entry], plugins: [...options.plugins, external] });
  const names = new Map();
  // As esbuild writes them: one statement a module, `import { name, other as other2 } from "lent:path";`.
  for (const [, clause, path] of built.outputFiles[0].text.matchAll(/^import (?:([^"]*?) from )?"lent:([^"]*)";$/gm)) {
    if (clause === undefined) continue;
    const listed = /^\{(.*)\}$/s.exec(clause);
    if (listed === null) throw new Error(`${entry} takes all of ${path}; name what it needs.`);
    const wanted = listed[1].split(",").map((name) => name.trim().split(" as ")[0]).filter((name) => name !== "");
    names.set(path, [...new Set([...names.get(path) ?? [], ...wanted])].sort());
  }
  return [...names].sort(([one], [other]) => (one < other ? -1 : 1));
}

/**
 * Returns esbuild's options for both bundles: `lender` is its entry with the lending added, `borrower` the other.
 *
 * Options are those of a bundle without its entry; entries are paths below `absWorkingDir`.
 */
export async function lending(options, lenderEntry, borrowerEntry) {
  const web = options.absWorkingDir;
  const names = await taken(options, borrowerEntry, await held(options, lenderEntry));
  const [imports, all, shims] = [[], [], new Map()];
  for (const [path, wanted] of names) {
    imports.push(`import { ${wanted.map((name, at) => `${name} as n${all.length + at}`).join(", ")} } from "./${path}";`);
    shims.set(path, [`import { held } from "${LENT}";`,
      ...wanted.map((name, at) => `${name === "default" ? "export default" : `export const ${name} =`} held[${all.length + at}];`)].join("\n"));
    all.push(...wanted.map((_name, at) => `n${all.length + at}`));
  }
  shims.set(LENT, `import { borrow } from "./line/lending.ts"; export const held = borrow();`);
  const shim = lent(web, shims, (path) => ({ path, namespace: "lent" }));
  const whole = { name: "whole", setup(building) { building.onResolve({ filter: /^lent:$/ }, ({ path }) => ({ path, namespace: "lent" })); } };
  const contents = [`import "./${lenderEntry}";`, ...imports, `import { lend } from "./line/lending.ts";`, `lend([${all.join(", ")}]);`].join("\n");
  return {
    lender: { ...options, stdin: { contents, resolveDir: web, sourcefile: join(web, "lender.js"), loader: "js" } },
    borrower: { ...options, entryPoints: [borrowerEntry], plugins: [...options.plugins, shim, whole] },
  };
}

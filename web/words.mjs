// Reads the TypeScript of the pages and prints one JSON object: every text in t(), tp() and tn() with its place,
// texts that a person would see but that stand outside them, and which files each catalogue of web/words.json holds.
// The TypeScript parser is used because a regular expression does not know a comment from a template literal.
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import ts from "typescript";

const WEB = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(WEB);
const CALLS = new Set(["t", "tp", "tn"]);
const SEEN_PROPERTIES = new Set(["textContent", "innerText", "title", "placeholder", "ariaLabel", "alt", "label"]);
const SEEN_ATTRIBUTES = new Set(["title", "placeholder", "aria-label", "aria-description", "aria-roledescription", "alt", "label"]);
const SEEN_CALLS = new Set(["append", "prepend", "replaceChildren", "createTextNode", "announce", "make", "hold"]);
const WORD = /\p{L}{2}/u;

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    const path = join(folder, item.name);
    if (item.isDirectory()) return item.name === "dist" || item.name === "node_modules" ? [] : files(path);
    return item.name.endsWith(".ts") && !item.name.endsWith(".test.ts") && !item.name.endsWith(".d.ts") ? [path] : [];
  });
}

// "a" + "b" and a template literal without holes count as one text; anything else is not known before the page runs.
function literal(node) {
  if (node === undefined) return null;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return literal(node.expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const left = literal(node.left), right = literal(node.right);
    return left === null || right === null ? null : left + right;
  }
  return null;
}

function comment(source, node) {
  const found = [];
  for (let at = node; at && !ts.isSourceFile(at); at = at.parent) {
    for (const range of ts.getLeadingCommentRanges(source.text, at.getFullStart()) ?? []) {
      const said = source.text.slice(range.pos, range.end).replace(/^\/[/*]\s*|\s*\*\/$/g, "");
      if (said.startsWith("Translators:")) found.push(said);
    }
    if (ts.isStatement(at)) break;
  }
  return [...new Set(found)];
}

// The visible text of an lit-html template: what stands between tags, and the attributes that are read aloud.
function markup(text) {
  const texts = [];
  for (const [, name, value] of text.matchAll(/\s([\w-]+)="([^"]*)"/g)) {
    if (SEEN_ATTRIBUTES.has(name)) texts.push(value);
  }
  texts.push(...text.replace(/<!--[^]*?-->/g, " ").replace(/<[^>]*>/g, "\n").split("\n"));
  return texts.map((part) => part.replace(/&\w+;|\$\{\}/g, " ").trim()).filter((part) => WORD.test(part));
}

function read(path) {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const file = relative(ROOT, path).split("\\").join("/");
  const messages = [], bare = [], faults = [];
  const names = new Map();
  const line = (node) => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const seen = (node, text) => { if (text !== null && WORD.test(text)) bare.push({ file, line: line(node), text }); };

  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    if (!/(^|\/)words(\.js|\.ts)?$/.test(statement.moduleSpecifier.text)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings && ts.isNamedImports(bindings)) {
      for (const item of bindings.elements) names.set(item.name.text, (item.propertyName ?? item.name).text);
    }
  }

  function call(node) {
    const name = ts.isIdentifier(node.expression) ? names.get(node.expression.text) : undefined;
    if (CALLS.has(name)) {
      const [first, second] = [literal(node.arguments[0]), literal(node.arguments[1])];
      const known = name === "t" ? first !== null : first !== null && second !== null;
      if (!known) {
        faults.push({ file, line: line(node), text: `${name}() needs its text written out, not made at run time` });
        return;
      }
      const where = { file, line: line(node), comments: comment(source, node) };
      if (name === "t") messages.push({ id: first, ...where });
      if (name === "tp") messages.push({ context: first, id: second, ...where });
      if (name === "tn") messages.push({ id: first, plural: second, ...where });
      return;
    }
    const callee = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text
      : ts.isIdentifier(node.expression) ? node.expression.text : "";
    if (callee === "setAttribute" && SEEN_ATTRIBUTES.has(literal(node.arguments[0]) ?? "")) {
      seen(node, literal(node.arguments[1]));
    }
    if (SEEN_CALLS.has(callee)) {
      // make("p", …) names an element first, hold(box, …) takes one; announce(…) has a text and then a manner.
      const texts = callee === "announce" ? node.arguments.slice(0, 1)
        : node.arguments.slice(callee === "make" || callee === "hold" ? 1 : 0);
      for (const argument of texts) seen(argument, literal(argument));
    }
  }

  (function walk(node) {
    if (ts.isCallExpression(node)) call(node);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
      && ts.isPropertyAccessExpression(node.left) && SEEN_PROPERTIES.has(node.left.name.text)) {
      seen(node, literal(node.right));
    }
    if (ts.isPropertyAssignment(node) && (ts.isStringLiteral(node.name) || ts.isIdentifier(node.name))
      && (SEEN_ATTRIBUTES.has(node.name.text) && node.name.text !== "label" || node.name.text === "textContent")) {
      seen(node, literal(node.initializer));
    }
    if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && /^(html|svg)$/.test(node.tag.text)) {
      const text = ts.isNoSubstitutionTemplateLiteral(node.template) ? node.template.text
        : [node.template.head, ...node.template.templateSpans.map((span) => span.literal)].map((part) => part.text).join("${}");
      for (const part of markup(text)) seen(node, part);
    }
    ts.forEachChild(node, walk);
  })(source);
  return { messages, bare, faults };
}

async function trees() {
  const wanted = JSON.parse(readFileSync(join(WEB, "words.json"), "utf8"));
  const found = {};
  for (const [name, { entries, without }] of Object.entries(wanted)) {
    const entryPoints = entries.map((entry) => resolve(WEB, entry)).filter((entry) => existsSync(entry));
    found[name] = { files: [], without: without ?? [] };
    if (entryPoints.length === 0) continue;
    // An entry that cannot be bundled has no page either: its build says why, and the others keep their words.
    const built = await build({
      entryPoints, bundle: true, write: false, metafile: true, format: "esm", outdir: join(WEB, "dist"),
      absWorkingDir: ROOT, logLevel: "silent", target: "es2022", splitting: false, external: ["*.css", "*.woff2"],
    }).catch(() => null);
    if (built === null) {
      process.stderr.write(`The words of ${name} are left out: its entry cannot be bundled.\n`);
      continue;
    }
    const { metafile } = built;
    // esbuild lists what an import() reaches as well: an entry's own tree is what its static imports reach.
    const tree = new Set(), queue = entryPoints.map((entry) => relative(ROOT, entry));
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      if (tree.has(file)) continue;
      tree.add(file);
      for (const { path, kind } of metafile.inputs[file]?.imports ?? []) {
        if (kind === "import-statement") queue.push(path);
      }
    }
    found[name].files = [...tree].sort();
  }
  return found;
}

const out = { messages: [], bare: [], faults: [], catalogues: process.argv.includes("--texts") ? {} : await trees() };
for (const path of files(WEB).sort()) {
  const { messages, bare, faults } = read(path);
  out.messages.push(...messages);
  out.bare.push(...bare);
  out.faults.push(...faults);
}
process.stdout.write(JSON.stringify(out));

import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";

import { build, type BuildResult } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";

interface Built {
  readonly inputs: readonly string[];
  readonly text: string;
  readonly gzip: number;
}

async function bundle(entry: string): Promise<Built> {
  const result: BuildResult<{ metafile: true; write: false }> = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))], bundle: true, minify: true, format: "esm",
    target: "es2022", platform: "browser", metafile: true, write: false, logLevel: "silent",
  });
  const text = result.outputFiles[0]?.text ?? "";
  return { inputs: Object.keys(result.metafile.inputs), text, gzip: gzipSync(text, { level: 9 }).length };
}

describe("what the report door loads", () => {
  let built: Built;
  beforeAll(async () => {
    built = await bundle("index.ts");
  });

  it("leaves the form room within 110 kB", () => {
    expect(built.gzip).toBeGreaterThan(20_000);
    expect(built.gzip).toBeLessThan(75_000);
  });

  it("holds nothing that only the office needs, and no list of words", () => {
    const unwanted = /hash-wasm|argon2|ml-dsa|wordlists|seal\/(?:vault|keys|invitation|rootkeys)\.ts/;
    expect(built.inputs.filter((name) => unwanted.test(name))).toEqual([]);
    expect(built.text).not.toContain("WebAssembly");
  });

  it("holds one copy of each library", () => {
    const copies = built.inputs.filter((name) => name.endsWith("@noble/hashes/sha2.js"));
    expect(copies.length).toBe(1);
  });

  it("draws secrets from the platform only", () => {
    expect(built.text).not.toContain("Math.random");
    expect(built.inputs.filter((name) => name.startsWith("node:"))).toEqual([]);
  });
});

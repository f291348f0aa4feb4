import { readdirSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { SealError } from "./errors.js";
import { b64 } from "./primitives.js";
import { Input } from "./testing/input.js";
import { OPERATIONS } from "./testing/operations.js";

interface VectorFile {
  format: string;
  cases: { name: string; do: string; input: Record<string, unknown>; expect: unknown }[];
}

const FOLDER = new URL("../../vectors/", import.meta.url);
/** The record's own vectors are read by web/ledger. */
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".json") && !name.startsWith("ledger"));

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return b64(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return plain(Object.fromEntries(value as Map<string, unknown>));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

async function outcome(format: string, one: VectorFile["cases"][number]): Promise<unknown> {
  const operation = OPERATIONS[format]?.[one.do];
  if (operation === undefined) throw new Error(`no operation ${format}/${one.do}: the vector would go unread`);
  try {
    return plain(await operation(new Input(one.input)));
  } catch (error) {
    if (error instanceof SealError) return { error: error.code };
    throw error;
  }
}

describe.each(files)("%s", (name) => {
  const file = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as VectorFile;

  it("holds cases", () => {
    expect(file.cases.length).toBeGreaterThan(0);
  });

  it.each(file.cases)("$name", async (one) => {
    expect(await outcome(file.format, one)).toEqual(one.expect);
  });
});

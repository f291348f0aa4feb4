import { MalformedError } from "./errors.js";
import { isObject, write, type Json, type JsonObject } from "./jsontext.js";
import { compare, unb64 } from "./primitives.js";

const DAY = /^[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/;

/**
 * Takes an object apart field by field, and refuses what is left over: a reader that skipped what it does
 * not know would show less than was signed.
 *
 * Every method throws MalformedError: `json-missing`, `json-type`, `base64`, `set-order`; `end` `json-unknown`.
 */
export class Fields {
  private readonly object: JsonObject;
  private readonly taken = new Set<string>();

  constructor(value: Json) {
    this.object = asObject(value);
  }

  /** Refuse fields that nobody asked for. */
  end(): void {
    for (const name of Object.keys(this.object)) {
      if (!this.taken.has(name)) throw new MalformedError("json-unknown", "A text has a field that its format does not know.");
    }
  }

  has(name: string): boolean {
    this.taken.add(name);
    return name in this.object;
  }

  value(name: string): Json {
    this.taken.add(name);
    const value = this.object[name];
    if (value === undefined) throw new MalformedError("json-missing", "A text lacks a field that its format asks for.");
    return value;
  }

  read<T>(name: string, read: (value: Json) => T): T {
    return read(this.value(name));
  }

  /** A field that is left out where it does not apply. */
  optional<T>(name: string, read: (value: Json) => T): T | undefined {
    return this.has(name) ? read(this.value(name)) : undefined;
  }

  is(name: string, ...allowed: readonly Json[]): void {
    if (!allowed.includes(this.value(name))) throw wrongType();
  }

  one<T extends string>(name: string, allowed: readonly T[]): T {
    const value = this.text(name);
    const found = allowed.find((one) => one === value);
    if (found === undefined) throw wrongType();
    return found;
  }

  text(name: string): string { return asText(this.value(name)); }
  flag(name: string): boolean { return asFlag(this.value(name)); }
  day(name: string): string { return asDay(this.value(name)); }
  integer(name: string, least = 0, most = Number.MAX_SAFE_INTEGER): number {
    return asInteger(this.value(name), least, most);
  }
  bytes(name: string, size?: number): Uint8Array { return asBytes(this.value(name), size); }
  id(name: string): Uint8Array { return asBytes(this.value(name), 16); }
  hash(name: string): Uint8Array { return asBytes(this.value(name), 32); }

  list<T>(name: string, read: (value: Json) => T, most = 1024): T[] {
    return asArray(this.value(name), most).map(read);
  }

  /** A list sorted by its items' bytes as written, nothing twice. */
  set<T>(name: string, read: (value: Json) => T, most = 1024): T[] {
    return asSet(this.value(name), read, most);
  }

  /** Names to texts, as in `{"en": "…"}`. */
  texts(name: string): ReadonlyMap<string, string> {
    return new Map(Object.entries(asObject(this.value(name))).map(([key, text]) => [key, asText(text)]));
  }
}

/** Read an object whole with `read`; nothing may be left over. */
export function whole<T>(value: Json, read: (fields: Fields) => T): T {
  const fields = new Fields(value);
  const out = read(fields);
  fields.end();
  return out;
}

export function asText(value: Json): string {
  if (typeof value !== "string") throw wrongType();
  return value;
}

export function asFlag(value: Json): boolean {
  if (typeof value !== "boolean") throw wrongType();
  return value;
}

export function asInteger(value: Json, least = 0, most = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== "number" || value < least || value > most) throw wrongType();
  return value;
}

export function asBytes(value: Json, size?: number): Uint8Array {
  return unb64(asText(value), size);
}

export function asHash(value: Json): Uint8Array {
  return asBytes(value, 32);
}

export function asId(value: Json): Uint8Array {
  return asBytes(value, 16);
}

/** A day that the calendar has. */
export function asDay(value: Json): string {
  const text = asText(value);
  // Engines differ on what they make of 30 February as a text; none differs on the number.
  const [year, month, day] = text.split("-").map(Number) as [number, number, number];
  if (!DAY.test(text) || new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) throw wrongType();
  return text;
}

export function asObject(value: Json): JsonObject {
  if (!isObject(value)) throw wrongType();
  return value;
}

export function asArray(value: Json, most = 1024): readonly Json[] {
  if (!Array.isArray(value) || value.length > most) throw wrongType();
  return value as readonly Json[];
}

/** A list sorted by its items' bytes as written, nothing twice. */
export function asSet<T>(value: Json, read: (value: Json) => T, most = 1024): T[] {
  const items = asArray(value, most);
  checkOrder(items.map(write));
  return items.map(read);
}

/** Sort a set as formats ask: by bytes as written. */
export function sorted<T extends Json>(items: readonly T[]): T[] {
  return items.map((item) => ({ item, key: write(item) })).sort((a, b) => compare(a.key, b.key)).map(({ item }) => item);
}

function checkOrder(keys: readonly Uint8Array[]): void {
  for (let i = 1; i < keys.length; i += 1) {
    const [before, here] = [keys[i - 1], keys[i]];
    if (before !== undefined && here !== undefined && compare(before, here) >= 0) {
      throw new MalformedError("set-order", "A set is not sorted, or holds something twice.");
    }
  }
}

export function wrongType(): MalformedError {
  return new MalformedError("json-type", "A field holds something that its format does not allow.");
}

import { MalformedError } from "./errors.js";

/** What a strict document may hold: no fractions, so every number is an exact integer. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** Objects come back without a prototype, so that a key named `__proto__` is only a key. */
export interface JsonObject { readonly [key: string]: Json }

const SENTENCES = {
  long: "A text is longer than its format allows.",
  malformed: "A text is not JSON in UTF-8.",
  depth: "A text is nested too deep.",
  duplicate: "A name stands twice in one object.",
  number: "A number is not whole, or is minus zero.",
  range: "A number is too large.",
  surrogate: "A text holds half a character.",
} as const;

function refusal(what: keyof typeof SENTENCES): MalformedError {
  return new MalformedError(`json-${what}`, SENTENCES[what]);
}

export const NESTING = 16;
/** Headers and signed documents; a body says its own limit. */
export const TEXT_LIMIT = 64 * 1024;

const SPACE = /[ \t\n\r]*/y;
const INTEGER = /-?(?:0|[1-9][0-9]*)/y;
const FRACTION = /(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const HEX = /^[0-9a-fA-F]{4}$/;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t",
};

/**
 * Read JSON as sealing.md rule 5 asks: what two readers could understand differently is refused.
 *
 * @param bytes - UTF-8, without a byte order mark
 * @param limit - the most bytes this kind of document may have
 * @throws MalformedError `json-long`, `json-malformed`, `json-depth`, `json-duplicate`, `json-number`
 *   (fraction, exponent, minus zero), `json-range` (beyond ±(2^53 − 1)), `json-surrogate`
 */
export function parse(bytes: Uint8Array, limit = TEXT_LIMIT): Json {
  if (bytes.length > limit) throw refusal("long");
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refusal("malformed");
  }
  return new Reader(text).document();
}

/** Write compact JSON in UTF-8; keys keep the order they were given in. */
export function write(value: Json): Uint8Array {
  check(value, 1);
  return new TextEncoder().encode(JSON.stringify(value));
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True if every surrogate in the text has its partner. */
export function wellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

function check(value: Json, depth: number): void {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw refusal(Number.isInteger(value) ? "range" : "number");
  }
  if (typeof value === "string" && !wellFormed(value)) throw refusal("surrogate");
  if (typeof value !== "object" || value === null) return;
  if (depth > NESTING) throw refusal("depth");
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) check(item, depth + 1);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (!wellFormed(key)) throw refusal("surrogate");
    check(item, depth + 1);
  }
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): Json {
    const value = this.value(1);
    this.space();
    if (this.at !== this.text.length) throw refusal("malformed");
    return value;
  }

  private value(depth: number): Json {
    this.space();
    switch (this.text[this.at]) {
      case "{": return this.object(depth);
      case "[": return this.array(depth);
      case '"': return this.string();
      case "t": return this.word("true", true);
      case "f": return this.word("false", false);
      case "n": return this.word("null", null);
      default: return this.integer();
    }
  }

  private object(depth: number): JsonObject {
    if (depth > NESTING) throw refusal("depth");
    const out = Object.create(null) as Record<string, Json>;
    this.at += 1;
    this.space();
    if (this.take("}")) return out;
    do {
      this.space();
      if (this.text[this.at] !== '"') throw refusal("malformed");
      const key = this.string();
      if (key in out) throw refusal("duplicate");
      this.space();
      if (!this.take(":")) throw refusal("malformed");
      out[key] = this.value(depth + 1);
      this.space();
    } while (this.take(","));
    if (!this.take("}")) throw refusal("malformed");
    return out;
  }

  private array(depth: number): Json[] {
    if (depth > NESTING) throw refusal("depth");
    const out: Json[] = [];
    this.at += 1;
    this.space();
    if (this.take("]")) return out;
    do {
      out.push(this.value(depth + 1));
      this.space();
    } while (this.take(","));
    if (!this.take("]")) throw refusal("malformed");
    return out;
  }

  private string(): string {
    const parts: string[] = [];
    this.at += 1;
    for (;;) {
      parts.push(this.match(PLAIN));
      if (this.take('"')) break;
      if (!this.take("\\")) throw refusal("malformed");
      const letter = this.text[this.at] ?? "";
      this.at += 1;
      if (letter === "u") {
        const hex = this.text.slice(this.at, this.at + 4);
        if (!HEX.test(hex)) throw refusal("malformed");
        parts.push(String.fromCharCode(parseInt(hex, 16)));
        this.at += 4;
      } else {
        const plain = ESCAPES[letter];
        if (plain === undefined) throw refusal("malformed");
        parts.push(plain);
      }
    }
    const whole = parts.join("");
    if (!wellFormed(whole)) throw refusal("surrogate");
    return whole;
  }

  private integer(): number {
    const digits = this.match(INTEGER);
    if (digits === "") throw refusal("malformed");
    if (this.match(FRACTION) !== "" || digits === "-0") throw refusal("number");
    const value = Number(digits);
    if (!Number.isSafeInteger(value)) throw refusal("range");
    return value;
  }

  private word<T extends Json>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw refusal("malformed");
    this.at += word.length;
    return value;
  }

  private space(): void {
    this.match(SPACE);
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? "";
    this.at += found.length;
    return found;
  }

  private take(letter: string): boolean {
    if (this.text[this.at] !== letter) return false;
    this.at += 1;
    return true;
  }
}

import type { Json } from "../jsontext.js";
import { unb64 } from "../primitives.js";

/** Inputs of one vector, read as `vectors/README.md` says. */
export class Input {
  constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

  has(name: string): boolean {
    return name in this.fields;
  }

  bytes(name: string): Uint8Array {
    return unb64(this.text(name));
  }

  text(name: string): string {
    const value = this.fields[name];
    if (typeof value !== "string") throw new TypeError(`vector input ${name} is no text`);
    return value;
  }

  number(name: string): number {
    const value = this.fields[name];
    if (typeof value !== "number") throw new TypeError(`vector input ${name} is no number`);
    return value;
  }

  json(name: string): Json {
    return this.fields[name] as Json;
  }

  texts(name: string): string[] {
    const value = this.fields[name];
    if (!Array.isArray(value)) throw new TypeError(`vector input ${name} is no list`);
    return value.map(String);
  }

  objects(name: string): Input[] {
    const value = this.fields[name];
    if (!Array.isArray(value)) throw new TypeError(`vector input ${name} is no list`);
    return value.map((one) => new Input(one as Record<string, unknown>));
  }

  all(name: string): Uint8Array[] {
    return this.texts(name).map((text) => unb64(text));
  }
}

/** What an operation gives: bytes are compared in base64url, everything else as JSON. */
export type Operation = (input: Input) => unknown;

import { BODY_LIMIT } from "./bodies.js";
import { asFileName, asFileType, MOST_BYTES, MOST_FILES } from "./envelope.js";
import { asHash, asId, asText, whole } from "./fields.js";
import { parse, write, type Json, type JsonObject } from "./jsontext.js";
import { pinsJson, readPins, type Pins } from "./pins.js";
import { b64 } from "./primitives.js";

/** An attachment that the draft remembers, so that it goes on after the page was killed. */
export type KeptUpload = {
  readonly blob: Uint8Array;
  readonly seed: Uint8Array;
  readonly size: number;
  readonly name: string;
  readonly type: string;
} & (
  /** File key and first bytes, while parts are missing. */
  | { readonly fileKey: Uint8Array; readonly start: Uint8Array; readonly hash?: undefined }
  /** Of the whole file as sealed, once every part is held: first bytes would fill the draft. */
  | { readonly hash: Uint8Array; readonly fileKey?: undefined; readonly start?: undefined }
);

/** The reporting person's own: a draft, pins, notes. The newest replaces. */
export interface Own {
  /** Answers so far, by the form's question. */
  readonly draft?: ReadonlyMap<string, string> | undefined;
  readonly desk?: Uint8Array | undefined;
  readonly contact?: string | undefined;
  /** The draft's last day. */
  readonly until?: string | undefined;
  readonly uploads?: readonly KeptUpload[] | undefined;
  /** What was proven of the office on an earlier visit. */
  readonly pins?: Pins | undefined;
  readonly notes?: string | undefined;
}

export function readOwn(bytes: Uint8Array): Own {
  return whole(parse(bytes, BODY_LIMIT), (fields) => ({
    draft: fields.has("draft") ? fields.texts("draft") : undefined,
    desk: fields.optional("desk", asId),
    contact: fields.optional("contact", asText),
    until: fields.has("until") ? fields.day("until") : undefined,
    uploads: fields.has("uploads") ? fields.list("uploads", uploadField, MOST_FILES) : undefined,
    pins: fields.optional("pins", readPins),
    notes: fields.optional("notes", asText),
  }));
}

export function writeOwn(own: Own): Uint8Array {
  return write({
    ...(own.draft && { draft: Object.fromEntries(own.draft) }),
    ...(own.desk && { desk: b64(own.desk) }),
    ...(own.contact !== undefined && { contact: own.contact }),
    ...(own.until !== undefined && { until: own.until }),
    ...(own.uploads && { uploads: own.uploads.map(uploadJson) }),
    ...(own.pins && { pins: pinsJson(own.pins) }),
    ...(own.notes !== undefined && { notes: own.notes }),
  });
}

function uploadField(value: Json): KeptUpload {
  return whole(value, (fields): KeptUpload => {
    const common = {
      blob: fields.id("blob"), seed: fields.bytes("seed", 32), size: fields.integer("size", 0, MOST_BYTES),
      name: fields.read("name", asFileName), type: fields.read("type", asFileType),
    };
    if (fields.has("hash")) return { ...common, hash: fields.read("hash", asHash) };
    return { ...common, fileKey: fields.bytes("key", 16), start: fields.bytes("start") };
  });
}

function uploadJson(upload: KeptUpload): JsonObject {
  const { blob, seed, size, name, type } = upload;
  return {
    blob: b64(blob), seed: b64(seed), size, name, type,
    ...(upload.hash ? { hash: b64(upload.hash) } : { key: b64(upload.fileKey), start: b64(upload.start) }),
  };
}

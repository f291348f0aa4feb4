import { nameJson, readName, type DocumentName } from "./document.js";
import { asObject, asText, whole } from "./fields.js";
import type { Json, JsonObject } from "./jsontext.js";
import { b64, unb64 } from "./primitives.js";

/**
 * What somebody has seen and proven, so that no server shows them an older office or a shorter record: a member's pins lie
 * in the vault, a reporting person's in their own notes.
 */
export interface Pins {
  readonly F: Uint8Array;
  readonly root?: DocumentName | undefined;
  readonly charter?: DocumentName | undefined;
  /** By desk id in base64url. */
  readonly sheets: ReadonlyMap<string, DocumentName>;
  readonly checkpoints: { readonly arrivals?: string | undefined; readonly acts?: string | undefined };
  /** The newest charter of each office that was referred to, by its F in base64url; a member's only. */
  readonly peers?: ReadonlyMap<string, DocumentName> | undefined;
}

export function pinsJson(pins: Pins): JsonObject {
  return {
    F: b64(pins.F),
    ...(pins.root && { root: nameJson(pins.root) }),
    ...(pins.charter && { charter: nameJson(pins.charter) }),
    sheets: Object.fromEntries([...pins.sheets].map(([desk, pin]) => [desk, nameJson(pin)])),
    checkpoints: {
      ...(pins.checkpoints.arrivals !== undefined && { arrivals: pins.checkpoints.arrivals }),
      ...(pins.checkpoints.acts !== undefined && { acts: pins.checkpoints.acts }),
    },
    ...(pins.peers !== undefined && pins.peers.size > 0
      && { peers: Object.fromEntries([...pins.peers].map(([peer, pin]) => [peer, nameJson(pin)])) }),
  };
}

export function readPins(value: Json): Pins {
  return whole(value, (fields) => ({
    F: fields.hash("F"),
    root: fields.optional("root", readName),
    charter: fields.optional("charter", readName),
    sheets: fields.read("sheets", (sheets) => named(sheets, 16)),
    checkpoints: fields.read("checkpoints", (notes) => whole(notes, (logs) => ({
      arrivals: logs.optional("arrivals", asText), acts: logs.optional("acts", asText),
    }))),
    peers: fields.optional("peers", (peers) => named(peers, 32)),
  }));
}

/** By an id or hash of so many bytes, in base64url. */
function named(value: Json, size: number): Map<string, DocumentName> {
  return new Map(Object.entries(asObject(value)).map(([name, pin]) => {
    unb64(name, size);
    return [name, readName(pin)];
  }));
}

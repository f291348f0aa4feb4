/** An office whose documents are proven, and its report door: reached from the door's own page, or through another server. */
import type { VerifiedManifest } from "../seal/manifest";

/** What a report door is asked for below `/at/<office>/`. Rejects with Refused or Unreachable. */
export interface Door {
  get(what: string): Promise<Uint8Array>;
  post(what: string, body: Uint8Array, type: "bytes" | "json"): Promise<Uint8Array>;
}

export interface ProvenOffice {
  readonly office: Uint8Array;
  readonly manifest: VerifiedManifest;
  readonly door: Door;
}

import { describe, expect, it } from "vitest";

import { signRaw } from "../seal/ed25519.js";
import type { LogClaim } from "../seal/manifest.js";
import { H, publicKey, random, utf8 } from "../seal/primitives.js";
import { checkpointText, origin } from "./checkpoints.js";
import { leafHash, nodeHash } from "./merkle.js";
import { ED25519, keyId, writeNote } from "./notes.js";
import { promiseFields, signPromise } from "./promises.js";
import { rootLogged } from "./rooted.js";

const [office, promise, checkpoint] = [random(16), random(32), random(32)];
const leaf = H(utf8("root document 1"));
const beside = random(32);
const record = { host: "line.example.org", promise: publicKey(promise), checkpoint: publicKey(checkpoint) };

function claim(changed: Partial<LogClaim>): LogClaim {
  const row = { number: 1, promise: promiseFields(signPromise(office, leaf, "2026-03-02", promise)) };
  return { office, leaf, row, checkpoint: undefined, record, today: "2026-03-02", ...changed };
}

function note(root: Uint8Array, seed = checkpoint, log: "acts" | "arrivals" = "acts"): string {
  const name = origin(record.host, office, log);
  const text = checkpointText({ origin: name, size: 2, root, day: "2026-03-02", batch: random(32) });
  const key = { name, key: publicKey(seed), kind: ED25519 };
  return writeNote({ text, signatures: [{ name, keyId: keyId(key), blob: signRaw(seed, utf8(text)) }] });
}

/** As the manifest's check takes it: a refusal is a no. */
function holds(changed: Partial<LogClaim>): boolean {
  try {
    return rootLogged(claim(changed));
  } catch {
    return false;
  }
}

describe("a root document in the record", () => {
  it("is shown by a promise of this office for this document, for a few days", () => {
    expect(holds({})).toBe(true);
    expect(holds({ today: "2026-03-09" })).toBe(true);
    expect(holds({ today: "2026-03-10" })).toBe(false);
    expect(holds({ leaf: random(32) })).toBe(false);
    expect(holds({ office: random(16) })).toBe(false);
    expect(holds({ record: { ...record, promise: publicKey(random(32)) } })).toBe(false);
  });

  it("is shown by inclusion under the office's own checkpoint of the acts log", () => {
    const row = { number: 1, index: 1, hashes: [beside] };
    const root = nodeHash(beside, leafHash(leaf));
    expect(holds({ row, checkpoint: note(root), today: "2027-01-01" })).toBe(true);
    expect(holds({ row })).toBe(false);
    expect(holds({ row, checkpoint: note(random(32)) })).toBe(false);
    expect(holds({ row, checkpoint: note(root, random(32)) })).toBe(false);
    expect(holds({ row, checkpoint: note(root, checkpoint, "arrivals") })).toBe(false);
    expect(holds({ row: { ...row, index: 0 }, checkpoint: note(root) })).toBe(false);
    expect(holds({ row, leaf: random(32), checkpoint: note(root) })).toBe(false);
  });
});

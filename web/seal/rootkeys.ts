import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";

import { H, kdf, publicKey } from "./primitives.js";
import type { RootKey } from "./root.js";

/** Ed25519 seed of a root seed: what signs root documents and charters today. */
export function rootSigningSeed(rootSeed: Uint8Array): Uint8Array {
  return kdf(rootSeed, "root ed25519");
}

/**
 * The public half of an administrator's root key. The ML-DSA-44 key signs nothing yet: root documents commit to
 * it, so that no poster changes on the day when browsers check both.
 */
export function rootKey(rootSeed: Uint8Array): RootKey {
  return {
    ed25519: publicKey(rootSigningSeed(rootSeed)),
    mldsa44: H(ml_dsa44.keygen(kdf(rootSeed, "root mldsa44")).publicKey),
  };
}

/** A root key that its owner has on paper, typed back in after everything else was lost. */
import { RefusedError } from "../seal/errors.js";
import { same } from "../seal/primitives.js";
import type { RootKey } from "../seal/root.js";
import { rootKey } from "../seal/rootkeys.js";
import { keyring, type Keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { readRootWords } from "./wordlists.js";

declare module "./protocol.js" {
  interface Acts {
    /**
     * Put a printed root key into the vault. Throws as `readRootWords`, and `RefusedError` `root-key-other` if the
     * root document in force does not name it, `root-key-held` if another root key would be lost.
     */
    "restore-root": Act<{ readonly words: string }, null>;
  }
}

register("restore-root", ({ words }) => {
  const keys = keyring();
  const seed = readRootWords(words);
  if (!names(keys, rootKey(seed))) {
    throw new RefusedError("root-key-other", "These words are not a root key of this office as its root stands now.");
  }
  const { root } = keys.vault;
  if (root !== undefined && !same(root, seed) && (keys.waits || names(keys, rootKey(root)))) {
    throw new RefusedError("root-key-held", "You hold another root key already; it would be lost.");
  }
  keys.keepRoot(seed);
  return null;
});

/** Whether the vault holds a root key that the root document in force names. */
export function holdsRoot(keys: Keyring): boolean {
  const { root } = keys.vault;
  return root !== undefined && names(keys, rootKey(root));
}

function names({ manifest }: Keyring, key: RootKey): boolean {
  return manifest.root.keys.some((one) => same(one.ed25519, key.ed25519) && same(one.mldsa44, key.mldsa44));
}

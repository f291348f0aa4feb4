import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { random } from "../seal/primitives.js";
import { rootKey } from "../seal/rootkeys.js";
import { makeOffice } from "../seal/testing/office.js";
import { forget, hold, type Keyring } from "./keyring.js";
import { handle } from "./registry.js";
import { unlocked } from "./reports/testing/desk.js";
import { holdsRoot } from "./rootkeys.js";
import { listOf, rootWords } from "./wordlists.js";

const SEED = random(32);
const office = makeOffice();
let keys: Keyring;

beforeEach(() => {
  keys = unlocked(office, office.stranger);
  const root = { ...office.manifest.root, keys: [rootKey(SEED), rootKey(random(32))] };
  keys.settle({ ...office.manifest, root }, [...keys.people.values()], []);
  keys.moved = false;
  hold(keys);
});

afterEach(() => { forget(); });

/** "ok", or the code of the refusal. */
function restored(words: string): Promise<string> {
  return new Promise((done) => {
    void handle({ id: 1, act: "restore-root", ask: { words } }, (reply) => {
      if ("ok" in reply) done(reply.ok ? "ok" : reply.code);
    });
  });
}

describe("a printed root key", () => {
  test.each(["en", "zh-Hans"])("comes back into the vault from the words of its sheet, %s", async (language) => {
    expect(holdsRoot(keys)).toBe(false);
    expect(await restored(rootWords(SEED, listOf(language)).join(" ").toUpperCase())).toBe("ok");
    expect(keys.vault.root).toEqual(SEED);
    expect(keys.moved).toBe(true);
    expect(holdsRoot(keys)).toBe(true);
  });

  test("of another office, or one that the root no longer names, is not kept", async () => {
    expect(await restored(rootWords(random(32), listOf("en")).join(" "))).toBe("root-key-other");
    expect(keys.vault.root).toBeUndefined();
    expect(keys.moved).toBe(false);
  });

  test("with a mistyped word is named as such", async () => {
    const words = rootWords(SEED, listOf("en"));
    const other = listOf("en").find((word) => word !== words[0]) ?? "";
    expect(await restored(words.slice(1).join(" "))).toBe("root-length");
    expect(await restored([...words.slice(0, 23), "harbourmaster"].join(" "))).toBe("receipt-word");
    // One wrong word in 256 passes the check, and then is no key of this office.
    expect(["receipt-check", "root-key-other"]).toContain(await restored([other, ...words.slice(1)].join(" ")));
  });

  test("does not push out one that waits for its charter", async () => {
    const waiting = random(32);
    keys.keepRoot(waiting);
    keys.waits = true;
    expect(await restored(rootWords(SEED, listOf("en")).join(" "))).toBe("root-key-held");
    expect(keys.vault.root).toEqual(waiting);
    keys.waits = false;
    expect(await restored(rootWords(SEED, listOf("en")).join(" "))).toBe("ok");
  });
});

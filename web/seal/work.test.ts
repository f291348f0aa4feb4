import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { afterEach, describe, expect, it, vi } from "vitest";

import { random } from "./primitives.js";
import { solve, workKey, workSalt, zeros } from "./work.js";

const CHALLENGE = { span: 7, nonce: random(16), cost: 50, bits: 8 };
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("proof of work", () => {
  afterEach(() => { vi.unstubAllGlobals(); });

  it("is what ALTCHA's own library solves, where hardness is a whole number of its digits", async () => {
    const salt = workSalt("report", random(16));
    const ours = await solve(CHALLENGE, salt);
    const parameters = {
      algorithm: "PBKDF2/SHA-256", nonce: hex(CHALLENGE.nonce), salt: hex(salt), cost: CHALLENGE.cost, keyLength: 32, keyPrefix: "00",
    };
    const theirs = await solveChallenge({ challenge: { parameters }, deriveKey });
    expect(theirs?.counter).toBe(ours.counter);
    expect(theirs?.derivedKey).toBe(hex(await workKey(CHALLENGE.nonce, ours.counter, salt, CHALLENGE.cost)));
  });

  it("gives the same key where a page has no WebCrypto", async () => {
    const salt = workSalt("blob", random(16));
    const usual = await workKey(CHALLENGE.nonce, 70_000, salt, 9);
    vi.stubGlobal("crypto", {});
    expect(await workKey(CHALLENGE.nonce, 70_000, salt, 9)).toEqual(usual);
  });

  it("lets whoever waits hear of each try, and begins where it is told", async () => {
    const salt = workSalt("post", random(24));
    const heard: number[] = [];
    const found = await solve({ ...CHALLENGE, bits: 5 }, salt, 3, (counter) => { heard.push(counter); return undefined; });
    expect(heard).toEqual(Array.from({ length: found.counter - 3 }, (_, i) => i + 3));
    expect(zeros(await workKey(CHALLENGE.nonce, found.counter, salt, CHALLENGE.cost))).toBeGreaterThanOrEqual(5);
  });

  it("counts the zeros of a key", () => {
    expect([[0x80], [0x01], [0, 0x40], [0, 0]].map((bytes) => zeros(new Uint8Array(bytes)))).toEqual([0, 7, 9, 16]);
  });
});

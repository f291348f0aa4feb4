import { expect, test } from "vitest";

import { H, utf8 } from "../seal/primitives.js";
import { dutyWords } from "./duty.js";

test("what is signed of a duty is the hash of four words, one of which may be empty (docs/formats.md, duties)", () => {
  const said = dutyWords({ law: "eu-nis2", kind: "aware", row: "", at: "2026-03-27T22:30Z" });
  expect(said).toBe("eu-nis2 aware  2026-03-27T22:30Z");
  expect([...H(utf8(said))].map((byte) => byte.toString(16).padStart(2, "0")).join("")).toBe("e5e79faa28fdf988d33c90f3b3d7ebbdf85918a83361843bd1f008d64d8d92b2");
});

import { describe, expect, it, vi } from "vitest";

import type { Story } from "../arrivals/types.js";
import { before } from "./before.js";

vi.stubGlobal("document", { documentElement: { lang: "en" }, getElementById: () => null });

/** The source of a template with what is put into it. */
function flat(one: unknown): string {
  if (typeof one === "string") return one;
  if (typeof one !== "object" || one === null || !("strings" in one && "values" in one)) return "";
  const { strings, values } = one as { strings: readonly string[]; values: readonly unknown[] };
  return strings.map((text, at) => text + flat(values[at])).join("");
}

function shown(purpose: string | null, status = "case"): string {
  return flat(before({ thread: "abc", status, opened: purpose === null ? null : { purpose, until: "2027-01-01", own: false } } as unknown as Story));
}

describe("beside a case that was taken in", () => {
  it("stands where its history lies, and why no panel is asked", () => {
    expect(shown("taken in")).toContain("#/case-file/abc");
    expect(shown("taken in")).toContain("heard here anew");
    expect(shown("taken in")).toContain("No panel is asked here");
  });

  it("says of a closed one only where its history lies", () => {
    expect(shown("taken in", "closed")).toContain("#/case-file/abc");
    expect(shown("taken in", "closed")).not.toContain("No panel");
  });

  it("stands beside no other", () => {
    for (const purpose of [null, "hearing", "own", "helper"]) expect(shown(purpose)).toBe("");
  });
});

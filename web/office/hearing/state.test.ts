import { describe, expect, it } from "vitest";
import { pendingOf } from "./state.js";

const [first, second, third] = [{ c: "first" }, { c: "second" }, { c: "third" }] as const;

describe("a notice that is on its way", () => {
  it("is the newest draft, and the one that a second person agreed to", () => {
    expect(pendingOf([first, second], { agreed: "first", given: [] })).toEqual({ draft: second, agreed: first });
  });

  it("is none once it went, so that somebody else's can be begun", () => {
    expect(pendingOf([first], { agreed: "first", given: ["first"] })).toEqual({ draft: undefined, agreed: undefined });
    expect(pendingOf([], { agreed: "", given: [] })).toEqual({ draft: undefined, agreed: undefined });
  });

  it("is a second person's own after the first one's, and each goes once", () => {
    expect(pendingOf([first, second], { agreed: "first", given: ["first"] })).toEqual({ draft: second, agreed: undefined });
    expect(pendingOf([first, second], { agreed: "second", given: ["first"] })).toEqual({ draft: second, agreed: second });
    expect(pendingOf([first, second, third], { agreed: "second", given: ["first", "second"] })).toEqual({ draft: third, agreed: undefined });
  });
});

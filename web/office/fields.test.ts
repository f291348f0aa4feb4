import { describe, expect, test } from "vitest";

import { begunWith } from "./fields";

describe("a field that begins with a template", () => {
  test("follows the template as long as nobody has written", () => {
    const input = { value: "in English" };
    let template = "in English";
    const anew = begunWith({ input }, () => template);
    for (template of ["auf Deutsch", "en français"]) {
      anew();
      expect(input.value).toBe(template);
    }
  });

  test("keeps what somebody wrote, however often the template changes afterwards", () => {
    const input = { value: "in English" };
    let template = "in English";
    const anew = begunWith({ input }, () => template);
    input.value = "what the handler wrote";
    for (template of ["auf Deutsch", "en français", "in English"]) {
      anew();
      expect(input.value).toBe("what the handler wrote");
    }
  });
});

import { expect, test } from "vitest";

import { CASE_FILE_MAX, EXPORTED_FILES_MAX } from "../../seal/limits.gen.js";
import { random } from "../../seal/primitives.js";
import { fitting } from "./room.js";

const file = (size: number, whole = false, name = "film.mov"): Parameters<typeof fitting>[0][number] => ({ blob: random(16), name, size, whole });
const parts = (...files: Parameters<typeof fitting>[0]): (string | undefined)[] => fitting(files).map(({ part }) => part);

test("attachments go in their order as long as there is room, and what does not fit is named without its bytes", () => {
  expect(parts(file(EXPORTED_FILES_MAX - 10), file(11), file(10, false, "a note.TXT"))).toEqual(["attachments/01.mov", undefined, "attachments/03.txt"]);
});

test("the file that a case was taken in of goes along again, however many attachments it holds, and once more after that", () => {
  // What an export holds at most, and what comes to it each time: proofs, a page to read, what was written.
  let size = EXPORTED_FILES_MAX;
  for (let time = 0; time < 5; time += 1) {
    size += 20_000_000;
    expect(parts(file(size, true, "case.zip"), file(1))[0]).toBe("attachments/01.zip");
  }
  expect(parts(file(EXPORTED_FILES_MAX + 1, true), file(1))[1]).toBeUndefined();
  expect(parts(file(CASE_FILE_MAX, true))).toEqual([undefined]);
});

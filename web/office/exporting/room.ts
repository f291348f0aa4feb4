/** Which attachments of a case go into its exported file: as many as there is room for, in the order of the case. */
import type { FilePart } from "../../export/protocol.js";
import { CASE_FILE_MAX, EXPORTED_FILES_MAX } from "../../seal/limits.gen.js";
import type { CaseParts } from "../../workers/exporting.js";

/** Left beside the file of a case that was taken in: for what was written, its proofs and a page to read. */
const RESERVE = 64 * 1024 * 1024;

/**
 * The file that a case was taken in of is no attachment among others: without it the case would be lost at its second
 * export. It goes along as long as one file can hold it, and takes its room from the others.
 */
export function fitting(files: CaseParts["files"]): FilePart[] {
  let room = EXPORTED_FILES_MAX;
  return files.map(({ whole, ...file }, at) => {
    const fits = file.size <= (whole ? CASE_FILE_MAX - RESERVE : room);
    if (fits) room -= file.size;
    return { ...file, part: fits ? placeOf(at + 1, file.name) : undefined };
  });
}

/** A place of our own making: a name that somebody else chose would lead where they like. */
function placeOf(number: number, name: string): string {
  const ending = /\.([a-z0-9]{1,8})$/u.exec(name.toLowerCase())?.[1];
  return `attachments/${String(number).padStart(2, "0")}${ending === undefined ? "" : `.${ending}`}`;
}

/**
 * How a person agrees to be reached (formats.md §6): one text, the way on its first line, when it is good on the second,
 * the language on the third. Whoever wrote it elsewhere may have written any lines.
 */

export interface Reach {
  /** A telephone number, or another way. */
  readonly way: string;
  readonly when: string;
  readonly language: string;
}

/** The text that is sealed; empty where no way is given, whatever else stands there. */
export function contactText({ way, when, language }: Reach): string {
  if (way.trim() === "") return "";
  return [way, when, language].map((line) => line.trim().replace(/\s+/gu, " ")).join("\n").trimEnd();
}

/** The parts of a text that {@link contactText} wrote; of any other text, its further lines are all the language's. */
export function contactParts(text: string): Reach {
  const [way = "", when = "", ...rest] = text.split("\n");
  return { way, when, language: rest.join(" ") };
}

/** What is there, line by line, as it is read. */
export function contactLines(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

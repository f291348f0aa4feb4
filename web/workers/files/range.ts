/** Bytes of a file that a browser asks for, `start` to `stop` (not included). */
export interface Range {
  readonly start: number;
  readonly stop: number;
}

/**
 * Reads a `Range` header (RFC 9110 §14.1.2: one range of bytes), cut to `most` bytes: a player is answered in short
 * pieces and asks again, so that a film is opened as far as it is seen. No header asks for the beginning.
 *
 * @returns undefined if nothing of the file lies there, or the header asks for several ranges
 */
export function readRange(header: string | null, size: number, most: number): Range | undefined {
  if (header === null) return size === 0 ? undefined : { start: 0, stop: Math.min(size, most) };
  const found = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  const [, first = "", last = ""] = found ?? [];
  if (found === null || (first === "" && last === "")) return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  if (start >= end) return undefined;
  return { start, stop: Math.min(end, start + most) };
}

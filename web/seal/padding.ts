import { MalformedError } from "./errors.js";

const KIB = 1024;
/** Sizes that most reports fall into: a longer text tells only that it is of the next class. */
const CLASSES = [2 * KIB, 8 * KIB, 32 * KIB, 128 * KIB, 512 * KIB] as const;

/**
 * Padmé: the next size with few significant bits, at most 12 % above (PURBs, Nikitin and others, 2019).
 * Sizes up to 2^52.
 */
export function padme(size: number): number {
  if (size < 2) return size;
  const exponent = floorLog2(size);
  const significant = floorLog2(exponent) + 1;
  const unit = 2 ** (exponent - significant);
  return Math.ceil(size / unit) * unit;
}

/** The size that an envelope of `size` bytes is filled up to. */
export function sizeClass(size: number): number {
  return CLASSES.find((one) => size <= one) ?? padme(size);
}

/** The bytes with zeros up to `size`. */
export function fill(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length > size) throw new MalformedError("envelope-length", "A text is longer than its format allows.");
  const out = new Uint8Array(size);
  out.set(bytes);
  return out;
}

function floorLog2(value: number): number {
  let exponent = 0;
  for (let rest = value; rest >= 2; rest = Math.floor(rest / 2)) exponent += 1;
  return exponent;
}

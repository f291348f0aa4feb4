declare const PROVEN: unique symbol;

/**
 * A value that was checked, from a type of its own: what was only parsed cannot be passed where a proof is
 * needed. Only the functions that check make one.
 */
export type Proven<T> = T & { readonly [PROVEN]: true };

/** Mark a value as checked. Called by the checks in this folder, by nobody else. */
export function asProven<T>(value: T): Proven<T> {
  return value as Proven<T>;
}

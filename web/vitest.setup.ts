import { afterAll, expect, vi } from "vitest";

// The next file runs in the same process.
afterAll(() => { vi.unstubAllGlobals(); });

// Files of ten megabytes are compared here; byte by byte through vitest's own comparison that takes seconds.
expect.addEqualityTesters([
  (a: unknown, b: unknown) => (a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : undefined),
]);

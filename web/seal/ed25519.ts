import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";

/**
 * Strict Ed25519 verification, the same in every language.
 *
 * Implementations differ on hand-made keys and signatures (cofactored or not, non-canonical points, small
 * order). A signature that one of our programs accepts and another refuses would split what people see, so
 * the rule is narrowed until all agree. Accepted is `R ‖ S` under `A` only if
 *
 * 1. `A` is 32 bytes, the canonical encoding of a point of the prime-order subgroup other than the neutral one;
 * 2. `S` is below the group order, and `R` is not the neutral point;
 * 3. `encode(S·B − k·A) = R` byte for byte (RFC 8032 without the cofactor). With 1, this leaves no room for an
 *    `R` with a part of small order.
 *
 * Source: RFC 8032 section 5.1; "Taming the many EdDSAs" (Chalkias and others, 2020).
 */
const Point = ed25519.Point;
type Curve = InstanceType<typeof Point>;

/** One check of a key costs about a millisecond, and the same few keys sign a whole thread. */
const REMEMBERED = 512;
const checked = new Map<string, Curve | null>();

/** The raw 32-byte Ed25519 public key of a 32-byte seed (RFC 8032). */
export function publicKey(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed);
}

/** 64 bytes, deterministic (RFC 8032). */
export function signRaw(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, seed);
}

/** Whether `signature` over `message` is good under `key`, by the strict rule; never throws. */
export function verifiesRaw(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.length !== 32 || signature.length !== 64) return false;
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  const owner = acceptable(key);
  if (owner === null || s >= Point.Fn.ORDER) return false;
  const digest = sha512.create().update(r).update(key).update(message).digest();
  const k = littleEndian(digest) % Point.Fn.ORDER;
  const expected = Point.BASE.multiplyUnsafe(s).subtract(owner.multiplyUnsafe(k));
  // Nothing here is secret: both points follow from what is public.
  return !expected.is0() && expected.toBytes().every((byte, i) => byte === r[i]);
}

function acceptable(key: Uint8Array): Curve | null {
  const name = littleEndian(key).toString(36);
  const known = checked.get(name);
  if (known !== undefined) return known;
  let point: Curve | null = null;
  try {
    const decoded = Point.fromBytes(key, false);
    if (!decoded.is0() && decoded.isTorsionFree()) point = decoded;
  } catch {
    // Not the canonical encoding of a point: remembered as refused.
  }
  if (checked.size >= REMEMBERED) checked.clear();
  checked.set(name, point);
  return point;
}

function littleEndian(bytes: Uint8Array): bigint {
  let digits = "";
  for (let i = bytes.length - 1; i >= 0; i -= 1) digits += (bytes[i] ?? 0).toString(16).padStart(2, "0");
  return BigInt("0x" + digits);
}

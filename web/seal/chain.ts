import type { Chain, Envelope } from "./envelope.js";
import { RefusedError } from "./errors.js";
import { b64, same } from "./primitives.js";

/** A red line that a page shows beside what stays readable. */
export interface Problem {
  /** `handover-lead`: a lead took the case over from those whom the handover before names. */
  readonly code: "chain-hole" | "chain-seen" | "handover-lead";
  readonly chain: Chain;
  readonly n: number;
}

/** The proven envelopes of one thread, chain by chain. One lost or junk file must not silence both sides. */
export class Chains {
  private readonly byChain = new Map<Chain, Map<number, Envelope>>();

  /**
   * Take in an envelope whose author was proven.
   *
   * @throws RefusedError `chain-repeat`, `chain-fork` if its place is taken
   */
  accept(envelope: Envelope): void {
    const { chain, n } = envelope.header;
    if (chain === undefined || n === undefined) throw new RangeError("outside the chains");
    const places = this.byChain.get(chain) ?? new Map<number, Envelope>();
    this.byChain.set(chain, places);
    const there = places.get(n);
    if (there === undefined) {
      places.set(n, envelope);
    } else if (same(there.c, envelope.c)) {
      throw new RefusedError("chain-repeat", "The same text stands twice in a conversation.");
    } else {
      throw new RefusedError("chain-fork", "Two different texts claim the same place in a conversation.");
    }
  }

  /** In order. */
  of(chain: Chain): readonly Envelope[] {
    return [...(this.byChain.get(chain) ?? [])].sort(([a], [b]) => a - b).map(([, envelope]) => envelope);
  }

  /** The newest place taken, or undefined. */
  head(chain: Chain): number | undefined {
    return this.of(chain).at(-1)?.header.n;
  }

  /** `c` of the newest. */
  newest(chain: Chain): Uint8Array | undefined {
    return this.of(chain).at(-1)?.c;
  }

  /** The place of a commitment on a chain. */
  placeOf(chain: Chain, c: Uint8Array): number | undefined {
    return this.of(chain).find((envelope) => same(envelope.c, c))?.header.n;
  }

  /** Holes, and what was answered but is not here. */
  problems(): Problem[] {
    return [...this.byChain.keys()].flatMap((chain) => this.problemsOf(chain));
  }

  private problemsOf(chain: Chain): Problem[] {
    // Notes too may name what their author had seen.
    const known = new Set(this.of(chain === "r" ? "o" : "r").map((envelope) => b64(envelope.c)));
    const found: Problem[] = [];
    let before: Envelope | undefined;
    for (const envelope of this.of(chain)) {
      const { prev, seen, n = 0 } = envelope.header;
      const expected = before?.header.n === n - 1 ? before.c : undefined;
      const follows = n === 0 ? prev === undefined : prev !== undefined && expected !== undefined && same(prev, expected);
      if (!follows) found.push({ code: "chain-hole", chain, n });
      if (seen !== undefined && !known.has(b64(seen))) found.push({ code: "chain-seen", chain, n });
      before = envelope;
    }
    return found;
  }
}

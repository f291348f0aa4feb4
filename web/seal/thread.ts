import { checkAudience, checkPlace, notAuthor, proveMember, proveReporter } from "./author.js";
import {
  readHandover, readMessage, readRekey, readReport, readText,
  type CaseHandover, type Message, type Opening, type Rekey, type Report, type ReporterKeys, type Text,
} from "./bodies.js";
import { Chains, type Problem } from "./chain.js";
import type { Charter } from "./charter.js";
import { readEnvelope, type Chain, type Envelope, type Kind } from "./envelope.js";
import { RefusedError, SealError } from "./errors.js";
import type { Note } from "./notes.js";
import { b64, same } from "./primitives.js";
import type { Proven } from "./proven.js";
import { recipientHash } from "./recipients.js";
import { hasRole, type Entry } from "./roster.js";

/** An envelope as found at a place of a thread, unsealed. */
export interface Found {
  readonly chain: "r" | "o" | "i";
  readonly n: number;
  readonly bytes: Uint8Array;
  /** Of the promise, once that was checked. */
  readonly day?: string | undefined;
}

/** What a reader knows before opening a thread. */
export interface Reader {
  readonly office: Uint8Array;
  readonly desk: Uint8Array;
  readonly thread: Uint8Array;
  /** The reporting person trusts the audiences that they chose themselves. */
  readonly side: "reporter" | "office";
  /** H of the recipients this reader opens with. */
  readonly own: readonly Uint8Array[];
  /** H of recipients that the manifest's sheets, or the desk's key file, prove. */
  readonly audience: readonly Uint8Array[];
  /** The proven charter of that number, if it counts on the promise's day; see `inForce` of `charter.ts`. */
  readonly charterOf: (number: number, day?: string) => Proven<Charter> | undefined;
  /** The reporting person's own key from the receipt, to which the report and its rekeys must lead. */
  readonly reporter?: Uint8Array | undefined;
  /**
   * Opens copies that were sealed anew at triage. Their headers name the audiences of before, which this reader need not
   * hold: whomever the reporting person's envelopes name counts as proven.
   */
  readonly inCase?: boolean | undefined;
  /** What reads the office's own notes, for who may see them. The reporting person's page brings none, and takes none. */
  readonly readNote?: ((body: Uint8Array) => Note) | undefined;
}

export type PostBody =
  | { readonly kind: "report"; readonly body: Report }
  | { readonly kind: "message"; readonly body: Message }
  | { readonly kind: "rekey"; readonly body: Rekey }
  | { readonly kind: "handover"; readonly body: CaseHandover | Opening }
  | { readonly kind: "notice"; readonly body: Text }
  | { readonly kind: "note"; readonly body: Note };

/** One proven post. */
export type Post = PostBody & {
  readonly chain: "r" | "o" | "i";
  readonly n: number;
  readonly c: Uint8Array;
  readonly envelope: Envelope;
  /** The member who wrote it; undefined: the reporting person. */
  readonly member: Proven<Entry> | undefined;
};

/** A file that fails a check: never shown as a text, only named. */
export interface RefusedPost {
  readonly chain: Chain;
  readonly n: number;
  readonly error: SealError;
}

export interface Thread {
  /** In the order in which they answer each other. */
  readonly posts: readonly Post[];
  readonly refused: readonly RefusedPost[];
  readonly problems: readonly Problem[];
  readonly chains: Chains;
  readonly report: Report | undefined;
  /** The keys that the next answer is sealed to and checked by. */
  readonly reporter: ReporterKeys | undefined;
  readonly handover: CaseHandover | undefined;
  /** All of a case, oldest first. */
  readonly handovers: readonly CaseHandover[];
  /** H of every recipient that is proven for this thread, base64url. */
  readonly audience: ReadonlySet<string>;
}

/**
 * Prove a whole thread. What fails a check is refused and named, and the rest stays readable.
 *
 * @param found - every envelope that this reader could open, in any order
 */
export function readThread(found: readonly Found[], reader: Reader): Thread {
  const thread = new Proof(reader).run(found);
  // Rekeys lead from the report's key to the receipt's: a thread that leads elsewhere is somebody else's.
  const { reporter } = thread;
  const mine = reader.reporter === undefined || reporter === undefined || same(reporter.sign, reader.reporter);
  return mine ? thread : nothing(found);
}

function nothing(found: readonly Found[]): Thread {
  const refused = found.map(({ chain, n }) => ({ chain, n, error: notAuthor() }));
  return {
    posts: [], refused, problems: [], chains: new Chains(), report: undefined, reporter: undefined, handover: undefined,
    handovers: [], audience: new Set(),
  };
}

class Proof {
  private readonly chains = new Chains();
  private readonly audience: Set<string>;
  private readonly posts: Post[] = [];
  private readonly refused: RefusedPost[] = [];
  private report: Report | undefined;
  private reporter: ReporterKeys | undefined;
  private readonly handovers: CaseHandover[] = [];
  private readonly takenOver: Problem[] = [];
  /** Whom the first word of an opened mailbox is sealed to: the handover after it must say who that is. */
  private openedTo: readonly Uint8Array[] = [];
  private openedBox: readonly Uint8Array[] = [];
  /** A note once the case has its own key: those before it are the desk's. */
  private notedInCase = false;
  /** Earlier boxes were the reporting person's own: their copies were only sealed anew. */
  private readonly own: Uint8Array[];

  constructor(private readonly reader: Reader) {
    this.own = [...reader.own];
    this.audience = new Set(reader.audience.map(b64));
  }

  private get handover(): CaseHandover | undefined { return this.handovers.at(-1); }

  run(found: readonly Found[]): Thread {
    const places = [...found].sort((a, b) => a.n - b.n);
    // A mailbox that a member opened begins on o; every other thread begins on r. Audiences that the reporting
    // person chose are known before answers to them are judged.
    const opened = !places.some((one) => one.chain === "r" && one.n === 0 && this.isReport(one.bytes));
    // Of an opened one the first word alone comes before r: it gives the keys that r is judged by, and what its holder
    // makes of them there is known before the answers to it.
    const first = opened ? places.filter((one) => one.chain === "o" && one.n === 0) : [];
    for (const one of first) this.take(one);
    for (const chain of ["r", "o", "i"] as const) {
      for (const one of places) if (one.chain === chain && !first.includes(one)) this.take(one);
    }
    const { chains, audience, report, reporter, handover, handovers, refused } = this;
    const problems = [...chains.problems(), ...this.takenOver];
    return { posts: this.ordered(), refused, problems, chains, report, reporter, handover, handovers, audience };
  }

  private isReport(bytes: Uint8Array): boolean {
    try {
      return readEnvelope(bytes).header.kind === "report";
    } catch {
      return false;
    }
  }

  private take({ chain, n, bytes, day }: Found): void {
    try {
      const envelope = readEnvelope(bytes);
      const { office, desk, thread } = this.reader;
      checkPlace(envelope, { office, desk, thread, chain, n });
      const post = chain === "r" ? this.fromReporter(envelope, n) : this.fromOffice(envelope, chain, n, day);
      const learnt = this.proves(post);
      if (this.reader.side === "reporter") this.own.push(...this.boxes(post));
      const proven = new Set([...this.audience, ...learnt]);
      const held = this.reader.inCase === true ? envelope.header.to.filter((one) => proven.has(b64(one))) : [];
      const chosen = isOpening(post) ? envelope.header.to.map(b64) : [];
      checkAudience(envelope, [...this.own, ...held], new Set([...proven, ...chosen]));
      this.checkOpened(post);
      this.chains.accept(envelope);
      this.learn(post, learnt);
      this.posts.push(post);
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      this.refused.push({ chain, n, error });
    }
  }

  /** The first handover of an opened mailbox is refused if somebody else too could read the first word. */
  private checkOpened(post: Post): void {
    if (post.kind !== "handover" || !("generation" in post.body) || this.handovers.length > 0) return;
    const named = new Set([...this.openedBox, recipientHash(post.body.recipient)].map(b64));
    if (this.openedTo.some((hash) => !named.has(b64(hash)))) {
      throw new RefusedError("envelope-audience", "The first word here was sealed for others than this one names.");
    }
  }

  private fromReporter(envelope: Envelope, n: number): Post {
    const { kind } = envelope.header;
    const base = { chain: "r" as const, n, c: envelope.c, envelope, member: undefined };
    if (kind === "report") {
      const body = readReport(envelope.body);
      if (n !== 0) throw notAuthor();
      proveReporter(envelope, body.sign);
      return { ...base, kind, body };
    }
    if (this.reporter === undefined) throw notAuthor();
    proveReporter(envelope, this.reporter.sign);
    return kind === "rekey"
      ? { ...base, kind, body: readRekey(envelope.body) }
      : { ...base, kind: "message", body: readMessage(envelope.body, "r") };
  }

  private fromOffice(envelope: Envelope, chain: "o" | "i", n: number, day?: string): Post {
    const { kind } = envelope.header;
    const charterOf = (number: number): Proven<Charter> | undefined => this.reader.charterOf(number, day);
    const { to } = envelope.header;
    const member = proveMember(envelope, charterOf, (entry) => chain === "i" ? this.mayNote(to, entry) : this.mayWrite(kind, entry));
    const base = { chain, n, c: envelope.c, envelope, member };
    if (kind === "handover") {
      const body = readHandover(envelope.body);
      // Only the first word opens a mailbox: later it would divert one.
      if (!("generation" in body) && n !== 0) throw notAuthor();
      return { ...base, kind, body };
    }
    if (kind === "message") return { ...base, kind, body: readMessage(envelope.body, "o") };
    if (kind === "note") {
      if (this.reader.readNote === undefined) throw notAuthor();
      return { ...base, kind, body: this.reader.readNote(envelope.body) };
    }
    return { ...base, kind: "notice", body: readText(envelope.body) };
  }

  /**
   * Before triage a handler or lead of the desk; after a handover only whom it names. A lead may take a case over, because
   * a triage can be refused: that is said beside it, in red.
   */
  private mayWrite(kind: Kind, entry: Entry): boolean {
    if (this.handover === undefined) return this.isOfDesk(entry);
    return names(this.handover, entry.id) || (kind === "handover" && hasRole(entry, "lead", this.reader.desk));
  }

  /** A note is by whom the case names that it is sealed to; one sealed to the desk comes before all of those. */
  private mayNote(to: readonly Uint8Array[], entry: Entry): boolean {
    const handover = this.handovers.find((one) => isSealedTo(to, one));
    return handover === undefined ? this.isOfDesk(entry) && !this.notedInCase : names(handover, entry.id);
  }

  private isOfDesk(entry: Entry): boolean {
    return hasRole(entry, "handler", this.reader.desk) || hasRole(entry, "lead", this.reader.desk);
  }

  /** H of the recipients that this post itself proves, base64url. */
  private proves(post: Post): string[] {
    const chosen = post.chain === "r" && (this.reader.side === "reporter" || this.reader.inCase === true) ? post.envelope.header.to : [];
    const handed = post.kind === "handover" && "generation" in post.body ? [recipientHash(post.body.recipient)] : [];
    return [...this.boxes(post), ...handed, ...chosen].map(b64);
  }

  /** H of the reporting person's box, where this post gives it. */
  private boxes({ kind, body }: PostBody): Uint8Array[] {
    const gives = kind === "report" || kind === "rekey" || (kind === "handover" && !("generation" in body));
    return gives && "box" in body ? [recipientHash(body.box)] : [];
  }

  private learn(post: Post, learnt: readonly string[]): void {
    for (const hash of learnt) this.audience.add(hash);
    if (post.kind === "report") {
      this.report = post.body;
      this.reporter = post.body;
    } else if (post.kind === "rekey") {
      this.reporter = post.body;
    } else if (post.kind === "handover") {
      if ("generation" in post.body) this.handOver(post, post.body);
      else {
        this.reporter = post.body;
        this.openedTo = post.envelope.header.to;
        this.openedBox = this.boxes(post);
      }
    } else if (post.kind === "note") {
      this.notedInCase ||= this.handovers.some((one) => isSealedTo(post.envelope.header.to, one));
    }
  }

  private handOver({ chain, n, member }: Post, handover: CaseHandover): void {
    const before = this.handover;
    if (before !== undefined && member !== undefined && !names(before, member.id)) {
      this.takenOver.push({ code: "handover-lead", chain, n });
    }
    this.handovers.push(handover);
  }

  /** Each post after the one of the other side that its author had seen; notes at the end. */
  private ordered(): Post[] {
    const waiting = { r: this.posts.filter((p) => p.chain === "r"), o: this.posts.filter((p) => p.chain === "o") };
    const shown = new Set<string>();
    const known = new Set(this.posts.map((post) => b64(post.c)));
    const out: Post[] = [];
    const ready = (post: Post | undefined): boolean => {
      const seen = post?.envelope.header.seen;
      return post !== undefined && (seen === undefined || shown.has(b64(seen)) || !known.has(b64(seen)));
    };
    while (waiting.r.length + waiting.o.length > 0) {
      const side = ready(waiting.r[0]) || waiting.o.length === 0 ? waiting.r : waiting.o;
      const next = (ready(side[0]) ? side : waiting.o.length > 0 ? waiting.o : waiting.r).shift();
      if (next === undefined) break;
      shown.add(b64(next.c));
      out.push(next);
    }
    return [...out, ...this.posts.filter((post) => post.chain === "i")];
  }
}

/** The first word of a mailbox that a member opened. */
export function isOpening<One extends PostBody>(post: One): post is One & { readonly kind: "handover"; readonly body: Opening } {
  return post.kind === "handover" && !("generation" in post.body);
}

function names({ people }: CaseHandover, member: Uint8Array): boolean {
  return people.some((id) => same(id, member));
}

function isSealedTo(to: readonly Uint8Array[], { recipient }: CaseHandover): boolean {
  const wanted = recipientHash(recipient);
  return to.some((hash) => same(hash, wanted));
}

import { seal } from "./age.js";
import { writeEnvelope, type By, type FileName, type Kind } from "./envelope.js";
import type { JsonObject } from "./jsontext.js";
import { writeParcel, type ParcelFile } from "./parcel.js";
import { b64, H, join, mac, u64, utf8 } from "./primitives.js";
import { recipientHash, type Recipient } from "./recipients.js";

const RECEIVED = utf8("fairline/1 received\0");

/** `T(chain, n)`: finds an entry of the arrivals log for who holds the tag. */
export function searchTag(tag: Uint8Array, chain: "r" | "o", n: number): Uint8Array {
  return mac(tag, join(utf8(chain), u64(n)));
}

/**
 * `f`: what the server commits to have received.
 *
 * @param files - the sealed files in their order
 * @param attachments - the hash of each attachment, in the order of the envelope
 */
export function received(files: readonly Uint8Array[], attachments: readonly Uint8Array[] = []): Uint8Array {
  return H(join(RECEIVED, ...files.map(H), ...attachments));
}

/** A post before it is sealed. */
export interface PostDraft {
  readonly office: Uint8Array;
  readonly desk: Uint8Array;
  readonly thread: Uint8Array;
  readonly kind: Kind;
  readonly chain: "r" | "o" | "i";
  readonly n: number;
  readonly prev?: Uint8Array | undefined;
  readonly seen?: Uint8Array | undefined;
  /** Attachments; the server holds them already. */
  readonly files?: readonly FileName[] | undefined;
  readonly body: Uint8Array;
  /** The office's audience: the desk's epoch, or the case. */
  readonly audience: Recipient;
  /** The reporting person's box; none on the internal chain. */
  readonly box?: Recipient | undefined;
  readonly by: By;
  readonly seed: Uint8Array;
  /** The record's tag of the reporting person; none on the internal chain. */
  readonly tag?: Uint8Array | undefined;
}

/** A post sealed once for each audience. */
export interface SealedPost {
  readonly chain: "r" | "o" | "i";
  readonly n: number;
  readonly c: Uint8Array;
  /** Search tag; none on the internal chain. */
  readonly T: Uint8Array | undefined;
  readonly files: readonly ParcelFile[];
  /** Ids of its attachments, in the order of the envelope's `files`. */
  readonly blobs: readonly Uint8Array[];
  /** The 96 bytes `T ‖ c ‖ f` that the promise must name; none on the internal chain. */
  readonly leaf: Uint8Array | undefined;
}

/**
 * Sign a post and seal it, one file for each audience, so that one copy can be destroyed and no recipient can
 * re-author another's.
 *
 * @param further - files that belong to the post: identity and shares, in order
 */
export async function sealPost(draft: PostDraft, further: readonly ParcelFile[] = []): Promise<SealedPost> {
  const { office, desk, thread, kind, chain, n, prev, seen, by } = draft;
  const attached = draft.files ?? [];
  const named = attached.length === 0 ? undefined : attached;
  const readers = [draft.audience, ...(draft.box === undefined ? [] : [draft.box])];
  const header = { office, desk, thread, kind, chain, n, prev, seen, files: named, by, to: readers.map(recipientHash) };
  const { bytes, c } = writeEnvelope(header, draft.body, draft.seed);
  const files: ParcelFile[] = [{ as: "office", bytes: await seal(bytes, [draft.audience]) }];
  if (draft.box !== undefined) files.push({ as: "own", bytes: await seal(bytes, [draft.box]) });
  files.push(...further);
  const blobs = attached.map(({ blob }) => blob);
  if (draft.tag === undefined || chain === "i") return { chain, n, c, T: undefined, files, blobs, leaf: undefined };
  const T = searchTag(draft.tag, chain, n);
  const f = received(files.map((file) => file.bytes), attached.map(({ hash }) => hash));
  return { chain, n, c, T, files, blobs, leaf: join(T, c, f) };
}

/** Whom a post was sealed for, as the server must know it. */
export type AudienceName = { readonly epoch: number } | { readonly generation: number };

/** A post as it goes to a door (formats.md §7). */
export interface PostRequest {
  readonly thread: Uint8Array;
  /** The newest places on r and o that the author saw. */
  readonly heads: { readonly r?: number | undefined; readonly o?: number | undefined };
  readonly audience: AudienceName;
  /** The reporting person's way in; members have a session. */
  readonly mailbox?: { readonly id: Uint8Array; readonly auth: Uint8Array } | undefined;
  /** The new mailbox of a rekey, and every own copy there is, sealed anew. */
  readonly rekey?: {
    readonly id: Uint8Array;
    readonly auth: Uint8Array;
    readonly copies: readonly { readonly chain: "r" | "o"; readonly n: number; readonly bytes: Uint8Array }[];
  } | undefined;
}

export function postParcel(post: SealedPost, request: PostRequest): Uint8Array {
  const { mailbox, heads, rekey } = request;
  const head: JsonObject = {
    v: 1,
    ...(mailbox && { id: b64(mailbox.id), auth: b64(mailbox.auth) }),
    thread: b64(request.thread), chain: post.chain, n: post.n,
    heads: { ...(heads.r !== undefined && { r: heads.r }), ...(heads.o !== undefined && { o: heads.o }) },
    audience: { ...request.audience },
    ...(post.T && { T: b64(post.T) }),
    c: b64(post.c),
    ...blobsJson(post.blobs),
    ...(rekey && { rekey: { id: b64(rekey.id), auth: b64(H(rekey.auth)) } }),
  };
  const copies = (rekey?.copies ?? []).map(({ chain, n, bytes }) => ({ as: "own", bytes, of: { chain, n } }));
  return writeParcel(head, [...post.files, ...copies]);
}

/** The field of a drop's or post's head that names its attachments; none where it has none. */
export function blobsJson(blobs: readonly Uint8Array[]): JsonObject {
  return blobs.length === 0 ? {} : { blobs: blobs.map(b64) };
}

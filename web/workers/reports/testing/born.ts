/** A case that a member brought into being, as the server would give it. */
import { promiseFields, signPromise } from "../../../ledger/promises.js";
import type { JsonObject } from "../../../seal/jsontext.js";
import { readParcel, writeParcel, type ParcelFile } from "../../../seal/parcel.js";
import { received, type SealedPost } from "../../../seal/post.js";
import { b64, H, join, unb64 } from "../../../seal/primitives.js";
import { TODAY, type TestOffice } from "../../../seal/testing/office.js";
import type { ComposedMailbox } from "../mailboxes.js";

interface Row {
  readonly chain: "r" | "o" | "i";
  readonly n: number;
  readonly c: Uint8Array;
  readonly T: Uint8Array | undefined;
  readonly files: readonly ParcelFile[];
  readonly attached?: readonly Uint8Array[];
}

/**
 * What a member brought into being, as the server gives it to one of its people.
 *
 * @param since - what came afterwards
 * @param attached - hashes of the files of its first note, where one came with it
 */
export function served(
  office: TestOffice, member: Uint8Array, it: Pick<ComposedMailbox, "thread" | "parcel">, since: readonly SealedPost[] = [], attached: readonly Uint8Array[] = [],
): Uint8Array {
  const outer = readParcel(it.parcel), people = outer.head["people"] as string[];
  const inner = readParcel(outer.files.find(({ as }) => as === "mailbox")?.bytes ?? new Uint8Array());
  const note = outer.files.find(({ as }) => as === "note"), first = note && readParcel(note.bytes);
  const posts = inner.head["posts"] as { T: string; c: string }[];
  const rows: Row[] = [
    ...posts.map(({ T, c }, n): Row => ({ chain: "o", n, c: unb64(c), T: unb64(T), files: inner.files.slice(2 * n, 2 * n + 2) })),
    ...first === undefined ? [] : [{ chain: "i", n: 0, c: unb64(first.head["c"] as string), T: undefined, files: first.files, attached } satisfies Row],
    ...since.map(({ chain, n, c, T, files }): Row => ({ chain, n, c, T, files })),
  ];
  const heads: Record<string, number> = {};
  for (const { chain, n } of rows) heads[chain] = n;
  const act = outer.head["act"] as { what: string; sig: string };
  const head: JsonObject = {
    v: 1, thread: b64(it.thread), desk: b64(office.desk), day: TODAY, status: "case", audience: { generation: 0 }, heads,
    posts: rows.map((row) => told(office, row)), marks: {}, doings: [{ member: b64(office.handler.id), what: "opened-mailbox", at: "2026-03-02T08:00:00Z" }],
    case: { n: 0, people, desk_copy: b64(H(new Uint8Array())), upto: {}, triaged_by: b64(office.handler.id), confirmed: false, alarm: "", act },
  };
  const own = outer.files[people.indexOf(b64(member))];
  return writeParcel(head, [...rows.flatMap(({ files }) => files.slice(0, 1)), ...(own === undefined ? [] : [{ as: "keys", bytes: own.bytes }])]);
}

function told(office: TestOffice, { chain, n, c, T, files, attached = [] }: Row): JsonObject {
  const f = received(files.map(({ bytes }) => bytes), attached);
  const common = { chain, n, day: TODAY, c: b64(c), f: b64(f), hashes: [...files.map(({ bytes }) => H(bytes)), ...attached].map(b64), held: true };
  return T === undefined ? common
    : { ...common, T: b64(T), promise: promiseFields(signPromise(office.id, join(T, c, f), TODAY, office.promise)) };
}

import { deltaBinding, indexKeyBytes, IndexPage, openIndex, pageBinding, sealIndex, writeDelta, writePage, type IndexEntry } from "../indexpages.js";
import { asLabel, fromBits, toBits } from "../labels.js";
import { join, utf8 } from "../primitives.js";
import type { Input, Operation } from "./input.js";

const FLAGS = ["ours", "faulty", "apart", "test"] as const;

function binding(i: Input): Uint8Array {
  return i.has("delta")
    ? deltaBinding(i.bytes("owner"), i.bytes("delta"))
    : pageBinding(i.bytes("owner"), i.number("page"), i.number("version"));
}

function key(i: Input): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", new Uint8Array(i.bytes("key")), "AES-GCM", false, ["encrypt", "decrypt"]);
}

function plain(i: Input): Uint8Array {
  const bytes = i.bytes("content");
  return join(bytes, new Uint8Array(i.number("size") - bytes.length));
}

function trimmed(bytes: Uint8Array): { content: Uint8Array; size: number } {
  return { content: bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1), size: bytes.length };
}

function told(page: IndexPage): unknown {
  return Array.from({ length: page.count }, (_, place) => {
    const { thread, counts, labels, title, newestNote } = page.entry(place);
    return {
      thread, counts, flags: FLAGS.filter((flag) => page.has(place, flag)), labels: fromBits(labels), title,
      text: page.text(place), newest_note: newestNote,
    };
  });
}

function entry(i: Input): IndexEntry {
  const flags = i.texts("flags");
  const [r = 0, o = 0, notes = 0] = i.texts("counts").map(Number);
  return {
    thread: i.bytes("thread"), counts: [r, o, notes], ours: flags.includes("ours"), faulty: flags.includes("faulty"),
    apart: flags.includes("apart"), test: flags.includes("test"), labels: toBits(i.texts("labels").map(asLabel)),
    title: i.number("title"), text: utf8(i.text("text")), newestNote: i.bytes("newest_note"),
  };
}

export const INDEXES: Readonly<Record<string, Operation>> = {
  "key": (i) => indexKeyBytes(i.bytes("secret"), i.bytes("owner")),
  "seal": async (i) => sealIndex(await key(i), binding(i), i.bytes("plain"), i.bytes("nonce")),
  "open": async (i) => openIndex(await key(i), binding(i), i.bytes("sealed")),
  "write-page": (i) => trimmed(writePage(i.objects("entries").map(entry))),
  "write-delta": (i) => trimmed(writeDelta(i.objects("entries").map(entry), i.number("least"))),
  "read-page": (i) => told(IndexPage.readPage(plain(i))),
  "read-delta": (i) => told(IndexPage.readDelta(plain(i))),
  "label-bits": (i) => toBits(i.texts("labels").map(asLabel)),
  "labels-of-bits": (i) => fromBits(i.number("bits")),
};

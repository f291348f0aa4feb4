import { readArchive, writeArchive } from "../archive.js";
import { openArchive, readDocuments, readList, readRecord, writeList, writeRecord } from "../exportedcase.js";
import { parse, write } from "../jsontext.js";
import { unsealWith } from "../passphrases.js";
import { readStood, stoodJson } from "../stood.js";
import type { Operation } from "./input.js";

export const EXPORTS: Readonly<Record<string, Operation>> = {
  "write-archive": (i) => writeArchive(i.objects("files").map((one) => ({ name: one.text("name"), content: one.bytes("content") }))),
  "read-archive": (i) => readArchive(i.bytes("archive")).map(({ name }) => name),
  "read-list": (i) => writeList(readList(i.bytes("list"))),
  "read-record": (i) => writeRecord(readRecord(i.bytes("record"))),
  "read-stood": (i) => write(stoodJson(readStood(parse(i.bytes("stood"), 16 * 1024 * 1024)))),
  "read-documents": (i) => {
    const { manifest, charters } = readDocuments(i.bytes("documents"));
    return [manifest, ...charters];
  },
  "open-export": (i) => {
    const { digest, exported, contents } = openArchive(i.bytes("archive"));
    return { digest, thread: exported.thread, names: [...contents.keys()] };
  },
  "open-with-passphrase": (i) => unsealWith(i.bytes("file"), i.text("passphrase")),
};

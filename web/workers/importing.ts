/**
 * An exported case that somebody holds as a file, opened beside the keys: read, and taken in where the office does not know
 * it any more. In the case that it is then the file is opened from the attachment, by the same proof.
 */
import type { Unsealed } from "../importing/protocol.js";
import { promiseFields } from "../ledger/promises.js";
import type { AttachedFile, Story } from "../office/arrivals/types.js";
import { saidKind } from "../office/files/kinds.js";
import type { FileName } from "../seal/envelope.js";
import { RefusedError } from "../seal/errors.js";
import type { ExportedFile, ExportReason } from "../seal/exportedcase.js";
import type { JsonObject } from "../seal/jsontext.js";
import { b64, same } from "../seal/primitives.js";
import { shownName } from "../seal/shownname.js";
import { SealedSource } from "../seal/source.js";
import type { Stood } from "../seal/stood.js";
import { openReport } from "./arrivals.js";
import { fetchedPart } from "./files.js";
import { sealFrom } from "./files/anew.js";
import { OpenFile } from "./files/openfile.js";
import { keyring, type Keyring } from "./keyring.js";
import { told } from "./peers.js";
import "./protocol.js";
import { isKept } from "./record.js";
import { register } from "./registry.js";
import { meansSame } from "./reports/apart.js";
import { attached, compared, isNamed, proveExport, type Compared, type ProvenExport } from "./reports/exported.js";
import { formOf } from "./reports/forms.js";
import { openThread } from "./reports/opening.js";
import { readThread } from "./reports/parcel.js";
import { storyOf, titleOf } from "./reports/story.js";
import { ARCHIVE, composeTaking, noneTaken, proveTaken, takenOf, type TakingWish } from "./reports/taken.js";

/** What is proven of the file, without a word of the case. */
export interface ExportFound {
  readonly thread: string;
  readonly day: string;
  /** Id of the member who took it out. */
  readonly by: string;
  readonly reason: ExportReason;
  /** The day in whose record the act is promised to stand. */
  readonly promised: string;
  /** Whether the published record of that day holds it. */
  readonly kept: boolean;
  readonly row: string;
  readonly promise: JsonObject;
}

/** An attachment of the case. */
export interface ExportFile {
  /** Where its bytes lie; undefined where they do not, or where two people have deleted it here. */
  readonly part: string | undefined;
  readonly erased: boolean;
  readonly file: AttachedFile;
  /** A proven post names it so. */
  readonly named: boolean;
}

/** The case as it was, to be read. */
export interface ExportShown {
  readonly story: Story;
  readonly words: string;
  /** What the office kept beside it; undefined in a file of before that went along. */
  readonly stood: Stood | undefined;
  readonly files: readonly ExportFile[];
  /** What stands here, where it does. */
  readonly compared: Compared | null;
  /** Hash of the sheet whose form must be learned before the answers stand under their questions; mostly empty. */
  readonly lacks: string;
}

declare module "./protocol.js" {
  interface Acts {
    /** Prove the archive in a file of which the seal is open: it is read where it lies, now and until another takes its place. */
    "import-open": Act<{ readonly file: Blob } & Unsealed, ExportFound>;
    /**
     * What is in it, for whom the newest keys in it name or who holds those in force: `parcel` is the thread as it stands
     * here. `erased` are files that two people have deleted; nothing of them is given.
     */
    "import-show": Act<{
      readonly parcel: Uint8Array | null; readonly language: string; readonly names: readonly string[]; readonly erased: readonly string[];
    }, ExportShown>;
    /** Bytes of an attachment that was shown, `length` of them from `at` on. */
    "import-file": Act<{ readonly part: string; readonly at: number; readonly length: number }, Uint8Array>;
    /** Seal the archive that was shown, and send it to a desk of ours; it is there whole when this answers. */
    "import-seal": Act<{ readonly desk: string }, null>;
    /** Make a case of it; `parcel` goes to `exports/taking`. Refused where the file was not shown because nothing stands here. */
    "import-take": Act<Omit<TakingWish, "title" | "file">, { readonly thread: string; readonly parcel: Uint8Array }>;
    /** What lies in an open case that was taken in, proven anew from its attachment. */
    "import-attached": Act<
      { readonly thread: string; readonly language: string; readonly names: readonly string[] },
      ExportShown & { readonly found: ExportFound }
    >;
    "import-close": Act<null, null>;
  }
}

/** What is open, and proven. */
interface Held {
  readonly proven: ProvenExport;
  /** The case in which it lies, base64url; empty where somebody has it on a disk. */
  readonly of: string;
  /** It was shown to who is named in it, and the office knows nothing of it: it may be taken in. */
  lost: boolean;
  /** By desk, as it was sealed and sent. */
  readonly sealed: Map<string, FileName>;
}

let held: Held | undefined;
let shown: ReadonlySet<string> = new Set();

register("import-open", async ({ file, key, start }, { progress }) => {
  forget();
  const keys = keyring(), proven = await proveExport(new SealedSource(file, key, start), keys, progress);
  const found = await foundIn(proven, keys);
  held = { proven, of: "", lost: false, sealed: new Map() };
  return found;
});

register("import-show", async ({ parcel, language, names, erased }) => {
  const keys = keyring(), it = opened(), { proven } = it;
  it.lost = false;
  const here = parcel === null ? undefined : await openThread(readThread(parcel), keys);
  if (here !== undefined && !same(here.sealed.thread, proven.open.sealed.thread)) throw new RefusedError("content", "This is another case.");
  // The file is no key: the workbench shows it to nobody whom the keys of the case leave out.
  if (here === undefined ? !isNamed(proven, keys.member) : here.caseKeys === undefined) throw notYours();
  const story = shownOf(proven, keys, { language, names, erased });
  it.lost = here === undefined;
  return { ...story, compared: here === undefined ? null : compared(proven, here) };
});

register("import-file", ({ part, at, length }) => {
  const { from, attachments } = opened().proven.opened, found = shown.has(part) ? attachments.get(part) : undefined;
  if (found === undefined) throw notYours();
  return told(() => from.read(found.at + at, Math.max(0, Math.min(length, found.size - at))));
});

register("import-seal", ({ desk }, { progress }) => told(async () => {
  const it = lost();
  // What was sent is not sent once more where the case itself was refused or its answer was lost.
  if (it.sealed.has(desk)) return null;
  it.sealed.set(desk, await sealFrom(it.proven.opened.from, ARCHIVE, { desk, path: "exports/parts" }, progress));
  return null;
}));

register("import-take", async (wish) => {
  const { proven, sealed } = lost(), file = sealed.get(wish.desk);
  if (file === undefined) throw new RefusedError("file-unsealed", "The file was not sealed for this desk. Please try again.");
  const { thread, parcel } = await composeTaking(keyring(), proven, { ...wish, title: titleOf(proven.open), file });
  return { thread: b64(thread), parcel };
});

register("import-attached", async ({ thread, language, names }, { progress }) => {
  const keys = keyring(), open = openReport(thread), note = takenOf(open);
  if (open.caseKeys === undefined) throw notYours();
  if (note === undefined) throw noneTaken();
  if (held?.of !== thread) {
    forget();
    const file = new OpenFile(note.file, (part) => fetchedPart(thread, b64(note.file.blob), part));
    const from = { size: note.file.size, read: (at: number, length: number) => file.read(at, at + length) };
    const proven = await proveTaken(open, from, keys, progress);
    // What was read by pieces is what the note names only once all of it was held against its hash.
    if (await file.checkAll(() => undefined) !== "yes") throw noneTaken();
    held = { proven, of: thread, lost: false, sealed: new Map() };
  }
  const { proven } = held;
  return { ...shownOf(proven, keys, { language, names, erased: [] }), compared: null, found: await foundIn(proven, keys) };
});

register("import-close", () => {
  forget();
  return null;
});

async function foundIn({ opened: { exported, record }, promise }: ProvenExport, keys: Keyring): Promise<ExportFound> {
  return {
    thread: b64(exported.thread), day: exported.day, by: b64(exported.by), reason: exported.reason,
    promised: promise.day, kept: await isKept(keys, promise), row: b64(record.row), promise: promiseFields(promise),
  };
}

/**
 * Its words, for whom nothing keeps out.
 *
 * @throws RefusedError `import-people` for who was asked to be kept out
 */
function shownOf(
  proven: ProvenExport, keys: Keyring, { language, names, erased }: { readonly language: string; readonly names: readonly string[]; readonly erased: readonly string[] },
): Omit<ExportShown, "compared"> {
  const { thread: { handover, report } } = proven.open;
  if ((report?.mustNotSee ?? []).some((asked) => names.some((name) => meansSame(asked, name)))) throw notYours();
  const { form, lacks } = formOf(proven.open, keys);
  const story = storyOf(proven.open, keys, form, language);
  const files = proven.opened.exported.files.map((file) => fileOf(file, proven, erased));
  shown = new Set(files.flatMap(({ part }) => part ?? []));
  return {
    story: {
      ...story,
      case: { people: (handover?.people ?? []).map(b64), mine: true, triagedBy: "", confirmed: true, alarm: "", faults: [], barred: [], generation: 0, joined: [], unreadable: 0 },
    },
    words: proven.opened.exported.words, stood: proven.opened.exported.stood, files, lacks,
  };
}

function fileOf(file: ExportedFile, proven: ProvenExport, erased: readonly string[]): ExportFile {
  const blob = b64(file.blob), name = shownName(file.name), gone = erased.includes(blob), said = attached(proven, file);
  return {
    part: gone ? undefined : file.part, erased: gone, named: said !== undefined,
    file: { blob, name, cleaned: name !== file.name, size: file.size, type: said?.type ?? "", said: said === undefined ? "other" : saidKind(said.type, name) },
  };
}

function opened(): Held {
  if (held === undefined) throw new RefusedError("not-open", "Please open the file first.");
  return held;
}

function lost(): Held {
  const it = opened();
  if (!it.lost) throw notYours();
  return it;
}

function forget(): void {
  held = undefined;
  shown = new Set();
}

function notYours(): RefusedError {
  return new RefusedError("import-people", "The people assigned to this case do not include you.");
}

/** An exported case that somebody holds as a file, opened beside the keys: read, and never taken in. */
import { promiseFields } from "../ledger/promises.js";
import type { AttachedFile, Story } from "../office/arrivals/types.js";
import { saidKind } from "../office/files/kinds.js";
import { RefusedError } from "../seal/errors.js";
import type { ExportedFile, ExportReason } from "../seal/exportedcase.js";
import type { JsonObject } from "../seal/jsontext.js";
import { b64, same } from "../seal/primitives.js";
import { shownName } from "../seal/shownname.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { isKept } from "./record.js";
import { register } from "./registry.js";
import { meansSame } from "./reports/apart.js";
import { attached, compared, isNamed, proveExport, type Compared, type ProvenExport } from "./reports/exported.js";
import { formOf } from "./reports/forms.js";
import { openThread } from "./reports/opening.js";
import { readThread } from "./reports/parcel.js";
import { storyOf } from "./reports/story.js";

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
  readonly files: readonly ExportFile[];
  /** What stands here, where it does. */
  readonly compared: Compared | null;
  /** Hash of the sheet whose form must be learned before the answers stand under their questions; mostly empty. */
  readonly lacks: string;
}

declare module "./protocol.js" {
  interface Acts {
    /** Prove an archive; it stays here until another takes its place. */
    "import-open": Act<{ readonly archive: Uint8Array }, ExportFound>;
    /**
     * What is in it, for whom the newest keys in it name or who holds those in force: `parcel` is the thread as it stands
     * here. `erased` are files that two people have deleted; nothing of them is given.
     */
    "import-show": Act<{
      readonly parcel: Uint8Array | null; readonly language: string; readonly names: readonly string[]; readonly erased: readonly string[];
    }, ExportShown>;
    /** The bytes of an attachment that was shown. */
    "import-file": Act<{ readonly part: string }, Uint8Array>;
    "import-close": Act<null, null>;
  }
}

let held: ProvenExport | undefined;
let shown: ReadonlySet<string> = new Set();

register("import-open", async ({ archive }) => {
  forget();
  const keys = keyring(), proven = await proveExport(archive, keys);
  const { opened: { exported, record }, promise } = proven;
  const kept = await isKept(keys, promise);
  held = proven;
  return {
    thread: b64(exported.thread), day: exported.day, by: b64(exported.by), reason: exported.reason,
    promised: promise.day, kept, row: b64(record.row), promise: promiseFields(promise),
  };
});

register("import-show", async ({ parcel, language, names, erased }) => {
  const keys = keyring(), proven = opened();
  const here = parcel === null ? undefined : await openThread(readThread(parcel), keys);
  if (here !== undefined && !same(here.sealed.thread, proven.open.sealed.thread)) throw new RefusedError("content", "This is another case.");
  const { thread: { handover, report } } = proven.open;
  // The file is no key: the workbench shows it to nobody whom the keys of the case leave out.
  if (here === undefined ? !isNamed(proven, keys.member) : here.caseKeys === undefined) throw notYours();
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
    words: proven.opened.exported.words, files, compared: here === undefined ? null : compared(proven, here), lacks,
  };
});

register("import-file", ({ part }) => {
  const bytes = shown.has(part) ? opened().opened.contents.get(part) : undefined;
  if (bytes === undefined) throw notYours();
  return bytes;
});

register("import-close", () => {
  forget();
  return null;
});

function fileOf(file: ExportedFile, proven: ProvenExport, erased: readonly string[]): ExportFile {
  const blob = b64(file.blob), name = shownName(file.name), gone = erased.includes(blob), said = attached(proven, file);
  return {
    part: gone ? undefined : file.part, erased: gone, named: said !== undefined,
    file: { blob, name, cleaned: name !== file.name, size: file.size, type: said?.type ?? "", said: said === undefined ? "other" : saidKind(said.type, name) },
  };
}

function opened(): ProvenExport {
  if (held === undefined) throw new RefusedError("not-open", "Please open the file first.");
  return held;
}

function forget(): void {
  held = undefined;
  shown = new Set();
}

function notYours(): RefusedError {
  return new RefusedError("import-people", "The people assigned to this case do not include you.");
}

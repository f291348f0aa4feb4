/** Which document of a case goes to a helper: a text, masked where it must be, or a file as it is. */
import { hold, make, newId } from "../../elements/make.js";
import { day, language, t } from "../../elements/words.js";
import type { AttachedFile, Story } from "../arrivals/types.js";
import { lookAt, type Look } from "../files/looking.js";
import { field } from "../fields.js";
import { masking } from "./masking.js";
import { choice } from "./triage.js";

/** What goes out. */
export interface Going {
  /** The masked text; of a file, what is to be done with it. */
  readonly text: string;
  readonly language: string;
  readonly masked: number;
  readonly file: { readonly blob: string; readonly name: string; readonly size: number } | null;
}

export class DocumentChoice {
  private readonly which;
  private readonly mask = masking();
  private readonly whole: WholeFile;

  /**
   * @param first - of `documents`
   * @param look - opens a file to be looked at; resolves when it is closed
   * @param told - whether the words for a file are asked for here
   */
  constructor(private readonly documents: readonly Document[], private readonly first: Document, look: Look, told = true) {
    this.which = choice(t("Which document"), documents.map((_one, at) => String(at)), (at) => documents[Number(at)]?.title ?? "", "0");
    this.whole = new WholeFile(look, told);
    this.which.element.addEventListener("change", () => { this.begin(); });
    this.begin();
  }

  get elements(): readonly HTMLElement[] {
    return [this.which.element, this.mask.element, this.whole.element];
  }

  /** What keeps it from going; null where nothing does. */
  fault(): { readonly field: string; readonly message: string } | null {
    return this.document.file === undefined || this.whole.seen ? null : { field: this.whole.id, message: t("Please look at the file before you give it.") };
  }

  chosen(): Going {
    const { language: tag, file } = this.document;
    return file === undefined ? { text: this.mask.text(), language: tag, masked: this.mask.masked(), file: null }
      : { text: this.whole.words(), language: tag, masked: 0, file: { blob: file.blob, name: nameFor(file), size: file.size } };
  }

  private get document(): Document {
    return this.documents[Number(this.which.value())] ?? this.first;
  }

  private begin(): void {
    const { text, language: tag, file } = this.document;
    this.mask.element.hidden = file !== undefined;
    this.mask.begin(text, tag);
    this.whole.begin(file);
  }
}

/** A file goes as it is: whoever gives it has looked at it, and says what is to be done with it. */
class WholeFile {
  readonly id = newId();
  readonly element = make("div", { class: "field stack tight", id: this.id });
  seen = false;
  private readonly task = field({ label: t("What they are to do with it (optional)"), rows: 3, maxlength: 2000 });

  constructor(private readonly look: Look, private readonly told: boolean) {}

  words(): string {
    return this.task.value().trim();
  }

  /** Begins with another one; hidden where there is none. */
  begin(file: AttachedFile | undefined): void {
    this.seen = false;
    this.element.hidden = file === undefined;
    if (file === undefined) return;
    hold(this.element, make("p", { class: "hint" }, t("It goes as it is, with all that it shows and holds: a face, a name in a corner or a handwriting can tell who reported. They get it under the name {name}.", { name: nameFor(file) })),
      lookAt(file, this.look, () => { this.seen = true; }), this.told ? this.task.element : null);
  }
}

/** Its own name can tell whose it is; its ending is needed to show it. */
function nameFor({ name }: AttachedFile): string {
  return `document${/\.[a-z0-9]{1,8}$/i.exec(name)?.[0].toLowerCase() ?? ""}`;
}

export interface Document {
  readonly title: string;
  readonly text: string;
  readonly language: string;
  readonly file?: AttachedFile;
}

/** What has words: the report, then each message and note; then the files that a page can show. */
export function documentsOf(story: Story): Document[] {
  const files = story.entries.flatMap((one): Document[] => ("files" in one ? one.files : []).filter(({ said }) => said !== "other").map((file) => ({ title: t("The file {name}", { name: file.name }), text: "", language: language(), file })));
  return [...textsOf(story), ...files];
}

function textsOf(story: Story): Document[] {
  return story.entries.flatMap((one): Document[] => {
    if (one.kind === "report") return [{ title: t("The report"), text: one.answers.map(({ label, text }) => `${label}\n${text}`).join("\n\n"), language: one.language }];
    if ((one.kind !== "message" && one.kind !== "note") || one.text === "") return [];
    const values = { day: day(one.day, "short") };
    const title = one.kind === "note" ? t("Note of {day}", values) : one.ours ? t("Our message of {day}", values) : t("Their message of {day}", values);
    return [{ title, text: one.text, language: one.language }];
  });
}

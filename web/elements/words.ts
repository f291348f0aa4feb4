/**
 * Words in the reader's language. English stands in the code; a page carries the catalogue of its language as a
 * data block, so that no request tells which language was asked for and no script has to be evaluated.
 */

type Values = Readonly<Record<string, string | number>>;
/** A text, or one text for each plural category of the language (zero, one, two, few, many, other). */
type Entry = string | Readonly<Record<string, string>>;
type Words = Readonly<Record<string, Entry>>;

const CONTEXT = "\u0004";
const catalogue = new Map<string, Entry>();
let read = false;

/** The page's language as a BCP 47 tag, for example `zh-Hans`. */
export function language(): string {
  return globalThis.document.documentElement.lang || "en";
}

/** The page's writing direction. */
export function direction(): "ltr" | "rtl" {
  return globalThis.document.documentElement.dir === "rtl" ? "rtl" : "ltr";
}

/** Adds a catalogue. Later words replace earlier ones of the same key. */
export function addWords(words: Words): void {
  for (const [key, entry] of Object.entries(words)) catalogue.set(key, entry);
}

/**
 * Loads a catalogue that the first view does not need, for the bundle that calls: each holds its own words. Resolves at
 * once where the page names none (English, or a page whose first block holds all). A failed load leaves the words in
 * English: a page that can be read is worth more than one that stops.
 */
export async function laterWords(name: string): Promise<void> {
  const later = JSON.parse(document.getElementById("words")?.dataset["later"] ?? "{}") as Readonly<Record<string, Later>>;
  const file = later[name];
  if (file === undefined) return;
  try {
    const answer = await fetch(file.url, { integrity: file.integrity, credentials: "omit" });
    if (answer.ok) addWords((await answer.json()) as Words);
  } catch {
    return;
  }
}

interface Later {
  readonly url: string;
  readonly integrity: string;
}

function find(key: string): Entry | undefined {
  if (!read) {
    read = true;
    const block = document.getElementById("words");
    if (block?.textContent) addWords(JSON.parse(block.textContent) as Words);
  }
  return catalogue.get(key);
}

function put(text: string, values?: Values): string {
  if (values === undefined) return text;
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    if (value === undefined) return hole;
    return typeof value === "number" ? count(value) : apart(value);
  });
}

/** Letters that run from left to right, in whatever script, or figures with something between: `2026-03-01`, `555 0161`. */
const OTHERS = /[A-Za-z\u00c0-\u058f\u0904-\u1fff\u2c00-\ud7ff\uf900-\ufaff]|[0-9][^0-9]+[0-9]/;

/** A name, code or address keeps its own direction in a sentence from right to left (Unicode, directional isolates). */
function apart(value: string): string {
  return direction() === "rtl" && OTHERS.test(value) ? `\u2068${value}\u2069` : value;
}

/** Names as a list that is read aloud well; each keeps its own direction, and the list that of the page. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: "conjunction" }).format(names.map(apart));
}

/** The text in the page's language; `{name}` in it is replaced by `values.name`, numbers in the language's digits. */
export function t(text: string, values?: Values): string {
  const entry = find(text);
  return put(typeof entry === "string" ? entry : text, values);
}

/** As `t`, where the same English means different things: `context` tells translators which. */
export function tp(context: string, text: string, values?: Values): string {
  const entry = find(context + CONTEXT + text);
  return put(typeof entry === "string" ? entry : text, values);
}

/** The text for `n` things; `{n}` in it is the number. */
export function tn(singular: string, plural: string, n: number, values?: Values): string {
  const entry = find(singular);
  const category = new Intl.PluralRules(entry === undefined ? "en" : language()).select(n);
  const text = typeof entry === "object" ? (entry[category] ?? entry["other"]) : undefined;
  return put(text ?? (n === 1 ? singular : plural), { n, ...values });
}

/**
 * A translated text cut at its holes, for sentences that hold a link or a value of their own:
 * `fill(t("Read {rules} first."), { rules: link })` gives `["Read ", link, " first."]`.
 */
export function fill<Piece>(text: string, pieces: Readonly<Record<string, Piece>>): (string | Piece)[] {
  return text.split(/(\{\w+\})/).filter((part) => part !== "").map((part) => {
    const piece = part.startsWith("{") ? pieces[part.slice(1, -1)] : undefined;
    return piece ?? part;
  });
}

/** A number as the language writes it. */
export function count(n: number): string {
  return new Intl.NumberFormat(language()).format(n);
}

/**
 * A day in words, from `YYYY-MM-DD`. A day has no time zone: read as UTC and written as UTC, so that nobody's
 * zone shifts a deadline.
 */
export function day(iso: string, style: "long" | "short" = "long"): string {
  const parts = style === "long"
    ? { day: "numeric", month: "long", year: "numeric" } as const
    : { day: "numeric", month: "short", year: "numeric" } as const;
  return new Intl.DateTimeFormat(language(), { ...parts, timeZone: "UTC", calendar: "gregory" })
    .format(new Date(`${iso.slice(0, 10)}T00:00:00Z`));
}

/** A day that no end of a line parts, for where days stand beside each other to be compared. */
export function wholeDay(iso: string, style: "long" | "short" = "long"): string {
  return day(iso, style).replaceAll(" ", "\u00a0");
}

/** A moment in words in the reader's own time zone; for the office, where times are kept. */
export function moment(iso: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short", calendar: "gregory" })
    .format(new Date(iso));
}

/** A size in the unit a person thinks in, from bytes. */
export function size(bytes: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
  let step = 0;
  let value = bytes;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  const unit = units[step] ?? "byte";
  const digits = value < 10 && step > 0 ? 1 : 0;
  // The short "byte" of English has no plural.
  const unitDisplay = step === 0 ? "long" : "short";
  return new Intl.NumberFormat(language(), { style: "unit", unit, unitDisplay, maximumFractionDigits: digits }).format(value);
}

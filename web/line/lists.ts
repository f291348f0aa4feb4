/**
 * Lists of receipt words. Each is a bundle of its own, because a page needs one of the ten, and all of them only
 * where somebody types words of another language.
 */
import type { LISTS, WordList } from "../seal/words";
import type { Load } from "./handover";

export type ListName = keyof typeof LISTS;

const EVENT = "fairline-list";
const loaded = new Map<ListName, Promise<WordList>>();

interface Delivery {
  readonly name: ListName;
  readonly list: WordList;
}

/** Called by a list's own bundle, which shares no code with the page's. */
export function deliver(name: ListName, list: WordList): void {
  document.dispatchEvent(new CustomEvent<Delivery>(EVENT, { detail: { name, list } }));
}

/** Loads a list, once. Rejects if it cannot be had; the next call tries again. */
export function wordList(load: Load, name: ListName): Promise<WordList> {
  let waiting = loaded.get(name);
  if (waiting === undefined) {
    waiting = fetchList(load, name);
    waiting.catch(() => { loaded.delete(name); });
    loaded.set(name, waiting);
  }
  return waiting;
}

async function fetchList(load: Load, name: ListName): Promise<WordList> {
  let found: WordList | undefined;
  const hear = (event: Event): void => {
    const { detail } = event as CustomEvent<Delivery>;
    if (detail.name === name) found = detail.list;
  };
  document.addEventListener(EVENT, hear);
  try {
    await load(`list-${name.replace(" ", "-")}`);
  } finally {
    document.removeEventListener(EVENT, hear);
  }
  if (found === undefined) throw new Error(`The list ${name} came without its words.`);
  return found;
}

/** The list in which a page of this language (BCP 47) shows a receipt, or null where its language has none. */
export function listFor(language: string): ListName | null {
  const tag = language.toLowerCase();
  if (tag.startsWith("zh")) return /hant|tw|hk|mo/.test(tag) ? "chinese traditional" : "chinese simplified";
  const names: Readonly<Record<string, ListName>> = {
    en: "english", cs: "czech", fr: "french", it: "italian", ja: "japanese", ko: "korean", pt: "portuguese",
    es: "spanish",
  };
  return names[tag.slice(0, 2)] ?? null;
}

/** All lists, the page's own first, then English. */
export function listsInOrder(language: string): readonly ListName[] {
  const all: readonly ListName[] = [
    "english", "chinese simplified", "chinese traditional", "czech", "french", "italian", "japanese", "korean",
    "portuguese", "spanish",
  ];
  const own = listFor(language);
  return own === null ? all : [own, ...all.filter((name) => name !== own)];
}

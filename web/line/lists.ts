/**
 * Lists of receipt words. Each is a bundle of its own, because a page needs one of the ten, and all of them only
 * where somebody types words of another language.
 */
import type { LISTS, WordList } from "../seal/words";
import { deliver, delivered } from "./bundles";
import type { Load } from "./handover";

export type ListName = keyof typeof LISTS;

/** Called by a list's own bundle. */
export function deliverList(name: ListName, list: WordList): void {
  deliver(bundleOf(name), list);
}

/** Loads a list, once. Rejects if it cannot be had; the next call tries again. */
export function wordList(load: Load, name: ListName): Promise<WordList> {
  return delivered<WordList>(load, bundleOf(name));
}

function bundleOf(name: ListName): string {
  return `list-${name.replace(" ", "-")}`;
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

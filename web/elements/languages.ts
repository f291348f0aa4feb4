/**
 * Lets the language switch keep the fragment of the address. A poster's code stands there and pins the office; it
 * must not be lost because somebody reads another language, and it must not be sent to the server.
 */
export function keepFragment(): void {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest<HTMLAnchorElement>(".languages a");
    if (link !== null) link.hash = location.hash;
  }, { capture: true });
}

/**
 * The tag among `tags` that is nearest to `language`: the same one in any capitals (the page says `zh-hans`, a form
 * `zh-Hans`), else one of the same language, else English, else the first. `undefined` only where there is none.
 */
export function nearest(tags: Iterable<string>, language: string): string | undefined {
  const all = [...tags];
  const own = language.toLowerCase();
  const stem = (tag: string): string => tag.toLowerCase().split("-")[0] ?? "";
  return all.find((tag) => tag.toLowerCase() === own) ?? all.find((tag) => stem(tag) === stem(own))
    ?? all.find((tag) => tag === "en") ?? all[0];
}

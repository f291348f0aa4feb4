/** Builds elements without markup from strings: what a reporter wrote can never become part of a page's program. */

export type Child = Node | string | null | undefined | false | readonly Child[];
type Value = string | number | boolean | null | undefined | ((event: Event) => void);

function put(parent: ParentNode, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (typeof child === "string" || child instanceof Node) parent.append(child);
    else put(parent, child);
  }
}

/**
 * One element: `make("button", { class: "button", type: "button", onclick: send }, t("Send"))`.
 * A function under `on…` listens, `true` sets an empty attribute, `false`, `null` and `undefined` set none.
 */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name, attributes: Readonly<Record<string, Value>> = {}, ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key.replace(/^on/, ""), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  put(element, children);
  return element;
}

/** Replaces what an element holds. */
export function hold(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren();
  put(element, children);
}

// Two bundles of one page hold this module twice: each counts under a mark of its own. Made when first needed,
// because a page must still be able to say that its browser has no random numbers.
let mark: string | undefined;
let last = 0;

/** A new id for a field and its label; it says nothing about either. */
export function newId(): string {
  mark ??= crypto.getRandomValues(new Uint32Array(1)).join("");
  last += 1;
  return `e${mark}-${last}`;
}

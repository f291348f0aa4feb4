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

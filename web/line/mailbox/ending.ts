/** What a closing brings beside its outcome comes with a bundle of its own: most mailboxes have nothing of it. */
import { hold, make } from "../../elements/make";
import type { Post } from "../../seal/thread";
import { delivered } from "../bundles";
import { chartersBack } from "../charters";
import type { ending as show } from "../ending/ending";
import type { Load } from "../handover";
import { sentence } from "../problems";
import type { Opened } from "./proving";

export function ending(load: Load, { office, raw, thread }: Opened, { n, body }: Post & { kind: "message" }, at: string): HTMLElement | null {
  if (body.clearance === undefined && body.closing?.panel === undefined) return null;
  const host = make("div", { class: "stack" });
  void delivered<typeof show>(load, "ending").then((draw) => draw(body, at, { id: raw.thread, n, thread, chartersFrom: (least) => chartersBack(office, least) }))
    .then((parts) => { hold(host, parts); }, (error: unknown) => { hold(host, sentence(error)); });
  return host;
}

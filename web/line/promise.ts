/** A promise to keep: as a file or a QR code, after a warning, because holding it can betray who holds it. */
import { busy } from "../elements/busy";
import { make } from "../elements/make";
import type { qr as Drawing } from "../elements/qr";
import { t } from "../elements/words";
import { promiseDocument, type Promised } from "../ledger/promises";
import { delivered } from "./bundles";
import { button, failure } from "./frame";
import type { filing as Filing } from "./filing/filing";
import type { Load } from "./handover";
import type { Opened } from "./mailbox/proving";
import { sentence } from "./problems";

/** @param opened - the mailbox, where one is open: then it can also be shown to others what was filed */
export function keepPromise(load: Load, promise: Promised, opened?: Opened): HTMLElement {
  const code = make("div", {});
  return make("details", {},
    make("summary", {}, t("Keep the acknowledgement as a file or a code")),
    make("div", { class: "stack" },
      make("p", {}, t("It lies in your mailbox anyway, and by tomorrow it stands in the public record. Keep a copy only if you want to prove one day that you reported, even if the mailbox were gone.")),
      make("p", {}, t("Whoever finds it on your device or paper knows that you wrote to this office.")),
      make("div", { class: "row" },
        button(t("Save as a file"), () => { save(promiseDocument(promise), "page.json"); }, "button secondary"),
        button(t("Show as a code"), (pressed) => {
          void busy(pressed, async () => {
            try {
              const qr = await delivered<typeof Drawing>(load, "qr");
              code.replaceChildren(qr(new TextDecoder().decode(promiseDocument(promise)), t("The acknowledgement as a QR code")));
            } catch (error) {
              code.replaceChildren(failure(sentence(error), null));
            }
          });
        }, "button secondary"),
        opened === undefined ? null : button(t("Prove to others what you filed …"), (pressed) => {
          void busy(pressed, () => shown(code, load, opened));
        }, "button secondary")),
      code));
}

/** Shows what a proof of filing gives away, and from where it is saved. */
async function shown(place: HTMLElement, load: Load, opened: Opened): Promise<void> {
  const told = make("div", { "aria-live": "polite" });
  try {
    const filing = await delivered<(...given: Parameters<typeof Filing>) => Promise<HTMLElement>>(load, "filing");
    place.replaceChildren(await filing(opened, (pressed, work) => {
      void busy(pressed, async () => {
        try {
          told.replaceChildren();
          save(await work(), "page-proof.json");
        } catch (error) {
          told.replaceChildren(failure(sentence(error), null));
        }
      });
    }), told);
  } catch (error) {
    place.replaceChildren(failure(sentence(error), null));
  }
}

/** Hands a file to the browser's own saving. Its name says nothing. */
export function save(bytes: Uint8Array, name: string): void {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/json" }));
  const link = make("a", { href: address, download: name });
  link.click();
  setTimeout(() => { URL.revokeObjectURL(address); }, 10_000);
}

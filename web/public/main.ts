/**
 * "Check us": whoever kept an acknowledgement holds it against the public record here. The file is read in this page and
 * goes nowhere; what the page asks for is the office's documents and the record of one day, as anybody may.
 */
import { busy } from "../elements/busy";
import { hold, make } from "../elements/make";
import { day, t } from "../elements/words";
import { LedgerError } from "../ledger/errors";
import { parsePromise } from "../ledger/promises";
import { SealError } from "../seal/errors";
import { checkKept, Unreachable, type Verdict } from "./checking";

const MOST = 4096;

function start(host: HTMLElement): void {
  const { office = "" } = host.dataset;
  const file = make("input", { type: "file", id: "promise-file", accept: ".json,application/json" });
  const text = make("textarea", { id: "promise-text", rows: 3, autocomplete: "off", spellcheck: "false", class: "code", dir: "ltr" });
  const said = make("div", { "aria-live": "polite", class: "stack" });
  const check = make("button", { class: "button", type: "submit" }, t("Check it"));
  const form = make("form", { class: "stack", novalidate: true, autocomplete: "off" },
    make("div", { class: "field" }, make("label", { for: "promise-file" }, t("The file that you saved")), file),
    make("details", {}, make("summary", {}, t("Or what the QR code says")),
      make("div", { class: "field" }, make("label", { for: "promise-text" }, t("The text in the code")), text)),
    make("div", { class: "actions" }, check), said);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void busy(check, async () => {
      hold(said, make("p", { class: "muted" }, t("Looking …")));
      try {
        const bytes = await chosen(file, text);
        if (bytes === undefined) hold(said, notice("plain", t("Please choose the file first.")));
        else hold(said, ...told(await checkKept(office, parsePromise(bytes))));
      } catch (error) {
        hold(said, notice("danger", sentence(error)));
      }
    });
  });
  hold(host, form);
}

async function chosen(file: HTMLInputElement, text: HTMLTextAreaElement): Promise<Uint8Array | undefined> {
  const picked = file.files?.[0];
  if (picked !== undefined) return new Uint8Array(await picked.slice(0, MOST).arrayBuffer());
  const typed = text.value.trim();
  return typed === "" ? undefined : new TextEncoder().encode(typed);
}

function told({ promised, state }: Verdict): HTMLElement[] {
  const of = { day: day(promised) };
  switch (state.state) {
    case "kept": return [notice("good", t("This office signed it, and kept it: the entry stands in the public record of {day}.", of))];
    case "waiting": return [notice("plain", t("This office signed it. The record of {day} is not out yet; look again tomorrow.", of))];
    case "overdue": return [notice("warning", t("This office signed it, and the record of {day} should be out by now and is not. Look again tomorrow; if it is still missing, tell somebody outside this office.", of))];
    case "broken": {
      const { proof } = state;
      return [
        notice("danger", t("This office signed it and broke it: the record of {day} is out, and the entry is not in it. The proof below holds what the office itself signed; whoever has it needs nobody's word.", of)),
        make("p", {}, make("button", { class: "button secondary", type: "button", onclick: () => { save(proof); } }, t("Save the proof"))),
      ];
    }
  }
}

function sentence(error: unknown): string {
  if (error instanceof Unreachable) return t("The public record cannot be reached at the moment. Please try again later.");
  if (error instanceof LedgerError) {
    switch (error.code) {
      case "promise-shape": return t("This is no acknowledgement as this office writes them. Perhaps it is another file, or was changed.");
      case "promise-signature": return t("This office did not sign it. Perhaps another office did: open its own page. If it was given to you as this office's, somebody has made it up.");
      default: return t("The public record contradicts itself, or what it showed before ({code}). Please tell somebody outside this office.", { code: error.code });
    }
  }
  if (error instanceof SealError) return t("The office's signed documents do not hold ({code}). Please tell somebody outside this office.", { code: error.code });
  return t("Something did not work in this browser. Please try another one.");
}

function notice(manner: "good" | "plain" | "warning" | "danger", text: string): HTMLElement {
  return make("div", { class: `notice ${manner}`, role: manner === "danger" ? "alert" : null }, make("p", {}, text));
}

function save(bytes: Uint8Array): void {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/json" }));
  make("a", { href: address, download: "page-proof.json" }).click();
  setTimeout(() => { URL.revokeObjectURL(address); }, 10_000);
}

const host = document.getElementById("check-promise");
if (host !== null) start(host);

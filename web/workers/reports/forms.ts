/**
 * The forms that reports were written with. A report names its desk's sheet by hash and the sheet names the form: labels
 * of another form would turn a "yes" into an answer to another question. Whatever comes from the server is held against
 * its hash before it counts.
 */
import type { Form } from "../../seal/form.js";
import { readForm } from "../../seal/form.js";
import { b64, H, same } from "../../seal/primitives.js";
import { readSheet } from "../../seal/sheet.js";
import type { Keyring } from "../keyring.js";
import "../protocol.js";
import { register } from "../registry.js";
import type { OpenThread } from "./opening.js";

declare module "../protocol.js" {
  interface Acts {
    /** Keep which form a sheet names, by the sheet's signed bytes; the answer is that form's hash. */
    "learn-sheet": Act<{ readonly sheet: Uint8Array }, string>;
    /** Keep a form. Throws `MalformedError` for what is none. */
    "learn-form": Act<{ readonly form: Uint8Array }, null>;
  }
}

const named = new Map<string, string>();
const forms = new Map<string, Form>();

export function learnSheet(doc: Uint8Array): string {
  const form = b64(readSheet(doc).form);
  named.set(b64(H(doc)), form);
  return form;
}

export function learnForm(doc: Uint8Array): void {
  forms.set(b64(H(doc)), readForm(doc));
}

register("learn-sheet", ({ sheet }) => learnSheet(sheet));

register("learn-form", ({ form }) => {
  learnForm(form);
  return null;
});

/** The form that a report's author was asked, or the hash of the sheet that has to be learned first. */
export function formOf({ thread: { report }, sealed }: OpenThread, keys: Keyring): { form: Form | undefined; lacks: string } {
  if (report === undefined) return { form: undefined, lacks: "" };
  const newest = keys.manifest.sheets.get(b64(sealed.desk));
  const hash = b64(report.sheet.hash);
  const form = forms.get((newest !== undefined && same(newest.hash, report.sheet.hash) ? b64(newest.form) : named.get(hash)) ?? "");
  return { form, lacks: form === undefined ? hash : "" };
}

/** For the search only, where a label that has changed since does no harm: the desk's present form if the own is not here. */
export function nearestForm(open: OpenThread, keys: Keyring): Form | undefined {
  const present = keys.manifest.sheets.get(b64(open.sealed.desk));
  return formOf(open, keys).form ?? forms.get(present === undefined ? "" : b64(present.form));
}

/** A proof for others that a report was filed: what it gives away is said before it is made. */
import { make } from "../../elements/make";
import { t } from "../../elements/words";
import { filingProof, included } from "../../ledger/filed";
import { PublishedRecord } from "../../ledger/record";
import type { Opened } from "../mailbox/proving";

/** Runs `work` for a pressed button and saves what it gives, or says what failed. */
export type Saving = (pressed: HTMLElement, work: () => Promise<Uint8Array>) => void;

export function filing(opened: Opened, saving: Saving): HTMLElement {
  const late = make("p", { class: "hint", "aria-live": "polite" });
  const button = make("button", { type: "button", class: "button secondary" }, t("Save the proof of filing"));
  button.addEventListener("click", () => {
    saving(button, async () => {
      const { proof, whole } = await made(opened);
      late.textContent = whole ? "" : t("The record of that day is not out yet: the file shows the acknowledgement alone. Make another one tomorrow or later.");
      return proof;
    });
  });
  return make("div", { class: "stack" },
    make("p", {}, t("One file shows anybody, without a network and without this office, that you filed this report and when. Give it to nobody who must not know all of this:")),
    make("ul", {},
      make("li", {}, t("the report: every word of it, whom you named as not to see it, and the keys of its files")),
      make("li", {}, t("its entry and the office's promise: that this office took it in, and on which day")),
      make("li", {}, t("the proof of the public record: that the entry stands there, under a checkpoint that the office signed")),
      make("li", {}, t("the office's signed documents: they are public, and show whose keys have signed")),
      make("li", {}, t("the sign by which all entries of your mailbox are found in the public record: on which days you and the office wrote"))),
    opened.thread.report?.dealt === undefined ? null : make("p", {}, t("If you locked your name away, the file holds one of the two keys to it. Until now that takes a reader of the report and the custodians together; for whoever has this file, the custodians alone are enough.")),
    make("p", {}, t("It opens no mailbox and does not hold your receipt. Whoever gets it checks it with the program of this line (fairline verify) and the fingerprint on the office's poster.")),
    make("div", { class: "row" }, button),
    late);
}

/** The document, and whether the record stands in it. */
async function made({ office, copies, raw }: Opened): Promise<{ proof: Uint8Array; whole: boolean }> {
  const copy = copies.find(({ chain, n }) => chain === "r" && n === 0);
  const promise = raw.posts.find(({ chain, n }) => chain === "r" && n === 0)?.promise;
  if (copy === undefined || promise === undefined) throw new Error("The report itself is not here.");
  const { host, promise: promiseKey, checkpoint: checkpointKey } = office.manifest.charter.record;
  const record = new PublishedRecord({ office: office.office, host, promiseKey, checkpointKey }, (path) => fileOf(office.door, path));
  // Whole days, as for every look at the record: nobody learns which entry is meant.
  const newest = await record.newest("arrivals");
  const day = newest !== undefined && newest.checkpoint.day >= promise.day ? await record.day("arrivals", promise.day) : undefined;
  const manifest = await office.door.get("manifest");
  return { proof: filingProof(manifest, copy.bytes, promise, day && included(day, promise.leaf)), whole: day !== undefined };
}

async function fileOf(door: Opened["office"]["door"], path: string): Promise<Uint8Array | undefined> {
  try {
    return await door.get(`record/${path}`);
  } catch (error) {
    // Of the page's own class, which this bundle does not share.
    if ((error as { readonly status?: number }).status === 404) return undefined;
    throw error;
  }
}

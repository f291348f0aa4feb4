/** Files that go with what is being written: sealed part by part in workers and sent ahead, as a reporting person's are. */
import { hold, make, newId } from "../../elements/make.js";
import { size, t } from "../../elements/words.js";
import { FilesOfOne } from "../../line/files/attachments.js";
import { SAVED_MOST } from "../../line/mailbox/saving.js";
import { post, Refused } from "../../line/wire.js";
import type { FileName } from "../../seal/envelope.js";
import { readAssets, startWorker } from "../../workers/load.js";
import type { Story } from "../arrivals/types.js";
import type { Workbench } from "../views.js";
import type { OfficeWorker } from "../worker.js";

/** By the worker that holds the keys: what was begun is gone with it. */
const all = new WeakMap<OfficeWorker, Map<string, Sending>>();

export class Sending {
  readonly element: HTMLElement;
  readonly #files: FilesOfOne;

  private constructor(bench: Workbench, thread: string, desk: string) {
    this.#files = new FilesOfOne({
      changed: () => { bench.awake(); },
      startWorker: () => startWorker(readAssets(document), "sealing-worker"),
      work: () => Promise.resolve(undefined),
      door: async (what, body, manner) => {
        bench.awake();
        // Rejects once the keys are locked: nobody's files go on by themselves.
        await bench.worker.ask("arrival", { thread });
        const address = `/api/at/${bench.api.office}/threads/${thread}/blobs/${what}`;
        return post(address, body, what === "part" ? "bytes" : "json", { ...manner, session: true }).catch(inTheirWords);
      },
    });
    this.#files.to(desk);
    const id = newId();
    const input = make("input", { type: "file", multiple: true, id, "aria-describedby": `${id}-hint` });
    input.addEventListener("change", () => {
      this.#files.add([...input.files ?? []]);
      // The same file can be picked once more after it was taken out.
      input.value = "";
    });
    this.element = make("details", { class: "attaching" });
    hold(this.element, make("summary", {}, t("Add files")),
      make("div", { class: "stack tight" },
        make("label", { for: id, class: "small" }, t("Files that go with it")), input,
        make("p", { class: "hint small", id: `${id}-hint` }, t("Up to 4 gigabytes each, sealed in this browser for the same readers; the reporting person's page can save up to {most}. What pictures hide about place, time and device is taken out.", { most: size(SAVED_MOST) })),
        this.#files.list));
  }

  /** The one of this report, as long as the keys stay open. */
  static of(bench: Workbench, { thread, desk }: Pick<Story, "thread" | "desk">): Sending {
    const those = all.get(bench.worker) ?? new Map<string, Sending>();
    all.set(bench.worker, those);
    const one = those.get(thread) ?? new Sending(bench, thread, desk);
    those.set(thread, one);
    return one;
  }

  get count(): number {
    return this.#files.count;
  }

  /** Those that the server holds whole. */
  get whole(): readonly FileName[] {
    return this.#files.whole;
  }

  /** True once all are there, false as soon as one waits for somebody. */
  arrived(): Promise<boolean> {
    return this.#files.settled();
  }

  /** They were sent: nothing of them stays in this page. */
  sent(): void {
    this.#files.forget();
    this.element.removeAttribute("open");
  }
}

/** The sentence for a full disk speaks to a reporting person; the server's own speaks to whoever asks. */
function inTheirWords(error: unknown): never {
  throw error instanceof Refused && error.code === "no-room" ? new Refused(error.status, "no-room-here", error.message, error.more) : error;
}

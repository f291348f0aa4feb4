/** Files of a report that two people delete together: who asks, who agrees, and what is gone since when. */
import { announce } from "../../elements/announce.js";
import { ask, openDialog } from "../../elements/dialog.js";
import { REASONS, reasonOf, reasonWords, type Reason } from "../../elements/erased.js";
import { make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import type { AttachedFile, Story } from "../arrivals/types.js";
import type { Workbench } from "../views.js";

/** What is known of one file. */
export interface Erasure {
  readonly blob: string;
  readonly reason: string;
  /** Who asked, as colleagues know them; empty for who has left. */
  readonly name: string;
  readonly member: string;
  /** What they signed, base64url. */
  readonly what: string;
  /** The day on which it was deleted; undefined while somebody has to agree. */
  readonly day?: string;
}

export class Erasing {
  private states: ReadonlyMap<string, Erasure> = new Map();
  /** The report on the screen: a late answer about another is not drawn beside it. */
  private thread = "";

  /** @param changed - something is to be drawn anew */
  constructor(private readonly bench: Workbench, private readonly changed: () => void) {}

  of(blob: string): Erasure | undefined {
    return this.states.get(blob);
  }

  isMine(erasure: Erasure): boolean {
    return erasure.member === this.bench.facts.me.id;
  }

  /** Asks what was deleted of a report's files; a report without files is not asked about. */
  async load(thread: string, story: Story): Promise<void> {
    this.states = new Map();
    this.thread = thread;
    if (!story.entries.some((one) => "files" in one && one.files.length > 0)) return;
    await this.again(thread);
  }

  /** Asks for a reason and asks the colleagues, or agrees to what one of them has asked. */
  async act(thread: string, file: AttachedFile): Promise<void> {
    const there = this.of(file.blob);
    const done = there === undefined ? await this.wish(thread, file) : await this.agree(thread, file, there);
    if (done) await this.again(thread);
  }

  private async again(thread: string): Promise<void> {
    const { files } = await this.bench.api.get<{ files: Erasure[] }>(`threads/${thread}/erasures`);
    if (thread !== this.thread) return;
    this.states = new Map(files.map((one) => [one.blob, one]));
    this.changed();
  }

  private async wish(thread: string, file: AttachedFile): Promise<boolean> {
    const reason = await askReason(file);
    if (reason === null) return false;
    const { worker, session, api } = this.bench;
    const act = await worker.ask("sign-erasure-request", { thread, blob: file.blob, reason, counter: await session.counter() });
    await api.post(`threads/${thread}/blobs/${file.blob}/erasure`, { reason, act });
    announce(t("You have asked to delete the file. Somebody else who reads this report has to agree."));
    return true;
  }

  private async agree(thread: string, file: AttachedFile, { reason, what }: Erasure): Promise<boolean> {
    const known = reasonOf(reason);
    const sure = await ask({
      title: t("Delete this file for good?"), act: t("Agree and delete"), danger: true,
      body: t("{name} is deleted at once, because: {reason}. Copies in backups go when those are deleted. The report and all that was written stay, and the person who sent it is told. It is signed by both of you and stands in the record.", {
        name: file.name, reason: known === undefined ? reason : reasonWords(known),
      }),
    });
    if (!sure) return false;
    const { worker, session, api } = this.bench;
    const act = await worker.ask("sign-erasure", { thread, blob: file.blob, reason, what, counter: await session.counter() });
    await api.post(`threads/${thread}/blobs/${file.blob}/erasure/agreement`, { act });
    announce(t("The file is deleted."));
    return true;
  }
}

/** Which reason; null where somebody thought better of it. */
function askReason(file: AttachedFile): Promise<Reason | null> {
  return openDialog<Reason>(t("Ask to delete this file?"), (close) => {
    const choices = REASONS.map((reason, at) => ({
      reason, box: make("input", { type: "radio", name: "reason", value: reason, required: true, checked: at === 0 }),
    }));
    const form = make("form", { class: "stack" },
      make("p", {}, t("{name} is deleted once somebody else who reads this report agrees, within a week. The report and all that was written stay. The person who sent it reads in their mailbox that it was deleted, on which day, and why.", { name: file.name })),
      make("fieldset", { class: "choices" }, make("legend", {}, t("Why?")),
        choices.map(({ reason, box }) => make("label", { class: "choice" }, box, make("span", {}, reasonWords(reason))))),
      make("div", { class: "actions" },
        make("button", { class: "button danger", type: "submit" }, t("Sign and ask")),
        make("button", { class: "button secondary", type: "button", onclick: () => { form.closest("dialog")?.close(); } }, t("Cancel"))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = choices.find(({ box }) => box.checked);
      if (chosen !== undefined) close(chosen.reason);
    });
    return form;
  });
}

/** Beside a case and beside a helper's mailbox: files that were to go out and have not, each with a button that sends it. */
import { busy } from "../../elements/busy.js";
import { hold, make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import { ownDesks } from "../arrivals/names.js";
import type { GoingFile, Story } from "../arrivals/types.js";
import { button } from "../fields.js";
import { Newest } from "../newest.js";
import { hasGone, tiesWithFiles } from "./gone.js";

/** One file that has not gone out. */
interface Waiting {
  readonly origin: string;
  readonly mailbox: string;
  readonly file: GoingFile;
  readonly standing: "waits" | "ended" | "underway";
}

/** One for the case or the mailbox on the screen. */
export class GoingPanel {
  readonly element = make("div", { class: "stack tight", "data-going": true, hidden: true });
  private readonly newest = new Newest();

  constructor(private readonly stage: CaseStage, private story: Story) {
    void this.look();
  }

  /** The story was opened anew. */
  show(story: Story): void {
    if (story === this.story) return;
    this.story = story;
    void this.look();
  }

  private async look(): Promise<void> {
    const isNewest = this.newest.begin();
    const found: Waiting[] = [];
    for (const { thread, side, file } of tiesWithFiles(this.story)) {
      const [origin, mailbox] = side === "mailbox" ? [this.story.thread, thread] : [thread, this.story.thread];
      const standing = await this.standing(mailbox, file);
      if (standing !== null) found.push({ origin, mailbox, file, standing });
    }
    if (!isNewest()) return;
    this.element.hidden = found.length === 0;
    hold(this.element, found.map((one) => this.row(one)));
    // What goes on in this page is looked at again when it has ended; its own act says what went wrong.
    for (const { mailbox } of found.filter(({ standing }) => standing === "underway")) {
      void this.stage.desk().mailboxes.underway(mailbox)?.catch(() => undefined).then(() => this.look());
    }
  }

  /** Null where it has gone, or where nobody here can tell: a mailbox that never came to be, or is colleagues' alone. */
  private async standing(mailbox: string, file: GoingFile): Promise<Waiting["standing"] | null> {
    const desk = this.stage.desk();
    if (desk.mailboxes.underway(mailbox) !== undefined) return "underway";
    const opened = mailbox === this.story.thread ? { state: "open" as const, story: this.story } : await desk.open(mailbox).catch(() => null);
    if (opened?.state !== "open" || hasGone(opened.story, file)) return null;
    const { ends, status } = opened.story;
    return status !== "case" || (ends !== null && ends < this.stage.state().facts.today) ? "ended" : "waits";
  }

  private row({ origin, mailbox, file, standing }: Waiting): HTMLElement {
    const { name } = file;
    if (standing === "underway") return make("p", { class: "notice plain", role: "status" }, t("The file {name} is on its way to the helper.", { name }));
    if (standing === "ended") return make("p", { class: "small muted" }, t("The file {name} had not gone out when the mailbox ended.", { name }));
    const send = button(t("Send the file"), () => { void busy(send, () => this.send(origin, mailbox, file)); }, "button secondary");
    send.dataset["send"] = mailbox;
    return make("div", { class: "notice warning stack tight" }, make("p", {}, t("The file {name} has not gone out to the helper yet.", { name })), make("p", {}, send));
  }

  private async send(origin: string, mailbox: string, file: GoingFile): Promise<void> {
    const own = ownDesks(this.stage.state().facts);
    const at = own.find(({ id }) => id === this.story.desk) ?? own[0];
    if (at === undefined) return;
    await this.stage.acting(this.story.thread, t("The file lies in the mailbox."), () => this.stage.desk().mailboxes.sendFile(origin, at.id, mailbox, file));
  }
}

/** How long a report is kept that is over: its day, what holds it back, and deleting it by two people. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { plusDays } from "../../elements/days.js";
import { ask, openDialog } from "../../elements/dialog.js";
import { hold, make } from "../../elements/make.js";
import { count, day, t, tn } from "../../elements/words.js";
import { personName } from "../arrivals/names.js";
import { button } from "../fields.js";
import { selectField } from "../forms/fields.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";
import { HOLDS, holdName, keptFor, standingOf, type HoldReason, type Kept } from "./kept.js";

interface Request {
  readonly id: string;
  readonly member: string;
  readonly asked: string;
  readonly mine: boolean;
  readonly whats: readonly string[];
}

interface Held {
  readonly reason: string;
  readonly until: string;
  readonly member: string;
  /** Who agreed; empty while nobody has. */
  readonly agreed: string;
  readonly mine: boolean;
  readonly what?: string;
}

interface Answer {
  readonly today: string;
  readonly retention?: Kept;
  readonly requests?: readonly Request[];
  readonly hold?: Held;
  readonly asked_hold?: Held;
}

/** Days until no copy that the office makes can be read, the day of the deletion not counted. */
const COPIES = 31;
const LONGEST_HOLD = 366;

export class KeepingPanel {
  readonly element = make("section", { class: "keeping stack tight", "aria-label": t("How long it is kept") });
  private said: Answer = { today: "" };

  constructor(private readonly bench: Workbench, private readonly thread: string) {
    void this.load();
  }

  async load(): Promise<void> {
    try {
      this.said = await this.bench.api.get<Answer>(`threads/${this.thread}/retention`);
      this.draw("");
    } catch (error) {
      this.draw(sentenceOf(error));
    }
  }

  private draw(trouble: string): void {
    const { retention, requests, hold: held, asked_hold: asked } = this.said;
    if (retention === undefined && held === undefined && trouble === "") {
      hold(this.element);
      return;
    }
    const request = requests?.[0];
    hold(this.element,
      make("h2", {}, t("How long it is kept")),
      trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, trouble),
      retention === undefined ? null : make("p", { id: "kept" }, make("span", { class: `chip ${retention.late || retention.state === "unread" ? "late" : retention.state === "due" || retention.state === "soon" ? "due" : ""}` }, standingOf(retention)),
        make("span", { class: "small muted" }, ` · ${keptFor(retention)}`)),
      retention?.state === "unread" ? make("p", { class: "notice danger" }, t("Its day has come, and there is a message in it that nobody has read. It is not deleted before a person has read it.")) : null,
      held === undefined ? null : make("p", { class: "notice warning", id: "held" }, held.agreed === ""
        ? t("{name} holds this back until {day}: {reason} A second person has to agree within a week.", { name: this.name(held.member), day: day(held.until), reason: reasonOf(held) })
        : t("Held back until {day} by {name} and {second}: {reason}", { day: day(held.until), name: this.name(held.member), second: this.name(held.agreed), reason: reasonOf(held) })),
      request === undefined ? null : make("p", { class: "notice", id: "asked" }, request.mine
        ? t("You asked on {day} to delete this. Somebody else who may read it has to agree within a week.", { day: day(request.asked) })
        : t("{name} asked on {day} to delete this, and has read all of it.", { name: this.name(request.member), day: day(request.asked) })),
      this.acts(retention, request, asked));
  }

  private acts(retention: Kept | undefined, request: Request | undefined, asked: Held | undefined): HTMLElement {
    const press = (id: string, label: string, act: () => Promise<void>, kind: string): HTMLElement => {
      const made = button(label, () => { void busy(made, () => this.guarded(act)); }, kind);
      made.id = id;
      return make("p", { class: "noprint" }, made);
    };
    const theirs = request !== undefined && !request.mine;
    return make("div", { class: "stack tight" },
      retention?.state === "due" ? press("ask-deletion", t("Ask to delete it for good"), () => this.wish(), "button secondary") : null,
      retention?.state === "asked" && theirs ? press("agree-deletion", t("Agree and delete it for good"), () => this.agree(request), "button danger") : null,
      asked !== undefined && !asked.mine ? press("agree-hold", t("Agree to hold it back"), () => this.agreeToHold(asked), "button secondary") : null,
      retention !== undefined && asked === undefined ? press("hold", t("Hold it back"), () => this.holdBack(), "link") : null);
  }

  private async guarded(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      await this.load();
      this.draw(sentenceOf(error));
    }
  }

  private async wish(): Promise<void> {
    const { worker, session, api } = this.bench;
    const names = await worker.ask("deletion-names", { thread: this.thread });
    const sure = await ask({
      title: t("Ask to delete this for good?"), act: t("Sign and ask"), danger: true,
      body: make("div", { class: "stack tight" }, unprovenNotice(names),
        make("p", {}, names.unproven === 0
          ? t("You sign that you have read all of it. It is deleted as soon as somebody else who may read it agrees, within a week. After that nothing of it comes back, not for you, not for us, even where somebody agreed by mistake.")
          : t("You sign that you have read what can be read of it, and which entries could not be proven. It is deleted as soon as somebody else who may read it signs the same, within a week. After that nothing of it comes back."))),
    });
    if (!sure) return;
    const acts = await worker.ask("sign-deletion-request", { thread: this.thread, unproven: names.unproven, counter: await session.counter() });
    await api.post(`desks/${this.desk()}/deletions`, { threads: [this.thread], acts });
    announce(t("You have asked. Somebody else has to agree."));
    await this.load();
  }

  private async agree({ id, whats, member }: Request): Promise<void> {
    const { worker, session, api } = this.bench;
    const names = await worker.ask("deletion-names", { thread: this.thread, whats });
    const sure = await ask({
      title: t("Delete this for good?"), act: t("Agree and delete"), danger: true,
      body: make("div", { class: "stack tight" }, unprovenNotice(names), make("p", {}, t("{name} has read it and asks. If you agree, keys, text, files, notes and names are deleted at once, and nothing can bring them back, even where this is a mistake. Copies of the office are unreadable from {day} on. What somebody has seen or saved stays with them. The reporting person's mailbox stays for a while, without files, and says so.", {
        name: this.name(member), day: day(this.unreadable()),
      }))),
    });
    if (!sure) return;
    const acts = await worker.ask("sign-deletion", { thread: this.thread, whats, unproven: names.unproven, unreadable: this.unreadable(), counter: await session.counter() });
    await api.post(`deletions/${id}/agreement`, { acts });
    announce(t("It is deleted. Here is the certificate."));
    this.bench.go("certificates");
  }

  private async holdBack(): Promise<void> {
    let reason: HoldReason = HOLDS[0];
    const last = make("input", { type: "date", id: "hold-until", required: true, min: this.said.today, max: plusDays(this.said.today, LONGEST_HOLD) });
    last.value = plusDays(this.said.today, 90);
    const sure = await openDialog<boolean>(t("Hold this back?"), (close) => [
      make("p", {}, t("Nothing of it is deleted before the day that you name. It counts at once, and falls after a week unless somebody else agrees; then you can ask again after thirty days. Everybody who reads this sees it.")),
      selectField(t("Why"), HOLDS.map((one) => ({ value: one, label: holdName(one) })), reason, (value) => { reason = HOLDS.find((one) => one === value) ?? reason; }),
      make("p", { class: "hint" }, t("What is behind it belongs in a note.")),
      make("div", { class: "field" }, make("label", { for: "hold-until" }, t("Until")), last),
      make("div", { class: "actions" },
        make("button", { class: "button", type: "button", onclick: () => { if (last.reportValidity()) close(true); } }, t("Sign it")),
        make("button", { class: "button secondary", type: "button", autofocus: true, onclick: () => { close(false); } }, t("Back"))),
    ]);
    if (sure !== true) return;
    const { worker, session, api } = this.bench;
    const until = last.value;
    const act = await worker.ask("sign-hold", { thread: this.thread, reason, until, counter: await session.counter() });
    await api.post(`threads/${this.thread}/hold`, { reason, until, act });
    announce(t("Signed, and kept in the record."));
    await this.load();
  }

  private async agreeToHold({ reason, until, what, member }: Held): Promise<void> {
    const sure = await ask({
      title: t("Hold this back?"), act: t("Sign it"),
      body: t("{name} asks to hold it back until {day}: {reason}", { name: this.name(member), day: day(until), reason: reasonOf({ reason }) }),
    });
    if (!sure) return;
    const { worker, session, api } = this.bench;
    const act = await worker.ask("sign-hold", { thread: this.thread, reason, until, what: what ?? "", counter: await session.counter() });
    await api.post(`threads/${this.thread}/hold/agreement`, { act });
    announce(t("Signed, and kept in the record."));
    await this.load();
  }

  private name(member: string): string {
    return personName(this.bench.facts, member);
  }

  private desk(): string {
    return this.said.retention?.desk ?? "";
  }

  private unreadable(): string {
    return plusDays(this.said.today, COPIES);
  }
}

/** What two people sign where nothing proves whose entries are deleted; nothing where all are proven. */
function unprovenNotice({ entries, unproven }: { readonly entries: number; readonly unproven: number }): HTMLElement | null {
  if (unproven === 0) return null;
  return make("p", { class: "notice warning", id: "unproven" }, tn("Of its {all} entries in the record {n} could not be proven to belong to this report. It may be damaged, or somebody may have put another report's entry here. Two people sign that; the certificate and every check of the record say so. If you do not know why, tell oversight first.", "Of its {all} entries in the record {n} could not be proven to belong to this report. It may be damaged, or somebody may have put entries of another report here. Two people sign that; the certificate and every check of the record say so. If you do not know why, tell oversight first.", unproven, { all: count(entries) }));
}

function reasonOf({ reason }: { readonly reason: string }): string {
  const known = HOLDS.find((one) => one === reason);
  return known === undefined ? reason : holdName(known);
}

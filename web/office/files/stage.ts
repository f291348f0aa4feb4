/** Where one attachment is looked at or played: a dialog that holds a frame, and what is known of the file. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { openDialog } from "../../elements/dialog.js";
import { hold, make } from "../../elements/make.js";
import { count, size, t, tn } from "../../elements/words.js";
import { VIEWED_BYTES_MAX } from "../../seal/limits.gen.js";
import type { AttachedFile } from "../arrivals/types.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";
import { WorkerRefusal } from "../worker.js";
import { Covering, type Covered } from "./covering.js";
import { helperOf } from "./helper.js";
import { fits, isPlayed, type How } from "./kinds.js";
import { NoPlayerError, Player } from "./player.js";
import { Sandbox, type Ended } from "./sandbox.js";
import { surelySave } from "./list.js";
import { saverOf } from "./saving.js";
import { FileSession, type Source } from "./session.js";
import { checkedWords, otherwiseWords, percent, refusedWords, troubleWords, typeWords } from "./words.js";

const ZOOMS = [1, 1.5, 2, 3, 4];

type Keep = (copy: Covered) => Promise<void>;

/**
 * Show `file` until the dialog is closed; resolves with whether it is to be saved then. What was given to a helper has no
 * button to save it.
 *
 * @param keep - takes a copy in which places were covered; without it none can be
 */
export async function openStage(bench: Workbench, source: Source, file: AttachedFile, keep?: Keep): Promise<boolean> {
  const stage = new Stage(bench, source, file, keep);
  const answer = await openDialog<"save">(t("Attachment"), (close) => stage.fill(close), "stage");
  stage.end();
  return answer === "save";
}

/** Show `file`; resolves with whether something of it was there to be seen: only then may it count as looked at. */
export async function wasShown(bench: Workbench, source: Source, file: AttachedFile): Promise<boolean> {
  const stage = new Stage(bench, source, file);
  const answer = await openDialog<"save">(t("Attachment"), (close) => stage.fill(close), "stage");
  stage.end();
  if (answer === "save" && typeof source === "string" && await surelySave(file)) await saverOf(bench).save(source, file);
  return stage.shown;
}

class Stage {
  private readonly state = make("p", { class: "state", role: "status" }, t("Opening…"));
  private readonly place = make("div", { class: "place" });
  private readonly tools = make("div", { class: "row tools" });
  private session: FileSession | undefined;
  private sandbox: Sandbox | undefined;
  private checking: HTMLElement | undefined;
  /** Leaves with what was sent, as it was sent. */
  private saving: HTMLElement | undefined;
  private readonly closing = make("button", { class: "button" }, t("Close"));
  private over = false;
  /** A picture, a page or the beginning of a film was on the screen. */
  shown = false;
  /** The copy is on its way: it does not help to close, and it would be kept unseen. */
  private keepingIt = false;
  private address = "";
  /** While parts of it are covered. */
  private covering: Covering | undefined;

  private readonly given: boolean;

  constructor(private readonly bench: Workbench, private readonly source: Source, private readonly file: AttachedFile, private readonly keep?: Keep) {
    this.given = typeof source !== "string";
  }

  fill(close: (answer: "save") => void): (HTMLElement | false)[] {
    void this.begin();
    if (!this.given) this.saving = make("button", { class: "button secondary", type: "button", onclick: () => { close("save"); } }, t("Save"));
    return [
      make("p", { class: "filename" }, make("bdi", {}, this.file.name), " ", make("span", { class: "muted small" }, make("bdi", {}, typeWords(this.file)), " · ", make("bdi", {}, size(this.file.size)))),
      this.place, this.state,
      make("div", { class: "row apart" }, this.tools, make("div", { class: "actions" },
        this.saving, make("form", { method: "dialog" }, this.closing))),
    ];
  }

  end(): void {
    this.over = true;
    this.sandbox?.close();
    this.session?.close();
    this.place.replaceChildren();
    this.forget();
  }

  /** What was played out of memory is in no memory any more. */
  private forget(): void {
    if (this.address !== "") URL.revokeObjectURL(this.address);
    this.address = "";
  }

  private async begin(): Promise<void> {
    try {
      const session = await FileSession.open(this.bench, this.source, this.file);
      if (this.over) {
        session.close();
        return;
      }
      this.session = session;
      const { how } = session.kind;
      if (!fits(this.file.said, how)) this.refuse(this.saveable(otherwiseWords(this.file.said, how)));
      else if (isPlayed(how)) await this.play(session, how);
      else await this.look(session);
    } catch (error) {
      if (this.over) return;
      this.refuse(error instanceof NoPlayerError ? refusedWords("frame") : troubleWords(this.session?.trouble ?? error));
    }
  }

  private async play(session: FileSession, how: How): Promise<void> {
    const helper = await helperOf(this.bench.api.office);
    const player = new Player(this.bench.api.office, true);
    this.place.append(player.element);
    const inside = await player.ready;
    // What happens in the frame is not heard by this page.
    for (const kind of ["pointerdown", "keydown"]) inside.addEventListener(kind, () => { this.bench.awake(); }, { capture: true });
    if (this.given) inside.addEventListener("contextmenu", (event) => { event.preventDefault(); });
    inside.addEventListener("keydown", ({ key }) => { if (key === "Escape") this.leave(); });
    const by = this.file.said === "audio" || how === "audio" ? "audio" : "video";
    const media = helper !== undefined && player.served
      ? await player.play(by, session.token)
      : await player.play(by, session.token, await this.wholeAddress(session));
    media.setAttribute("aria-label", this.file.name);
    media.addEventListener("timeupdate", () => { this.bench.awake(); });
    media.addEventListener("error", () => {
      this.refuse(session.trouble === undefined
        ? this.saveable(t("It cannot be played here: it is damaged, or of a kind that this browser does not play. You can save it."))
        : troubleWords(session.trouble));
    });
    media.addEventListener("loadedmetadata", () => {
      this.shown = true;
      void this.sayChecked();
    });
    session.gave = () => { void this.sayChecked(); };
    this.offerCheck(session);
  }

  /** Without a service worker, as in private windows, a small file is played out of memory. */
  private async wholeAddress(session: FileSession): Promise<string> {
    const bytes = await session.whole((part) => { this.say(t("Opening: {part}", { part: percent(part) })); });
    this.address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: session.kind.type }));
    if (this.over) this.forget();
    return this.address;
  }

  private async look(session: FileSession): Promise<void> {
    if (this.file.size > VIEWED_BYTES_MAX) {
      this.refuse(this.saveable(refusedWords("large")));
      return;
    }
    const address = `/at/${this.bench.api.office}/viewer/${session.kind.how}`;
    const sandbox = new Sandbox(address, {
      shown: (pages, left) => {
        this.shown = true;
        this.offerZoom(sandbox);
        void this.sayChecked(pagesWords(pages, left, this.given));
        sandbox.element.focus();
      },
      ended: (why: Ended) => { this.refuse(why === "frame" ? refusedWords(why) : this.saveable(refusedWords(why))); },
      moved: () => { this.bench.awake(); },
      covered: (bars, sheet) => { this.coveringOf(sandbox)?.show(bars, sheet); },
      painted: (bytes, sheet) => { this.covering?.take(bytes, sheet); },
      unpainted: (page) => { this.covering?.fail(page); },
      leave: () => { this.leave(); },
    });
    this.sandbox = sandbox;
    this.place.append(sandbox.element);
    const bytes = await session.whole((part) => { this.say(t("Opening: {part}", { part: percent(part) })); });
    if (!this.over) await sandbox.show(bytes, session.kind.type, this.given);
  }

  private offerZoom(sandbox: Sandbox): void {
    hold(this.tools, ...zooms(sandbox), this.keep === undefined ? null
      : make("button", { class: "button quiet", type: "button", onclick: () => { sandbox.cover({ cover: "begin" }); } }, t("Cover parts of it")));
  }

  /** While bars are drawn over it; what is kept is another file, and this one stays as it is. */
  private coveringOf(sandbox: Sandbox): Covering | undefined {
    if (this.keep === undefined || this.over) return undefined;
    if (this.covering === undefined) {
      // Who has covered a face presses what says "save" and would have the face.
      this.saving?.remove();
      this.closing.className = "button secondary";
      this.closing.textContent = t("Close without keeping it");
      this.dialog?.addEventListener("cancel", (event) => {
        event.preventDefault();
        this.leave();
      });
      this.state.classList.remove("good");
      this.covering = new Covering(sandbox, {
        tools: this.tools, zooms: zooms(sandbox), say: (words) => { this.say(words); }, keep: (copy) => { void this.keepCovered(copy); },
        refuse: () => { sandbox.close(); this.refuse(this.saveable(refusedWords("broken"))); },
      });
    }
    return this.covering;
  }

  private async keepCovered(copy: Covered): Promise<void> {
    if (this.over) return;
    this.keepingIt = this.closing.disabled = true;
    try {
      await this.keep?.(copy);
    } catch (error) {
      this.keepingIt = this.closing.disabled = false;
      this.covering?.goOn(error instanceof WorkerRefusal ? troubleWords(error) : sentenceOf(error));
      return;
    }
    this.dialog?.close();
  }

  private offerCheck(session: FileSession): void {
    const button = make("button", {
      class: "button quiet", type: "button", onclick: () => {
        void busy(button, async () => {
          try {
            await session.check((part) => { this.say(t("Reading all of it: {part}", { part: percent(part) })); });
            await this.sayChecked();
          } catch (error) {
            this.say(troubleWords(error));
          }
        });
      },
    }, t("Check the whole"));
    this.checking = button;
    hold(this.tools, button);
  }

  private async sayChecked(before = ""): Promise<void> {
    const { session } = this;
    if (session === undefined || this.over) return;
    const checked = await session.checked().catch(() => undefined);
    if (checked === undefined) return;
    this.state.classList.toggle("good", checked === "yes");
    this.state.classList.toggle("danger", checked === "no");
    this.say([before, checkedWords(checked)].filter((words) => words !== "").join(" "));
    if (checked !== "not yet") this.checking?.remove();
  }

  /** Words that say "save it", where there is a button for that. */
  private saveable(words: string): string {
    return this.given ? t("It cannot be shown here. Please tell whoever gave it to you.") : words;
  }

  private say(words: string): void {
    if (this.state.textContent !== words) this.state.textContent = words;
  }

  private refuse(words: string): void {
    if (this.saving?.isConnected === false) this.closing.form?.before(this.saving);
    this.place.replaceChildren(make("p", { class: "notice warning", role: "alert" }, words));
    this.tools.replaceChildren();
    this.say("");
    announce(words, "assertive");
  }

  /** By the Escape key; bars over many pages are not lost by it. */
  private leave(): void {
    if (this.keepingIt) return;
    if (this.covering?.hasBars === true) this.say(t("What you have covered is not kept yet. To leave all the same, press “Close without keeping it”."));
    else this.dialog?.close();
  }

  private get dialog(): HTMLDialogElement | null {
    return this.place.closest("dialog");
  }
}

/** Buttons that make what is shown larger and smaller, beginning with its usual size. */
function zooms(sandbox: Sandbox): HTMLElement[] {
  let at = 0;
  const to = (by: number) => (): void => {
    at = Math.min(ZOOMS.length - 1, Math.max(0, at + by));
    sandbox.zoom(ZOOMS[at] ?? 1);
  };
  return [make("button", { class: "button quiet", type: "button", onclick: to(1) }, t("Larger")), make("button", { class: "button quiet", type: "button", onclick: to(-1) }, t("Smaller"))];
}

function pagesWords(pages: number, left: number, given: boolean): string {
  if (pages === 0) return "";
  if (left === 0) return tn("{n} page.", "{n} pages.", pages);
  if (given) return t("The first {pages} pages are shown; {left} are not.", { pages: count(pages), left: count(left) });
  return t("The first {pages} pages are shown; for the other {left}, save it.", { pages: count(pages), left: count(left) });
}

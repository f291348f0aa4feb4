/** The workbench document: sign-in, unlocking, views by `#/<name>`, lock. Nothing here outlives the page. */
import { silence } from "../elements/announce.js";
import { closeDialogs, reopenDialogs } from "../elements/dialog.js";
import { focusHeading } from "../elements/views.js";
import { hold, make, type Child } from "../elements/make.js";
import { language, t } from "../elements/words.js";
import type { Assets } from "../workers/load.js";
import { Unproven, unprovenPage } from "./alarm.js";
import { Api, Refusal } from "./api.js";
import { draftsOf } from "./arrivals/drafts.js";
import { button } from "./fields.js";
import { mayTakeDown, takeDown } from "./intake/dialog.js";
import { inLanguage, type PageBlock } from "./page.js";
import { Session, unlock } from "./session.js";
import { showSignIn } from "./signin.js";
import { views, type Shown, type View, type Workbench } from "./views.js";
import { showWarnings } from "./warnings.js";
import { OfficeWorker, WorkerRefusal } from "./worker.js";

/** Keys left open on an unattended desk are anybody's. */
const IDLE_MS = 15 * 60_000;
/**
 * The server ends a session of which it has heard nothing for half an hour. Whoever writes for so long is there, and asks it
 * something before: else their words would go with the keys at the moment in which they are to be kept.
 */
const HEARD_MS = 10 * 60_000;

/** Somebody who signs out is told how it ended, and does not wait for a server that says nothing. */
const SIGNING_OUT_MS = 5_000;

interface OnScreen {
  readonly name: string;
  readonly shown: Shown;
}

export class Shell {
  private worker: OfficeWorker | undefined;
  private session: Session | undefined;
  private onScreen: OnScreen | undefined;
  private name = "";
  private idle = 0;
  private readonly badges = new Map<string, number>();
  private readonly main: HTMLElement;
  private readonly topbar: HTMLElement;
  private readonly api: Api;

  constructor(private readonly page: PageBlock, private readonly assets: Assets) {
    const main = document.getElementById("main");
    const topbar = document.getElementById("topbar");
    if (main === null || topbar === null) throw new Error("The page lacks its frame.");
    this.main = main;
    this.topbar = topbar;
    this.api = new Api(page.office);
    addEventListener("hashchange", () => { this.route(); });
    for (const event of ["pointerdown", "keydown", "scroll"]) addEventListener(event, () => { this.awake(); }, { passive: true, capture: true });
    // A page kept in the browser's back-forward cache would come back with everything on the screen.
    addEventListener("pagehide", () => { this.forget(); });
    addEventListener("pageshow", (event: PageTransitionEvent) => { if (event.persisted) location.reload(); });
    document.addEventListener("keydown", (event) => { this.key(event); });
  }

  /** Show the sign-in. `reason` says why, where the person did not ask for it. */
  signIn(reason = ""): void {
    showSignIn(this.main, {
      office: inLanguage(this.page.names, language()), name: this.name, reason,
      enter: async (proofs, progress) => {
        this.worker ??= await OfficeWorker.start(this.assets);
        await unlock(this.worker, this.api, proofs, this.name !== "", progress);
        this.name = proofs.name;
        await this.enter(this.worker);
      },
    });
  }

  /** Take over a worker whose keys are open already, as after set-up. */
  async enter(worker: OfficeWorker, signInName = this.name): Promise<void> {
    this.worker = worker;
    this.name = signInName;
    reopenDialogs();
    document.body.dataset["unlocked"] = "";
    const session = new Session(worker, this.api, this.page.report);
    if (!await this.loaded(session)) return;
    this.session = session;
    session.renew = () => this.renewed(session);
    void worker.freshen();
    this.api.signedOut = () => {
      this.api.signedOut = () => undefined;
      void this.ended(session);
    };
    this.awake();
    this.draw();
  }

  /** Load what the office has signed. Where it does not hold, all keys are forgotten before anybody reads why. */
  private async loaded(session: Session): Promise<boolean> {
    try {
      await session.load();
      return true;
    } catch (error) {
      if (!(error instanceof Unproven)) throw error;
      this.forget();
      hold(this.main, unprovenPage(error.code, () => { this.signIn(); }));
      focusHeading(this.main);
      return false;
    }
  }

  /** Forget all keys and all that is on the screen; the session on the server stays. */
  lock(reason = ""): void {
    this.forget();
    this.signIn(reason);
  }

  /** The server has ended the session. Who left the charter reads why: signing in would only say that it does not fit. */
  private async ended(session: Session): Promise<void> {
    this.name = "";
    const replaced = await session.replaced();
    if (this.session !== session) return;
    const over = this.isWriting() ? t("Your session has ended; please sign in again. If anything was written here and not sent, it is gone.")
      : t("Your session has ended. Nothing was lost; please sign in again.");
    this.lock(replaced ? `${over} ${t("The office has signed a new charter meanwhile: whoever is not in it any more cannot sign in.")}` : over);
  }

  /** Whether something was written that the keys take with them. */
  private isWriting(): boolean {
    const drafts = this.worker === undefined ? [] : [...draftsOf(this.worker).values()];
    const fields = document.querySelectorAll<HTMLTextAreaElement>("dialog[open] textarea, main textarea:not(#draft)");
    return drafts.some(({ text }) => text.trim() !== "") || [...fields].some(({ value, defaultValue }) => value.trim() !== "" && value !== defaultValue);
  }

  /** Take in what the office has signed meanwhile; the view that is open stays as it is. */
  private async renewed(session: Session): Promise<void> {
    if (!await this.loaded(session)) throw new WorkerRefusal("locked", t("What the server shows of this office does not hold. Nothing was signed."));
    showWarnings(session);
    this.drawTopbar();
  }

  private forget(): void {
    this.onScreen?.shown.leave?.();
    this.onScreen = undefined;
    this.worker?.end();
    this.worker = undefined;
    this.session = undefined;
    this.badges.clear();
    clearTimeout(this.idle);
    this.main.replaceChildren();
    document.getElementById("standing")?.replaceChildren();
    // What a dialog shows goes with the rest of the screen, and so does what was said aloud.
    closeDialogs();
    silence();
    document.body.classList.remove("workbench");
    delete document.body.dataset["unlocked"];
    this.drawTopbar();
  }

  private async signOut(): Promise<void> {
    // The keys first: whoever presses this walks away, whether the server answers or not.
    this.forget();
    this.name = "";
    hold(this.main, make("p", { class: "muted", role: "status" }, t("Signing out …")));
    const asked = this.api.post("signout").then(() => true, (error: unknown) => error instanceof Refusal && error.status === 401);
    const isOut = await Promise.race([asked, new Promise<boolean>((late) => { setTimeout(() => { late(false); }, SIGNING_OUT_MS); })]);
    this.signIn(isOut ? "" : t("Your keys are gone from this page, but the server did not answer: your session there lasts until it ends by itself. Sign in and sign out again to end it now."));
  }

  private awake(): void {
    if (this.session === undefined) return;
    if (Date.now() - this.api.asked > HEARD_MS) void this.api.get("me").catch(() => undefined);
    clearTimeout(this.idle);
    this.idle = window.setTimeout(() => { this.lock(t("Locked, because nobody was here for a quarter of an hour.")); }, IDLE_MS);
  }

  private key(event: KeyboardEvent): void {
    const { target } = event;
    const typing = target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
    if (this.session === undefined || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "L") {
      event.preventDefault();
      this.lock();
    }
    if (event.key === "I" && mayTakeDown(this.session.facts)) {
      event.preventDefault();
      takeDown(this.bench(this.session));
    }
  }

  private visible(): [string, View][] {
    const facts = this.session?.facts;
    if (facts === undefined) return [];
    return [...views()].filter(([name, one]) => facts.placed ? one.for?.(facts) ?? true : name === "waiting");
  }

  private draw(): void {
    this.drawTopbar();
    if (this.session !== undefined) showWarnings(this.session);
    this.onScreen?.shown.leave?.();
    this.onScreen = undefined;
    this.route();
  }

  private drawTopbar(): void {
    const office = inLanguage(this.page.names, language());
    const brand = make("a", { class: "brand", href: "#/" }, office);
    const { session } = this;
    if (session === undefined) {
      this.topbar.replaceChildren(brand);
      return;
    }
    const { hash } = location;
    const tabs = make("nav", { class: "tabs", "aria-label": t("Views") }, this.visible().filter(([name, one]) => one.order > 0 && (here(hash) === name || (one.now?.(session) ?? true)))
      .map(([name, one]) => make("a", { href: `#/${name}`, "aria-current": here(hash) === name ? "page" : null }, one.title(),
        this.numberBeside(name, one, session))));
    this.topbar.replaceChildren(brand, tabs, make("div", { class: "who" },
      mayTakeDown(session.facts) && make("button", { class: "button secondary", type: "button", onclick: () => { takeDown(this.bench(session)); } },
        t("Take down a report"), " ", make("kbd", {}, t("Shift+I"))),
      make("span", {}, session.facts.me.name || this.name),
      make("button", { class: "button secondary", type: "button", onclick: () => { this.lock(); } },
        t("Lock"), " ", make("kbd", {}, t("Shift+L"))),
      button(t("Sign out"), () => { void this.signOut(); }, "link")));
  }

  private numberBeside(name: string, one: View, session: Session): Child {
    const number = this.badges.get(name) ?? one.waits?.(session) ?? 0;
    return number > 0 && make("span", { class: "number" }, String(number));
  }

  private route(): void {
    const { session } = this;
    if (session === undefined) return;
    const all = this.visible();
    const name = here(location.hash);
    const found = all.find(([one]) => one === name) ?? all.find(([, one]) => one.order > 0) ?? all[0];
    if (found === undefined) return;
    const [shownName, one] = found;
    const path = name === shownName ? location.hash.slice(`#/${name}`.length) : "";
    if (this.onScreen?.name === shownName && this.onScreen.shown.route !== undefined) {
      this.onScreen.shown.route(path);
      session.drawn();
      this.drawTopbar();
      return;
    }
    this.onScreen?.shown.leave?.();
    this.main.className = "column";
    hold(this.main);
    document.title = `${one.title()} · ${inLanguage(this.page.names, language())}`;
    this.onScreen = { name: shownName, shown: one.render(this.main, path, this.bench(session)) };
    session.drawn();
    this.drawTopbar();
    focusHeading(this.main);
  }

  private bench(session: Session): Workbench {
    return {
      worker: session.worker, api: session.api, session,
      get facts() { return session.facts; },
      awake: () => { this.awake(); },
      go: (name, path = "") => { location.hash = `#/${name}${path}`; },
      badge: (name, number) => {
        if (this.badges.get(name) === number) return;
        this.badges.set(name, number);
        this.drawTopbar();
      },
      unheard: (one) => {
        // Locked meanwhile, nobody is here to read it.
        if (this.session !== session) return;
        session.unheard = [...session.unheard, one];
        showWarnings(session);
      },
      refresh: async () => {
        if (!await this.loaded(session)) return;
        // Whoever asks for it draws their view anew.
        session.drawn();
        showWarnings(session);
        this.drawTopbar();
      },
    };
  }
}

function here(hash: string): string {
  return /^#\/([a-z-]*)/.exec(hash)?.[1] ?? "";
}

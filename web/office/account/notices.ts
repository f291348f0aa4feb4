/** The daily message: leaving an address for it, trying it, and taking the address back. */
import { busy } from "../../elements/busy.js";
import { hold, make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import { button, field, form, submit } from "../fields.js";
import { sentenceOf, tell } from "../telling.js";
import type { Workbench } from "../views.js";

interface Notices {
  /** Whether a mail server is set. */
  readonly mail: boolean;
  readonly hour: number;
  readonly address: string;
  readonly trial: { readonly state: "waiting" | "done" | "failed" | "given-up"; readonly why: string } | null;
}

/** How often, and how many times, the page asks whether the trial has gone. */
const ASK_MS = 1000;
const ASKED = 30;

export function dailyMessage(bench: Workbench): HTMLElement {
  const box = make("div", { class: "stack" }, make("p", { class: "muted" }, t("Loading…")));
  void bench.api.get<Notices>("notices").then(
    (state) => { draw(box, bench, state); },
    (error: unknown) => { hold(box, failed(error)); });
  return make("section", { class: "card" }, make("h2", {}, t("Daily message")), box);
}

function failed(error: unknown): HTMLElement {
  return make("p", { class: "notice danger", role: "alert" }, sentenceOf(error));
}

function draw(box: HTMLElement, bench: Workbench, state: Notices, said: HTMLElement | null = null): void {
  hold(box,
    make("p", {}, t("Each day at {hour} o'clock, where the office is, you get the same message: look at your desk. It comes whether something has come or not, so nobody who sees your mail learns more.", { hour: state.hour })),
    state.mail ? null : make("p", { class: "notice warning" }, t("This line has no mail server. Whoever operates it can set one.")),
    state.address === "" ? asking(box, bench, state) : left(box, bench, state, said));
}

function asking(box: HTMLElement, bench: Workbench, state: Notices): HTMLElement | null {
  if (!state.mail) return null;
  const address = field({ label: t("E-mail address"), classes: "medium", maxlength: 200,
    hint: t("It is not sealed: this server has to read it, and mail servers see that you get a message from this line. Take an address where that does no harm.") });
  const send = submit(t("Send it to me every day"));
  const shown: HTMLFormElement = form(() => {
    void busy(send, async () => {
      try {
        const next = await bench.api.put<Notices>("notices", { address: address.value().trim(), language: language().toLowerCase() });
        draw(box, bench, next, good(t("From tomorrow on it comes every day.")));
      } catch (error) {
        tell(shown, address.id, error);
      }
    });
  }, address.element, make("div", { class: "actions" }, send));
  return shown;
}

function left(box: HTMLElement, bench: Workbench, state: Notices, said: HTMLElement | null): HTMLElement {
  const again = (next: Notices, sentence: HTMLElement | null): void => { draw(box, bench, next, sentence); };
  const act = (made: HTMLButtonElement, work: () => Promise<void>): void => {
    void busy(made, () => work().catch((error: unknown) => { again(state, failed(error)); }));
  };
  const trial: HTMLButtonElement = button(t("Send me a trial message"), () => {
    act(trial, async () => {
      const next = await outcome(bench, await bench.api.post<Notices>("notices/trial"));
      again(next, told(next));
    });
  });
  const forget: HTMLButtonElement = button(t("Delete my address"), () => {
    act(forget, async () => {
      again(await bench.api.post<Notices>("notices/deletion"), null);
    });
  }, "button secondary");
  return make("div", { class: "stack" },
    make("p", {}, t("It goes to:"), " ", make("bdi", { class: "code" }, state.address)),
    make("p", { class: "hint" }, t("The address is not sealed. It goes when you delete it, or leave this office. If the message does not come one day, look here all the same and tell an administrator.")),
    said,
    make("div", { class: "actions" }, state.mail && trial, forget));
}

/** Wait for a moment whether the trial has gone; it goes on by itself if not. */
async function outcome(bench: Workbench, first: Notices): Promise<Notices> {
  let state = first;
  for (let asked = 0; asked < ASKED && state.trial?.state === "waiting"; asked += 1) {
    await new Promise((resolve) => { setTimeout(resolve, ASK_MS); });
    state = await bench.api.get<Notices>("notices");
  }
  return state;
}

function told({ trial }: Notices): HTMLElement {
  switch (trial?.state) {
    case "done": return good(t("The mail server has taken the trial message. Look whether it has come, and not among the junk."));
    case "failed": case "given-up": return make("p", { class: "notice danger", role: "alert" }, trial.why, " ", t("Please tell an administrator."));
    default: return make("p", { class: "notice warning", role: "status" }, t("The trial message is still waiting. It goes by itself; an administrator sees under Health what holds it up."));
  }
}

function good(sentence: string): HTMLElement {
  return make("p", { class: "notice good", role: "status" }, sentence);
}

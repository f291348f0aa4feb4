/** Requests for access: recorded, approved by two others, and searched for by each holder in their own browser. Nothing of what is found leaves it. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { ask, openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { hold, make, type Child } from "../../elements/make.js";
import { day, language, t, tn } from "../../elements/words.js";
import { isName, NAMES_MOST, type AccessRequest } from "../../seal/access.js";
import { amongOthers, together } from "../arrivals/names.js";
import { button, cancel, field, form, submit } from "../fields.js";
import { sentenceOf } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import { asksForEnd, endingLine } from "./ending.js";
import type { Found, RequestShown } from "./types.js";

/** Threads of one answer of the server. */
const BATCH = 16;

view("requests", {
  title: () => t("Requests for access"), order: 45,
  for: ({ me }) => me.roles.some((role) => /^(?:handler|lead)@/.test(role)),
  render: (host, _path, bench) => new RequestsView(host, bench),
});

class RequestsView implements Shown {
  private gone = false;
  /** What this browser found, while the page shows it. */
  private readonly found = new Map<string, Found>();

  constructor(private readonly host: HTMLElement, private readonly bench: Workbench) {
    hold(host, make("h1", { tabindex: -1 }, t("Requests for access")), make("p", { class: "muted", role: "status" }, t("Loading…")));
    void this.load();
  }

  leave(): void {
    this.gone = true;
    this.found.clear();
  }

  private async load(trouble = ""): Promise<void> {
    try {
      const parcel = await this.bench.api.bytes("requests");
      const rows = await this.bench.worker.ask("open-requests", { parcel });
      if (!this.gone) this.draw(rows, trouble);
    } catch (error) {
      if (!this.gone) hold(this.host, make("h1", {}, t("Requests for access")), make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private draw(rows: readonly RequestShown[], trouble: string): void {
    hold(this.host, make("div", { class: "stack loose" }, make("h1", { tabindex: -1 }, t("Requests for access")),
      make("p", { class: "lede" }, t("Somebody asks what this office holds about them. This is the only search for a person: two others approve it, each of you searches their own cases, and what is found stays on your screen.")),
      trouble === "" ? null : make("p", { class: "notice danger", role: "alert" }, trouble),
      make("p", {}, this.press(t("Record a request"), "record-request", () => this.record())),
      rows.length === 0 ? make("p", { class: "empty" }, t("No request is open.")) : [...rows].reverse().map((one) => this.card(one))));
  }

  private card(one: RequestShown): HTMLElement {
    const { facts } = this.bench;
    const late = one.closed === "" && one.due < facts.today;
    return make("article", { class: "card stack", "data-request": one.id },
      make("div", { class: "row apart" }, make("h2", {}, t("Request of {day}", { day: day(one.recorded) })),
        make("span", { class: one.closed !== "" || one.over ? "chip" : `chip ${late ? "late" : "due"}` }, one.closed !== "" ? t("closed on {day}", { day: day(one.closed) }) : one.over ? t("over") : late ? t("answer late since {day}", { day: day(one.due) }) : t("answer by {day}", { day: day(one.due) }))),
      one.asked === null ? one.sealed ? make("p", { class: "notice warning" }, t("It was not sealed for your keys, or does not prove to be a colleague's. You cannot search for it.")) : null
        : [make("p", {}, t("Looked for: {names}", { names: together(one.asked.names) })), make("div", { class: "small muted" }, make("p", {}, t("How their identity was verified, and when")), make("p", { class: "written", dir: "auto", lang: one.asked.language }, one.asked.verified))],
      make("p", { class: "small muted" }, t("Recorded by {name}.", { name: amongOthers(facts, [one.member]) }), " ",
        one.approvals.length === 0 ? "" : t("Approved by {names}.", { names: amongOthers(facts, one.approvals) })),
      ...this.next(one), endingLine(one, facts), this.results(one));
  }

  private next(one: RequestShown): Child[] {
    const { facts } = this.bench;
    if (one.over || one.asked === null) return [];
    if (!one.approved) {
      const can = one.member !== facts.me.id && !one.approvals.includes(facts.me.id);
      return [can ? make("p", {}, this.press(t("Approve it"), "approve-request", () => this.approve(one))) : make("p", {}, t("Two others approve it before anybody searches."))];
    }
    return [
      one.mine || one.stranded ? make("p", {}, this.press(t("Search my cases"), "run-request", () => this.search(one), one.mine ? "button" : "button secondary")) : null,
      one.stranded && one.ending?.member !== facts.me.id ? make("p", {}, this.press(one.ending === null ? t("Nobody is left to search: tell the person") : t("End it"), "end-request", () => this.end(one))) : null,
      one.waiting.length === 0 ? null : make("p", { class: "small" }, t("Still to search: {names}.", { names: amongOthers(facts, one.waiting) })),
    ];
  }

  /** What was found here, and what is done with it: a person decides. */
  private results({ id, mine }: RequestShown): Child {
    const found = this.found.get(id);
    if (found === undefined) return null;
    const hits = found.filter(({ where }) => where.length > 0);
    return make("div", { class: "stack tight", id: "found" },
      make("p", {}, make("b", {}, hits.length === 0 ? tn("Nothing was found in your {n} case.", "Nothing was found in your {n} cases.", found.length) : tn("Found in {n} of your cases.", "Found in {n} of your cases.", hits.length))),
      make("ul", { class: "plain stack tight" }, hits.map(({ thread, where }) => make("li", {}, make("a", { href: `#/arrivals/${thread}` }, t("Go to the case")), " ",
        make("span", { class: "small muted" }, together(where.map(({ chain, n, day: at }) => placeWord(chain, n, at))))))),
      found.some(({ unreadable }) => unreadable > 0) ? make("p", { class: "notice warning" }, t("Some places could not be opened here, so nothing was found in them. Ask a colleague on the case.")) : null,
      make("p", { class: "hint" }, t("Words are compared as they are written: look yourself for other spellings, and through pictures and files. Decide what they may be told: never who reported, nor anything by which it could be known; and nothing that would infringe the rights of others. Write a note in each case that says what was decided.")),
      mine ? make("p", {}, this.press(t("I have searched and decided"), "ran-request", () => this.ran(id))) : null);
  }

  private async record(): Promise<void> {
    const asked = await askRequest(this.unrecorded);
    if (asked === null) return;
    // What was typed stands in the form again where it could not be recorded.
    this.unrecorded = asked;
    await this.doing(t("Recorded. Two others approve it next."), async () => {
      await this.bench.api.postBytes("requests", await this.bench.worker.ask("compose-request", { ...asked, counter: await this.bench.session.counter() }));
      this.unrecorded = undefined;
    });
  }

  private async approve({ id }: RequestShown): Promise<void> {
    const sure = await ask({ title: t("Approve this search?"), act: t("Approve it"), body: t("You have seen how their identity was verified, and that these names are theirs. Everybody who holds a case then searches it for them.") });
    if (sure) {
      await this.doing(t("Signed, and kept in the record."), async () => {
        const act = await this.bench.worker.ask("sign-request", { id, act: "approve request", counter: await this.bench.session.counter() });
        await this.bench.api.post(`requests/${id}/approval`, { act });
      });
    }
  }

  private async end(one: RequestShown): Promise<void> {
    const { api, session, worker } = this.bench;
    const { id, ending } = one;
    if (!await asksForEnd(one, ending !== null)) return;
    await this.doing(t("Signed, and kept in the record."), async () => {
      const counter = await session.counter();
      if (ending === null) await api.post(`requests/${id}/end/proposal`, { act: await worker.ask("sign-request", { id, act: "propose request end", counter }) });
      else await api.post(`requests/${id}/end`, { act: await worker.ask("sign-request-end", { id, seen: ending.what, counter }) });
    });
  }

  private async search({ id }: RequestShown): Promise<void> {
    await this.doing(t("Searched."), async () => {
      const { api, worker } = this.bench;
      const { threads } = await api.get<{ threads: readonly string[] }>(`requests/${id}/cases`);
      const found = new Map<string, Found[number]>();
      const take = async (some: readonly string[]): Promise<void> => {
        const parcel = await api.bytes(`threads?${some.map((thread) => `thread=${thread}`).join("&")}`);
        for (const one of await worker.ask("search-request", { id, parcel })) found.set(one.thread, one);
      };
      for (let at = 0; at < threads.length; at += BATCH) await take(threads.slice(at, at + BATCH));
      // An answer holds no more than fits: what lacks is asked for by itself.
      for (const thread of threads) if (!found.has(thread)) await take([thread]);
      const lacking = threads.filter((thread) => !found.has(thread)).length;
      this.found.set(id, [...found.values()]);
      if (lacking > 0) this.trouble = tn("{n} case of yours could not be searched: open it first and say whether you know somebody in it.", "{n} cases of yours could not be searched: open them first and say whether you know somebody in them.", lacking);
    });
  }

  private trouble = "";
  private unrecorded: AccessRequest | undefined;

  private async ran(id: string): Promise<void> {
    await this.doing(t("Signed. Nothing of what you found was sent."), async () => {
      const act = await this.bench.worker.ask("sign-request", { id, act: "run request", counter: await this.bench.session.counter() });
      await this.bench.api.post(`requests/${id}/run`, { act });
      this.found.delete(id);
    });
  }

  private async doing(said: string, work: () => Promise<void>): Promise<void> {
    this.trouble = "";
    try {
      await work();
      announce(said);
    } catch (error) {
      this.trouble = sentenceOf(error);
    }
    await this.load(this.trouble);
  }

  private press(label: string, id: string, work: () => Promise<void>, kind = "button secondary"): HTMLElement {
    const made = button(label, () => { void busy(made, work); }, kind);
    made.id = id;
    return made;
  }
}

function placeWord(chain: string, n: number, at: string): string {
  const values = { day: day(at, "short") };
  if (chain === "r") return n === 0 ? t("the report") : t("their message of {day}", values);
  return chain === "o" ? t("our message of {day}", values) : t("a note of {day}", values);
}

/** @param before - what was typed and could not be recorded */
function askRequest(before?: AccessRequest): Promise<AccessRequest | null> {
  return openDialog<AccessRequest>(t("Record a request"), (close) => {
    const names = field({ label: t("Their names, one on each line"), hint: t("As they are called and written, in every script. Only what they gave you themselves."), rows: 3, maxlength: 1600, value: before?.names.join("\n") ?? "" });
    const verified = field({ label: t("How their identity was verified, and when"), hint: t("Outside this program: a document that you saw, not a copy that came by mail. Keep no number of it."), rows: 3, maxlength: 2000, value: before?.verified ?? "" });
    const made = form(() => {
      clearFaults(made);
      const given = [...new Set(names.value().split("\n").map((one) => one.trim()).filter((one) => one !== ""))], how = verified.value().trim();
      const faults = [
        ...given.length === 0 || given.length > NAMES_MOST || !given.every(isName) ? [{ field: names.id, message: t("Please give a name of two letters or more on each line, eight at most.") }] : [],
        ...how === "" ? [{ field: verified.id, message: t("Please say how their identity was verified.") }] : [],
      ];
      if (faults.length > 0) showFaults(made, faults);
      else close({ names: given, verified: how, language: language() });
    }, names.element, verified.element,
    make("p", { class: "hint" }, t("Sealed for those who handle cases, so that they can search; the server learns no name. Two others approve it first. Answer within a month. The names are deleted once everybody has searched, or after three months.")),
    make("div", { class: "actions" }, submit(t("Seal it and record it")), cancel()));
    return made;
  });
}

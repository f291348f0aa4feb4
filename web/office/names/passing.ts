/** For custodians: their shares passed on before they leave, and those of a colleague who is gone made again. */
import { announce } from "../../elements/announce.js";
import { busy } from "../../elements/busy.js";
import { ask, openDialog } from "../../elements/dialog.js";
import { hold, make, type Child } from "../../elements/make.js";
import { day, t, tn } from "../../elements/words.js";
import type { SharesCount, SharesTask } from "../../workers/reports/sharing.js";
import { typedProof } from "../account/proof.js";
import { choice } from "../cases/triage.js";
import { has } from "../facts.js";
import { button, cancel, form, submit } from "../fields.js";
import { personName } from "../roles.js";
import { sentenceOf, tell } from "../telling.js";
import type { Workbench } from "../views.js";
import { Sharing, type Gathering } from "./shares.js";

export class Passing {
  readonly element = make("section", { class: "stack", "aria-labelledby": "shares-title" });
  /** Gatherings that wait for this custodian: they could hand shares over, and have said nothing yet. */
  waiting = 0;
  private readonly sharing: Sharing;

  /** @param changed - called when `waiting` is known anew */
  constructor(private readonly bench: Workbench, private readonly changed: () => void) {
    this.sharing = new Sharing(bench.session);
  }

  async load(): Promise<void> {
    try {
      this.draw(await this.sharing.gatherings());
    } catch (error) {
      hold(this.element, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private get keeps(): boolean {
    return has(this.bench.facts, "custodian");
  }

  private get others(): readonly string[] {
    const { facts } = this.bench;
    return facts.people.filter(({ id, roles }) => id !== facts.me.id && roles.includes("custodian")).map(({ id }) => id);
  }

  private draw(gatherings: readonly Gathering[]): void {
    const running = gatherings.filter(({ over }) => !over), me = this.bench.facts.me.id;
    this.waiting = this.keeps ? running.filter((one) => ![one.member, one.to].includes(me) && !answered(one, me)).length : 0;
    this.changed();
    this.element.hidden = !this.keeps && running.length === 0;
    if (this.element.hidden) return;
    hold(this.element, make("h2", { id: "shares-title" }, t("Shares of names")), this.keeps ? this.own(running) : null, running.map((one) => this.card(one)));
  }

  private own(running: readonly Gathering[]): Child[] {
    if (this.others.length === 0) return [make("p", {}, t("There is no other custodian to whom shares could be passed on."))];
    return [
      make("p", {}, t("Your browser opens one share of each name that was given while you kept names. Before you stop, seal them to a colleague who keeps names and was none of the custodians then. Once you have left the charter you cannot do it any more.")),
      make("p", { class: "row" },
        this.press(t("Pass my shares on"), "pass-shares", () => this.pass()),
        running.length > 0 ? null : this.press(t("A colleague is gone: make their shares again"), "gather-shares", () => this.gather(), "button secondary")),
    ];
  }

  private card(one: Gathering): HTMLElement {
    const { facts } = this.bench, mine = one.member === facts.me.id;
    const name = personName(facts, one.member), to = personName(facts, one.to);
    return make("article", { class: "card stack", "data-gathering": one.id },
      make("div", { class: "row apart" }, make("h3", {}, mine ? t("You ask the custodians for their shares") : t("{name} asks the custodians for their shares", { name })), make("span", { class: "chip due" }, t("until {day}", { day: day(one.until) }))),
      make("p", {}, mine
        ? t("With them your browser makes the shares of colleagues who are gone once more, for {to}. It opens no name by that: the other half of each key lies in the report.", { to })
        : t("With them {name}'s browser makes the shares of colleagues who are gone once more, for {to}. It opens no name by that: the other half of each key lies in the report.", { name, to })),
      make("ul", { class: "plain small" }, one.gave.map(({ member, shares }) => make("li", {}, `${personName(facts, member)}: `, tn("{n} share", "{n} shares", shares))),
        one.refused.map(({ member, day: at }) => make("li", {}, t("{name} hands nothing over ({day})", { name: personName(facts, member), day: day(at, "short") })))),
      this.keeps ? make("p", { class: "row" }, mine
        ? [this.press(t("Make the lost shares again"), "make-again", () => this.makeAgain(one)), this.press(t("End it"), "end-gathering", () => this.end(one), "button secondary")]
        : one.to === facts.me.id ? make("span", { class: "muted" }, t("You will keep what is made again.")) : [this.press(t("Hand mine over to {name}", { name }), "hand-shares", () => this.hand(one)),
            answered(one, facts.me.id) ? null : this.press(t("Hand nothing over"), "decline-gathering", () => this.decline(one), "button secondary")]) : null);
  }

  private async pass(): Promise<void> {
    const to = choice(t("Who keeps them from now on"), this.others, (id) => personName(this.bench.facts, id), this.others[0] ?? "");
    await this.work(t("Pass your shares on?"), [
      make("p", {}, t("They are sealed to one colleague alone. With them this colleague can hand over a share where you could. Where they hold another share of the same name it is left out: two would count for two people.")), to.element,
    ], t("Seal them and pass them on"), () => ({ kind: "pass", to: to.value() }));
  }

  private async hand(one: Gathering): Promise<void> {
    const name = personName(this.bench.facts, one.member);
    await this.work(t("Hand your shares over to {name}?", { name }), [
      make("p", {}, t("Do it only if you know that a colleague is really gone, and trust {name}: with enough shares their browser holds one half of the key of each name. Of names whose custodians are all still here nothing is handed over.", { name })),
    ], t("Seal them and hand them over"), () => ({ kind: "hand", to: one.member, gathering: one.id }));
  }

  private async makeAgain(one: Gathering): Promise<void> {
    await this.work(t("Make the lost shares again?"), [
      make("p", {}, t("For each name of which enough shares have come, your browser makes the lost one exactly as it was, checks it, and seals it to {name}. End this afterwards: what was handed over to you is deleted then.", { name: personName(this.bench.facts, one.to) })),
    ], t("Make them again"), () => ({ kind: "again", to: one.to }));
  }

  private async gather(): Promise<void> {
    const { facts } = this.bench;
    const to = await openDialog<string>(t("Ask the custodians for their shares?"), (close) => {
      const who = choice(t("Who keeps what is made again"), this.others, (id) => personName(facts, id), this.others[0] ?? "");
      return form(() => { close(who.value()); },
        make("p", {}, t("First the charter must be without the colleague who is gone, and name somebody new in their place. Choose that one here. Then each of the others hands their shares over to you, and your browser makes the lost ones.")), who.element,
        make("p", { class: "hint" }, t("The custodians and oversight see that you ask.")),
        make("div", { class: "actions" }, submit(t("Sign it")), cancel()));
    });
    if (to !== null) await this.done(() => this.sharing.gather(to), t("Signed, and kept in the record."));
  }

  private async decline(one: Gathering): Promise<void> {
    const sure = await ask({
      title: t("Hand nothing over?"), act: t("Sign it"),
      body: t("{name}, the other custodians and oversight read that you hand nothing over, or have nothing. While this runs you can still change your mind.", { name: personName(this.bench.facts, one.member) }),
    });
    if (sure) await this.done(() => this.sharing.decline(one), t("Signed, and kept in the record."));
  }

  private end(one: Gathering): Promise<void> {
    return this.done(() => this.sharing.end(one), t("Ended. What was handed over for it is deleted."));
  }

  private async done(act: () => Promise<void>, said: string): Promise<void> {
    try {
      await act();
      announce(said);
      await this.load();
    } catch (error) {
      hold(this.element, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  /** Asks for the passphrase, goes through all names, and says what became of them. */
  private async work(title: string, says: readonly Child[], label: string, task: () => SharesTask): Promise<void> {
    let going = true;
    const proof = typedProof(this.bench), said = make("p", { role: "status", class: "small muted" });
    const found = await openDialog<SharesCount>(title, (close) => {
      const made = form(() => {
        void busy(made, async () => {
          try {
            close(await this.sharing.run(task(), await proof.typed(), (looked) => { hold(said, tn("{n} name looked at", "{n} names looked at", looked)); }, () => going));
          } catch (error) {
            tell(made, proof.first.id, error);
          }
        });
      }, ...says, proof.element, said, make("div", { class: "actions" }, submit(label), cancel()));
      return made;
    });
    going = false;
    await this.load();
    if (found === null) return;
    this.element.append(make("div", { class: found.few > 0 ? "notice warning" : "notice good", id: "shares-done", role: "status" }, sentences(found).map((one) => make("p", {}, one))));
  }

  private press(label: string, id: string, work: () => Promise<void>, kind = "button"): HTMLElement {
    const made = button(label, () => { void busy(made, work); }, kind);
    made.id = id;
    return made;
  }
}

function answered({ gave, refused }: Gathering, me: string): boolean {
  return [...gave, ...refused].some(({ member }) => member === me);
}

function sentences({ sealed, there, held, few }: SharesCount): string[] {
  return [
    tn("{n} share was sealed.", "{n} shares were sealed.", sealed),
    ...there === 0 ? [] : [tn("{n} name needed nothing, or was done before.", "{n} names needed nothing, or were done before.", there)],
    ...held === 0 ? [] : [tn("{n} was left out: this colleague has another share of that name.", "{n} were left out: this colleague has another share of those names.", held)],
    ...few === 0 ? [] : [tn("Of {n} name nothing could be done: no share of it opens here, or too few came together.", "Of {n} names nothing could be done: no share of them opens here, or too few came together.", few)],
  ];
}

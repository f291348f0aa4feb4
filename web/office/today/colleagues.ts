/** Who is here, who is away, and what lies on whose table: in the order of names, because nobody is compared. */
import { announce } from "../../elements/announce.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { hold, make, newId } from "../../elements/make.js";
import { count, day, t } from "../../elements/words.js";
import { personName } from "../arrivals/names.js";
import { isAway, absencesOf, type Colleague } from "../cases/away.js";
import { form, submit } from "../fields.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";

export class Colleagues {
  readonly element = make("section", { class: "stack tight", "aria-labelledby": "colleagues" });

  constructor(private readonly bench: Workbench, private people: readonly Colleague[]) {
    this.draw();
  }

  private draw(): void {
    hold(this.element, make("h2", { id: "colleagues" }, t("Colleagues")), this.table(), this.mine());
  }

  private table(): HTMLElement {
    const { facts } = this.bench;
    const absences = absencesOf(this.people);
    const named = this.people.map((one) => ({ ...one, name: personName(facts, one.member) }));
    const rows = named.sort((a, b) => a.name.localeCompare(b.name)).map(({ member, name, open, due, absent }) => make("tr", {},
      make("th", { scope: "row" }, name),
      make("td", { "data-label": t("Cases open") }, count(open)),
      make("td", { "data-label": t("Due or late within a week") }, count(due)),
      make("td", { "data-label": t("Here or away") }, absent === undefined ? t("here") : isAway(absences, member, facts.today)
        ? make("span", { class: "chip due" }, t("away until {day}", { day: day(absent.until, "short") }))
        : t("away from {since} until {until}", { since: day(absent.since, "short"), until: day(absent.until, "short") }))));
    return make("div", { class: "tablebox" }, make("table", { class: "table stacked" },
      make("thead", {}, make("tr", {}, [t("Who"), t("Cases open"), t("Due or late within a week"), t("Here or away")].map((one) => make("th", { scope: "col" }, one)))),
      make("tbody", {}, rows)));
  }

  private mine(): HTMLElement {
    const { facts } = this.bench;
    const absent = this.people.find(({ member }) => member === facts.me.id)?.absent;
    if (absent !== undefined) {
      const made = form(() => { void this.change(made, () => this.bench.api.remove("absence"), t("You are back.")); },
        make("p", {}, t("You are away from {since} until {until}. Colleagues see it beside your cases and can let somebody stand in.", { since: day(absent.since), until: day(absent.until) })),
        make("div", { class: "actions" }, submit(t("I am back"))));
      return made;
    }
    const since = dayInput(t("First day"), facts.today), until = dayInput(t("Last day"), "");
    const made = form(() => {
      clearFaults(made);
      if (until.value() === "" || since.value() === "" || until.value() < since.value()) {
        showFaults(made, [{ field: until.id, message: t("Please give a first and a last day.") }]);
        return;
      }
      void this.change(made, () => this.bench.api.put("absence", { since: since.value(), until: until.value() }), t("Your colleagues see that you are away."));
    }, make("div", { class: "row" }, since.element, until.element),
    make("p", { class: "hint" }, t("Two days and no reason; it is forgotten when it is over.")), make("div", { class: "actions" }, submit(t("I am away"))));
    return make("details", {}, make("summary", {}, t("I am going to be away")), made);
  }

  private async change(where: HTMLElement, act: () => Promise<unknown>, said: string): Promise<void> {
    try {
      await act();
      ({ people: this.people } = await this.bench.api.get<{ people: readonly Colleague[] }>("colleagues"));
      this.draw();
      announce(said);
    } catch (error) {
      where.prepend(make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }
}

function dayInput(label: string, value: string): { readonly element: HTMLElement; readonly id: string; value(): string } {
  const id = newId();
  const input = make("input", { type: "date", id });
  input.value = value;
  return { element: make("div", { class: "field" }, make("label", { for: id }, label), input), id, value: () => input.value };
}

/** Days on which something is due, in a calendar of one's own: an address for each desk, made and taken back here. */
import { busy } from "../../elements/busy.js";
import { copyButton } from "../../elements/copy.js";
import { hold, make } from "../../elements/make.js";
import { day, language, t } from "../../elements/words.js";
import { has, type DeskFacts } from "../facts.js";
import { button } from "../fields.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";

interface Held {
  /** Day on which the calendar of a desk was made, by the desk's id. */
  readonly calendars: Readonly<Record<string, string>>;
}

/** For who works at a desk; nothing for others. */
export function calendars(bench: Workbench): HTMLElement | null {
  const desks = bench.facts.desks.filter(({ id }) => has(bench.facts, "handler", id) || has(bench.facts, "lead", id));
  if (desks.length === 0) return null;
  const box = make("div", { class: "stack" }, make("p", { class: "muted", role: "status" }, t("Loading…")));
  const draw = (held: Held): void => { hold(box, ...desks.map((desk) => row(bench, desk, held.calendars[desk.id], draw))); };
  bench.api.get<Held>("calendars").then(draw, (error: unknown) => { hold(box, fault(error)); });
  return make("section", { class: "card", "aria-labelledby": "calendars" }, make("h2", { id: "calendars" }, t("Due days in your calendar")),
    make("p", {}, t("A calendar program that asks at your address is told on which days something is due, and no more: no number, no desk, nothing about a report. Whoever has the address is told the same.")),
    box);
}

function row(bench: Workbench, desk: DeskFacts, made: string | undefined, draw: (held: Held) => void): HTMLElement {
  const name = inLanguage(desk.names, language());
  const shown = make("div", { class: "stack tight" });
  const since = (on: string): string => t("An address was made on {day}.", { day: day(on) });
  const said = make("p", { class: "muted" }, made === undefined ? t("No calendar asks.") : since(made));
  const path = `desks/${desk.id}/calendar`;
  const doing = (pressed: HTMLButtonElement, work: () => Promise<void>): void => {
    void busy(pressed, async () => {
      try {
        await work();
      } catch (error) {
        hold(shown, fault(error));
      }
    });
  };
  const create = button(made === undefined ? t("Make an address") : t("Make another address"), () => {
    doing(create, async () => {
      const { secret } = await bench.api.post<{ secret: string }>(path);
      const address = `${location.origin}/at/${bench.facts.office}/due/${secret}.ics?lang=${language().toLowerCase()}`;
      hold(shown, make("p", {}, t("Subscribe to this address in your calendar program. It is shown only now; an earlier one has ended.")),
        make("p", { class: "code", dir: "ltr" }, address), copyButton(t("Copy the address"), () => address));
      said.textContent = since(bench.facts.today);
      draws.hidden = false;
    });
  }, "button secondary");
  const draws = button(t("Take it back"), () => {
    doing(draws, async () => { draw(await bench.api.post<Held>(`${path}/withdrawal`)); });
  }, "button quiet");
  draws.hidden = made === undefined;
  return make("div", { class: "stack tight", role: "group", "aria-label": name }, make("h3", {}, name), said,
    make("div", { class: "actions" }, create, draws), shown);
}

function fault(error: unknown): HTMLElement {
  return make("p", { class: "notice danger", role: "alert" }, sentenceOf(error));
}

/** The first words of reports beside their days, for who has opened them: forty days are not told apart otherwise. */
import { make } from "../../elements/make.js";
import { day, t } from "../../elements/words.js";
import { Desk } from "../arrivals/desk.js";
import { title } from "../arrivals/list.js";
import type { Workbench } from "../views.js";

/** A link to a report that bears its day until its first words are known. */
export function reportLink(thread: string, since: string): HTMLElement {
  return make("a", { href: `#/arrivals/${thread}`, "data-report": thread, "data-day": since, dir: "auto" }, t("Report of {day}", { day: day(since) }));
}

/** A link to an act on a case; its first words come to stand behind it. */
export function actLink(thread: string, since: string, act: string): (HTMLElement | string)[] {
  return [make("a", { href: `#/arrivals/${thread}` }, act), " · ", make("span", { class: "muted", "data-report": thread, "data-day": since, dir: "auto" }, day(since))];
}

/**
 * Writes the words where they belong, when the indexes are here and whenever more was opened. They come from the
 * worker of this member, who has declared on each: the server tells days, and nobody else's page shows them.
 */
export class Titles {
  private stopped = (): void => undefined;

  constructor(private readonly bench: Workbench, private readonly host: HTMLElement) {}

  async begin(): Promise<void> {
    const { loading } = Desk.of(this.bench);
    this.stopped = loading.listen(() => { void this.write(); });
    await loading.begin();
    await this.write();
  }

  leave(): void {
    this.stopped();
  }

  private async write(): Promise<void> {
    for (const place of this.host.querySelectorAll<HTMLElement>("[data-report]")) {
      const arrival = await this.bench.worker.ask("arrival", { thread: place.dataset["report"] ?? "" });
      // Another round may have written it since it was asked for.
      if (arrival?.declared !== true || arrival.state !== "open" || place.dataset["report"] === undefined) continue;
      const { day: since } = place.dataset;
      place.textContent = since === undefined ? ` · ${title(arrival)}` : title(arrival);
      if (since !== undefined) place.after(make("span", { class: "muted" }, ` · ${day(since)}`));
      delete place.dataset["report"];
    }
  }
}

/** Takes in an exported case that the office does not know any more: who holds it, who must not, and then it is a case. */
import { busy, Progress } from "../../elements/busy.js";
import { plusDays } from "../../elements/days.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { hold, make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { Desk } from "../arrivals/desk.js";
import { ownDesks } from "../arrivals/names.js";
import type { Story } from "../arrivals/types.js";
import { candidates, faultsOf, LEAST, meant, meantIds, shown } from "../cases/triage.js";
import { checkboxes, form, submit } from "../fields.js";
import { percent } from "../files/words.js";
import { OPEN_DAYS, surely } from "../mailboxes/desk.js";
import { sentenceOf } from "../telling.js";
import type { Workbench } from "../views.js";

interface Holders {
  readonly people: readonly string[];
  readonly barred: readonly string[];
}

/** @param story - the case as the file has it, which was shown to this member */
export function takingIn(bench: Workbench, story: Story): HTMLElement {
  const { facts } = bench, { me } = facts;
  const [first] = ownDesks(facts), desk = ownDesks(facts).find(({ id }) => id === story.desk) ?? first;
  const barred = story.mustNotSee.length === 0 ? null : checkboxes(
    t("The reporting person asked that these should not read it: {names}. Whom do they mean?", { names: story.mustNotSee.join(", ") }),
    candidates(story, facts, []).map((one) => ({ key: one.id, label: shown(one, facts), on: meant(one, story) })),
  );
  const before = new Set([me.id, ...story.case?.people ?? []]);
  const people = checkboxes(t("Who holds it (two at least, you among them)"),
    candidates(story, facts, meantIds(story, facts)).map((one) => ({ key: one.id, label: shown(one, facts), on: before.has(one.id) })));
  const said = make("div", { "aria-live": "polite" });
  const take = submit(t("Take it in"));
  const made = form(() => {
    const holders = { people: people.value(), barred: barred?.value() ?? [] };
    const faults = [
      ...faultsOf(holders.people, holders.barred, people.id),
      ...holders.people.length >= LEAST && !holders.people.includes(me.id) ? [{ field: people.id, message: t("Whoever takes it in is one of those who hold it.") }] : [],
    ];
    clearFaults(made);
    if (faults.length > 0) showFaults(made, faults);
    else void busy(take, () => taken(bench, desk?.id ?? "", holders, said));
  }, barred?.element, people.element, said, make("div", { class: "actions" }, take));
  return make("details", { id: "take-in" }, make("summary", {}, t("Take it in as a case of its own")),
    make("div", { class: "stack" },
      make("p", {}, t("It becomes a new case with keys of its own, held by the people you choose. The whole file lies in it, sealed to them, and its first note says from which export it comes. It is kept for its own time, stands in no statistics, and can be taken in only once. The mailbox of the reporting person does not come back: their words open nothing.")),
      make("p", {}, t("Choose nobody who knows somebody in it. If you do yourself, let another of those assigned take it in.")),
      made));
}

/** Sends the file, then the case that holds it, and goes there. */
async function taken(bench: Workbench, desk: string, holders: Holders, said: HTMLElement): Promise<void> {
  const bar = new Progress(t("The file is sealed and sent. Keep this page open."));
  hold(said, bar.element);
  try {
    const thread = await sent(bench, desk, holders, bar);
    // What this does not bring, the next look at the list does.
    await Desk.of(bench).loading.one(thread).catch(() => undefined);
    bench.go("arrivals", `/${thread}`);
  } catch (error) {
    hold(said, make("p", { class: "notice danger", role: "alert", id: "take-refused" }, sentenceOf(error)));
  }
}

async function sent(bench: Workbench, desk: string, holders: Holders, bar: Progress): Promise<string> {
  const { worker, api, session } = bench;
  await worker.ask("import-seal", { desk }, (part) => {
    bar.show(part, 1, percent(part));
    bench.awake();
  });
  const { counter, today } = await session.me();
  const { thread, parcel } = await worker.ask("import-take", { ...holders, desk, until: plusDays(today, OPEN_DAYS), counter });
  await surely(() => api.postBytes("exports/taking", parcel), () => Promise.resolve(false));
  return thread;
}

/**
 * A report in the organisation's own name begins here: as a matter that its officer and a colleague hold, from which it is
 * signed and sent to another office.
 */
import { busy } from "../../elements/busy.js";
import { plusDays } from "../../elements/days.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { hold, make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import { Desk } from "../arrivals/desk.js";
import { languageName, ownDesks } from "../arrivals/names.js";
import { choice, LEAST, shown } from "../cases/triage.js";
import { checkboxes, field, form, submit } from "../fields.js";
import type { PersonFacts } from "../facts.js";
import { OPEN_DAYS, surely } from "../mailboxes/desk.js";
import { sentenceOf } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import { reportsAsOffice } from "./may.js";

const TEXT_MAX = 16_000;

view("own-name", {
  title: () => t("Report in the organisation's name"), order: 0, for: reportsAsOffice,
  render: (host, _path, bench) => page(host, bench),
});

/** What an officer writes down, and who holds it with them. */
interface Begun {
  readonly text: string;
  readonly language: string;
  readonly people: readonly string[];
}

function page(host: HTMLElement, bench: Workbench): Shown {
  const { facts } = bench;
  const text = field({ label: t("What the organisation reports"), hint: t("You can add to it, and files, before it goes anywhere. Leave out whatever could tell who brought it to you."), rows: 10, maxlength: TEXT_MAX });
  const tags = [...new Set([language(), "en", "zh-Hans", "ar"])];
  const tongue = choice(t("Language of what you write"), tags, languageName, language());
  const people = checkboxes(t("Who holds it with you (two people at least, you among them)"),
    able(facts.people).map((one) => ({ key: one.id, label: shown(one, facts), on: one.id === facts.me.id })));
  const said = make("div", { "aria-live": "polite" });
  const begin = submit(t("Begin it"));
  const made = form(() => {
    const words = text.value().trim(), chosen = people.value();
    const faults = [
      ...(words === "" ? [{ field: text.id, message: t("Please write what the organisation reports.") }] : []),
      ...(chosen.length < LEAST || !chosen.includes(facts.me.id) ? [{ field: people.id, message: t("Two people at least hold it, and you are one of them.") }] : []),
    ];
    clearFaults(made);
    if (faults.length > 0) showFaults(made, faults);
    else void busy(begin, () => sent(bench, { text: words, language: tongue.value(), people: chosen }, said));
  }, text.element, tongue.element, people.element, said, make("div", { class: "actions" }, begin));
  hold(host, make("div", { class: "stack" }, make("h1", { tabindex: "-1" }, t("Report in the organisation's name")),
    make("p", {}, t("The organisation itself tells another office what it knows: no citizen reports, and no case is passed on. It becomes a matter of its own here, sealed to the people below. You then choose the office, sign and send; the answers come into that matter.")),
    make("p", { class: "hint" }, t("To hand over what somebody brought to you, open that case and pass it on: there, too, you can sign in the organisation's name.")),
    made));
  return {};
}

async function sent(bench: Workbench, wish: Begun, said: HTMLElement): Promise<void> {
  hold(said);
  try {
    bench.go("arrivals", `/${await begun(bench, wish)}`);
  } catch (error) {
    hold(said, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
  }
}

/** Opens the matter, and finds it in the list. The same bytes are sent again where an answer is lost. */
async function begun(bench: Workbench, wish: Begun): Promise<string> {
  const { worker, api, session, facts } = bench;
  const [desk] = ownDesks(facts);
  const { counter, today } = await session.me();
  const { thread, parcel } = await worker.ask("compose-matter", { ...wish, desk: desk?.id ?? "", until: plusDays(today, OPEN_DAYS), counter });
  await surely(() => api.postBytes("mailboxes", parcel), () => Promise.resolve(false));
  // What this does not bring, the next look at the list does.
  await Desk.of(bench).loading.one(thread).catch(() => undefined);
  return thread;
}

/** Handlers and leads who keep no names: a matter is held as any case is. */
function able(people: readonly PersonFacts[]): PersonFacts[] {
  return people.filter(({ roles }) => roles.some((role) => /^(?:handler|lead)@/.test(role)) && !roles.includes("custodian"));
}

/** The dialogs about a name under seal: what is asked, on which ground, and what the reporting person is told. */
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make } from "../../elements/make.js";
import { day, language, t } from "../../elements/words.js";
import type { IdentityCard } from "../../seal/bodies.js";
import { GROUNDS, REASONS_MOST, type Ground } from "../../seal/opening.js";
import type { NameWish } from "../../workers/reports/openname.js";
import { languageName } from "../arrivals/names.js";
import type { SealedName, Story } from "../arrivals/types.js";
import { choice } from "../cases/triage.js";
import { begunWith, cancel, field, form, submit } from "../fields.js";
import { hasGaps } from "../hearing/templates.js";
import { LETTER_LANGUAGES } from "../mailboxes/texts.js";
import { nameNotice } from "./templates.js";
import { groundWord } from "./words.js";

type Telling = "told" | "withheld";
type Asked = Omit<NameWish, "counter">;

/** Asks for all of a request; null where it is left. */
export function askName(story: Story, k: number): Promise<Asked | null> {
  return openDialog<Asked>(t("Ask to have the name opened"), (close) => {
    const places = [...story.sealedNames].reverse();
    const which = choice(t("Which name"), places.map(({ n }) => String(n)), (n) => placeWord(places, Number(n)), String(places[0]?.n ?? 0));
    const grounds = GROUNDS.filter((one) => story.answerable || one !== "consent");
    const ground = choice(t("On which ground"), grounds, groundWord, grounds[0] ?? "court");
    const reasons = field({ label: t("The reasons"), hint: t("For the custodians, who know nothing of the case. What you write here is read by them, by oversight and by those assigned."), rows: 5, maxlength: REASONS_MOST });
    const telling = choice<Telling>(t("Is the reporting person told?"), story.answerable ? ["told", "withheld"] : ["withheld"], tellingWord, story.answerable ? "told" : "withheld");
    const tongue = choice(t("Their language"), LETTER_LANGUAGES, languageName, LETTER_LANGUAGES.find((one) => one === story.language) ?? "en");
    const words = (): string => nameNotice(tongue.value(), ground.value(), k);
    const notice = field({ label: t("What they are told"), hint: t("It goes with the request, at the same moment. Fill the gap."), rows: 12, maxlength: 8000, value: words() });
    const withheld = field({ label: t("Why they are not told before"), hint: t("Only where telling them would endanger the investigation or the proceedings, or nobody can reach them. Oversight reads it too."), rows: 3, maxlength: REASONS_MOST });
    const anew = begunWith(notice, words);
    const show = (): void => {
      anew();
      const tells = telling.value() === "told";
      for (const one of [tongue.element, notice.element]) one.hidden = !tells;
      withheld.element.hidden = tells;
    };
    for (const one of [ground, tongue, telling]) one.element.addEventListener("change", show);
    show();
    const made = form(() => {
      clearFaults(made);
      const given = asked(ground.value(), telling.value(), reasons.value().trim(), notice.value().trim(), withheld.value().trim(), { reasons: reasons.id, notice: notice.id, withheld: withheld.id, telling: telling.element.querySelector("select")?.id ?? "" });
      if ("faults" in given) showFaults(made, given.faults);
      else close({ ...given, message: Number(which.value()), language: language(), told: given.told === null ? null : { text: given.told, language: tongue.value() } });
    }, make("p", { class: "notice plain" }, t("A name is opened for one of these grounds and for no other. Where you need something from the reporting person, ask them in the mailbox.")),
    places.length > 1 ? which.element : null, ground.element, reasons.element, telling.element, tongue.element, notice.element, withheld.element,
    make("p", { class: "hint" }, t("Your request goes into the record. The custodians can answer it once a night has passed, for thirty days. Their shares open to you alone.")),
    make("div", { class: "actions" }, submit(t("Sign and ask")), cancel()));
    return made;
  }, "wide");
}

interface Fault {
  readonly field: string;
  readonly message: string;
}

type Sound = Pick<Asked, "ground" | "reasons" | "withheld"> & { readonly told: string | null };

function asked(
  ground: Ground, telling: Telling, reasons: string, notice: string, withheld: string, ids: Readonly<Record<"reasons" | "notice" | "withheld" | "telling", string>>,
): Sound | { readonly faults: readonly Fault[] } {
  const tells = telling === "told";
  const faults = [
    ...reasons === "" ? [{ field: ids.reasons, message: t("Please give the reasons.") }] : [],
    ...tells && (notice === "" || hasGaps(notice)) ? [{ field: ids.notice, message: t("Please fill the gaps, or take them out.") }] : [],
    ...!tells && ground === "consent" ? [{ field: ids.telling, message: t("The reporting person agreed, so they are told: nothing is endangered by it.") }] : [],
    ...!tells && ground !== "consent" && withheld === "" ? [{ field: ids.withheld, message: t("Please say why they are not told.") }] : [],
  ];
  if (faults.length > 0) return { faults };
  return { ground, reasons, told: tells ? notice : null, withheld: tells ? "" : withheld };
}

function tellingWord(telling: Telling): string {
  return telling === "told" ? t("Yes, in their mailbox, now") : t("No, for a reason that I give");
}

function placeWord(places: readonly SealedName[], n: number): string {
  const at = day(places.find((one) => one.n === n)?.day ?? "", "short");
  return n === 0 ? t("that came with the report of {day}", { day: at }) : t("that was left with their message of {day}", { day: at });
}

/** Shows what was under the seal, until the dialog is closed. It is kept nowhere. */
export async function showName(card: IdentityCard): Promise<void> {
  const rows = [[t("Name"), card.name], [t("How to reach them"), card.contact], [t("What they add"), card.note]] as const;
  const given = rows.filter(([, text]) => text !== "");
  await openDialog<null>(t("The name under seal"), (close) => form(() => { close(null); },
    given.length === 0 ? make("p", {}, t("Nobody gave a name: the card is empty. It was sealed as every other is, so that those who give none are not told apart."))
      : make("dl", { class: "facts", id: "opened-name" }, given.map(([label, text]) => make("div", {}, make("dt", {}, label), make("dd", { class: "written", dir: "auto" }, text)))),
    make("p", { class: "hint" }, t("It is shown to you, for the ground that you gave, and is kept nowhere. Tell it to nobody but those whom the ground names; whoever tells it otherwise breaks the law that protects those who report.")),
    make("div", { class: "actions" }, submit(t("I have read it")))));
}

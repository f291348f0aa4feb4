/** What a desk says of itself: whom to call in danger, where to complain, how else to report. Together its profile. */
import { t } from "../../elements/words.js";
import { write, type JsonObject } from "../../seal/jsontext.js";
import { field, type Field } from "../fields.js";
import { ScreenFault } from "../guide.js";

export interface DeskTexts {
  readonly emergency: Readonly<Record<string, string>>;
  readonly complaints: Readonly<Record<string, string>>;
  readonly ways: Readonly<Partial<Record<"telephone" | "letter" | "person", Readonly<Record<string, string>>>>>;
}

export interface DeskTextFields {
  readonly elements: readonly HTMLElement[];
  /** Throws `ScreenFault` for what is missing. */
  check(): void;
  values(): DeskTexts;
}

/** The fields for the texts of a new desk, in one language; the editor has them in all. */
export function deskTexts(language: string): DeskTextFields {
  const emergency = field({
    label: t("In immediate danger"), rows: 2,
    hint: t("Whom to call; it stands first on the report page, which nobody watches live. Example: “Call 112.”"),
  });
  const complaints = field({
    label: t("Complaints about this office"), rows: 2,
    hint: t("A place outside this office, with address or telephone, where people can complain about how it works."),
  });
  const telephone = field({ label: t("Telephone for reports"), classes: "medium", hint: t("At least one of these three ways.") });
  const letter = field({ label: t("Postal address for reports"), rows: 2 });
  const person = field({ label: t("Where to report in person"), rows: 2 });
  const ways: readonly (readonly [keyof DeskTexts["ways"], Field])[] = [["telephone", telephone], ["letter", letter], ["person", person]];
  const both = (written: string): Record<string, string> => (
    language === "en" ? { en: written.trim() } : { en: written.trim(), [language]: written.trim() });
  return {
    elements: [emergency.element, complaints.element, telephone.element, letter.element, person.element],
    check() {
      for (const one of [emergency, complaints]) {
        if (one.value().trim() === "") throw new ScreenFault(one.id, t("Please fill this in: without it the desk cannot open."));
      }
      if (ways.every(([, one]) => one.value().trim() === "")) {
        throw new ScreenFault(telephone.id, t("Please name at least one other way to report."));
      }
    },
    values: () => ({
      emergency: both(emergency.value()), complaints: both(complaints.value()),
      ways: Object.fromEntries(ways.filter(([, one]) => one.value().trim() !== "").map(([name, one]) => [name, both(one.value())])),
    }),
  };
}

/** The profile document (formats.md §9) with the clocks of the floor: seven days, three months. */
export function profileDocument(texts: DeskTexts): Uint8Array {
  const ways: JsonObject = { ...texts.ways };
  return write({
    v: 1, kind: "profile", acknowledge: { days: 7 }, feedback: { months: 3 }, emergency: texts.emergency,
    complaints: texts.complaints, ways,
  });
}

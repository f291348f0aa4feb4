/** What a desk says of itself: whom to call in danger, where to complain, how else to report. Together its profile. */
import { t } from "../../elements/words.js";
import { write, type JsonObject } from "../../seal/jsontext.js";
import { field, type Field } from "../fields.js";
import { ScreenFault } from "../guide.js";

export interface DeskTexts {
  readonly emergency: Readonly<Record<string, string>>;
  readonly complaints: Readonly<Record<string, string>>;
  readonly ways: { readonly telephone?: string; readonly letter?: string; readonly person?: string };
  /** What a profile may hold besides, kept as it is. */
  readonly disclosure?: Readonly<Record<string, string>>;
  readonly leave?: string;
}

export interface DeskTextFields {
  readonly elements: readonly HTMLElement[];
  /** Throws `ScreenFault` for what is missing. */
  check(): void;
  values(): DeskTexts;
}

/** The fields for a desk's texts, filled with `before` where there is something already. */
export function deskTexts(language: string, before?: DeskTexts): DeskTextFields {
  const text = (texts: Readonly<Record<string, string>> | undefined): string => texts?.[language] ?? texts?.["en"] ?? "";
  const emergency = field({
    label: t("In immediate danger"), rows: 2, value: text(before?.emergency),
    hint: t("Whom to call; it stands first on the report page, which nobody watches live. Example: “Call 112.”"),
  });
  const complaints = field({
    label: t("Complaints about this office"), rows: 2, value: text(before?.complaints),
    hint: t("A place outside this office, with address or telephone, where people can complain about how it works."),
  });
  const telephone = field({ label: t("Telephone for reports"), value: before?.ways.telephone ?? "", classes: "medium", hint: t("At least one of these three ways.") });
  const letter = field({ label: t("Postal address for reports"), value: before?.ways.letter ?? "", rows: 2 });
  const person = field({ label: t("Where to report in person"), value: before?.ways.person ?? "", rows: 2 });
  const ways: readonly (readonly [keyof DeskTexts["ways"], Field])[] = [["telephone", telephone], ["letter", letter], ["person", person]];
  const both = (written: string, old: Readonly<Record<string, string>> | undefined): Record<string, string> => {
    const own = written.trim();
    return { ...old, en: language === "en" ? own : old?.["en"] ?? own, ...(language !== "en" && { [language]: own }) };
  };
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
      ...before,
      emergency: both(emergency.value(), before?.emergency), complaints: both(complaints.value(), before?.complaints),
      ways: Object.fromEntries(ways.filter(([, one]) => one.value().trim() !== "").map(([name, one]) => [name, one.value().trim()])),
    }),
  };
}

/** The profile document (formats.md §9) with the clocks of the floor: seven days, three months. */
export function profileDocument(texts: DeskTexts): Uint8Array {
  const ways: JsonObject = { ...texts.ways };
  return write({
    v: 1, kind: "profile", acknowledge: { days: 7 }, feedback: { months: 3 }, emergency: texts.emergency,
    complaints: texts.complaints, ways,
    ...(texts.disclosure && { disclosure: texts.disclosure }),
    ...(texts.leave !== undefined && { leave: texts.leave }),
  });
}

/** The texts of a profile document as the server keeps it; what cannot be read is left empty. */
export function readTexts(profile: Uint8Array): DeskTexts {
  const empty: DeskTexts = { emergency: {}, complaints: {}, ways: {} };
  if (profile.length === 0) return empty;
  const { emergency, complaints, ways, disclosure, leave } = { ...empty, ...JSON.parse(new TextDecoder().decode(profile)) as DeskTexts };
  return { emergency, complaints, ways, ...(disclosure && { disclosure }), ...(leave !== undefined && { leave }) };
}

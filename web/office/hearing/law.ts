/** What the law of a desk has a person concerned told, for the notice that somebody writes. */
import { nearest } from "../../elements/languages.js";
import { lawNotices } from "../../elements/law-notices.js";
import { readProfile } from "../forms/profile.js";
import { profileOf } from "../questions/profile.js";
import type { Workbench } from "../views.js";

/** Gives the lines in a language; none where the law has nothing told. */
export type LawLines = (language: string) => readonly string[];

/** As the desk's proven profile names its law. */
export async function lawLinesOf(bench: Workbench, desk: string): Promise<LawLines> {
  const { law } = readProfile(await profileOf(bench, desk));
  const told = lawNotices(law, "concerned", ["informed"], bench.facts.today);
  return (language) => told.map(({ text, source }) => {
    const said = text.get(nearest(text.keys(), language) ?? "en") ?? "";
    return source === "" ? said : `${said} (${source})`;
  });
}

/**
 * The guide for whoever answers a report that seems to come from a child. It is a page to read: opening it leaves no
 * trace, and nothing in it notes of anybody that they are a child.
 */
import { nearest } from "../../elements/languages.js";
import { openDialog } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { asObject, asText } from "../../seal/fields.js";
import { parse } from "../../seal/jsontext.js";
import { languageName } from "../arrivals/names.js";
import type { Story } from "../arrivals/types.js";
import type { Workbench } from "../views.js";
import { profileOf, type Picked } from "./profile.js";

const LIMIT = 64 * 1024;

/** Opens the guide; what the desk's profile says of help for children if it shall go into the answer, else null. */
export async function guideForChild(bench: Workbench, story: Story): Promise<Picked | null> {
  const contact = contactIn(await profileOf(bench, story.desk), story.language);
  return openDialog<Picked>(t("If it seems to come from a child"), (close) => [
    make("p", { class: "hint" }, t("Nobody is asked how old they are, and nothing here notes it: no label, no list and no search says of anybody that they are a child. Keep it so in what you write.")),
    section(t("How to speak"), [
      t("Thank them. Say that it was right to tell somebody, and that nothing of it is their fault."),
      t("Short sentences, everyday words, one thing at a time. Say who you are and who reads what they write."),
      t("Ask openly, and only what you must know to see whether somebody is in danger now: “What happened?”, “What happened then?”. Offer no answers, names or words of your own."),
      t("Promise only what you can keep. Do not promise to tell nobody: say instead what you will do next, and when."),
      t("Once something bad was done to a child, stop asking. People who are trained for it ask the rest, once; ask them before you write again."),
    ]),
    section(t("What not to ask"), [
      t("About their family: what a parent, a brother, a sister or anybody at home does, says, thinks, or with whom they speak. No answer to that is wanted here."),
      t("To find something out, to watch somebody, to take pictures, to ask others, or to meet you."),
      t("For a name, a school, an age or an address, unless somebody is in danger and has to be found."),
      t("Why they did not tell earlier, or whether they are sure."),
    ]),
    section(t("What to do"), [
      t("In immediate danger the emergency number comes first."),
      t("What a child tells of harm to children, at home too, belongs to child protection. Speak with the contact below, and with a lead, before anybody speaks with the family. What the law orders you to tell, tell."),
      t("Send them to somebody who listens to children. Every mailbox of this desk names the contact, whoever opened it."),
    ]),
    contact === null
      ? make("p", { class: "notice plain" }, t("This desk names no help for children. Its lead adds it under “Questions and texts”."))
      : make("div", { class: "notice stack tight" }, make("h3", {}, t("Help for children")),
        make("p", { class: "written", dir: "auto", lang: contact.tag }, contact.text),
        !story.answerable ? null : make("p", {}, make("button", { class: "button secondary", type: "button", onclick: () => { close(contact); } },
          t("Put it into my answer, in {language}", { language: languageName(contact.tag) })))),
    make("form", { method: "dialog", class: "actions" }, make("button", { class: "button secondary", autofocus: true }, t("Close"))),
  ], "wide");
}

/** Whom a profile names for children, in a language or the nearest that there is; null where it names nobody. */
export function contactIn(profile: Uint8Array, language: string): Picked | null {
  const named = profile.length === 0 ? undefined : asObject(parse(profile, LIMIT))["children"];
  if (named === undefined) return null;
  const texts = new Map(Object.entries(asObject(named)).map(([tag, text]) => [tag, asText(text)]));
  const tag = nearest(texts.keys(), language) ?? "en";
  return { text: texts.get(tag) ?? "", tag };
}

function section(title: string, rows: readonly string[]): HTMLElement {
  return make("section", { class: "stack tight" }, make("h3", {}, title), make("ul", {}, rows.map((row) => make("li", {}, row))));
}

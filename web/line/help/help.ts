/** Help in words: what the office can do, who helps outside it. The same in every mailbox of a desk, whoever opened it. */
import { nearest } from "../../elements/languages";
import { make, type Child } from "../../elements/make";
import { lawNotices, type Whom } from "../../elements/law-notices";
import { language, t } from "../../elements/words";
import type { Texts } from "../../seal/form";
import type { Profile } from "../forms";

export const HELP = "help";

/**
 * What is there to unfold.
 *
 * @param protection - whether the holder may ask for protection here; who is named in a report is protected by being heard
 * @param whom - whose mailbox it is, as far as a law has them told something
 * @param closed - whether the case has ended
 * @param today - the present day where the office is
 */
export function help(
  { complaints, children, law }: Pick<Profile, "complaints" | "children" | "law">, protection: boolean, whom: Whom | null, closed: boolean, today: string,
): HTMLElement[] {
  const told = whom === null ? [] : lawNotices(law, whom, closed ? ["received", "informed", "closed"] : ["received", "informed"], today);
  return [
    ...told.length === 0 ? [] : [folded(t("What you are to be told"), make("ul", {}, told.map(({ text, source }) => make("li", {},
      spoken(text), " ", make("span", { class: "muted small" }, `(${source === "" ? t("the office's own commitment") : source})`)))))],
    ...protection ? [
      folded(t("What the office can do, and what it cannot"),
        make("ul", {}, [
          t("keep your name apart from the case, and reach you another way"),
          t("hear you where nobody sees you"),
          t("speak with your employer, or ask that you work elsewhere for a time, if you want that"),
          t("ask a court or an authority to stop what is done to you until it is decided"),
          t("name people who advise and support you"),
          t("ask the police to protect you, or find a safe place"),
          t("keep what was done to you day by day, for whoever decides about it"),
          t("ask that a loss be made good"),
        ].map((text) => make("li", {}, text))),
        make("p", {}, t("A person of the office decides with you what fits, and looks again by a set day. They cannot promise that nothing happens to you. What the law of your country gives you is not for this page to say: ask them, or somebody outside.")),
        make("p", { class: "muted" }, t("The server does not know that you ask. Once the office protects somebody, it knows that much, and the day on which a person looks again."))),
      folded(t("Where else you can turn"), said(complaints)),
    ] : [],
    // Asked of nobody and noted of nobody: whoever needs it finds it here like everybody else.
    ...children === undefined ? [] : [folded(t("If you are young, or worry about a child"), said(children),
      make("p", {}, t("They listen to children and to adults. You can turn to them without us, and need not say that you wrote here.")))],
  ];
}

function folded(title: string, ...content: readonly Child[]): HTMLElement {
  return make("details", {}, make("summary", {}, title), content);
}

/** What the profile names outside the office: whoever does not trust us needs it most. */
function said(texts: Texts): HTMLElement {
  return make("p", { class: "written" }, spoken(texts));
}

function spoken(texts: Texts): HTMLElement {
  const tag = nearest(texts.keys(), language()) ?? "en";
  return make("span", { lang: tag }, texts.get(tag));
}

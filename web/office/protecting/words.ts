/** Protection in words: the kinds are closed lists of the format, and none of them rates anybody. */
import { t } from "../../elements/words.js";
import type { AskedFor } from "../../seal/bodies.js";
import type { Claim, FormCode, Grounds, MeasureCode, Protected } from "../../seal/protecting.js";

/** What a message of theirs says beside its words. */
export function askedWord(about: AskedFor): string {
  switch (about) {
    case "measures": return t("They ask for protection.");
    case "retaliation": return t("They tell what was done to them for reporting.");
    case "compensation": return t("They ask that a loss be made good.");
  }
}

export function measureWord(one: MeasureCode): string {
  switch (one) {
    case "identity-apart": return t("The name is kept apart from the case");
    case "other-contact": return t("They are reached another way");
    case "heard-apart": return t("They are heard where nobody sees them");
    case "workplace": return t("Other work, another place or leave");
    case "employer-told": return t("The employer was told what it may not do");
    case "interim-relief": return t("A court or an authority is asked to stop it for now");
    case "support": return t("Advice and support by others");
    case "police": return t("The police protect them");
    case "safe-place": return t("A safe place");
    case "other": return t("Another measure");
  }
}

export function whomWord(one: Protected): string {
  switch (one) {
    case "reporter": return t("the reporting person");
    case "facilitator": return t("somebody who helped them to report");
    case "relative": return t("a relative or colleague");
    case "witness": return t("a witness");
    case "expert": return t("an expert");
    case "organisation": return t("an organisation");
  }
}

export function groundsWord(one: Grounds): string {
  switch (one) {
    case "request": return t("They asked for it");
    case "own-motion": return t("The office does it by itself");
  }
}

/** As article 19 of directive (EU) 2019/1937 lists them, letter by letter; and anything else. */
export function formWord(one: FormCode): string {
  switch (one) {
    case "dismissal": return t("Dismissal, suspension or lay-off");
    case "demotion": return t("Demotion, or no promotion");
    case "duties": return t("Other duties, place, hours or less pay");
    case "training": return t("Training is refused");
    case "appraisal": return t("A bad appraisal or reference");
    case "discipline": return t("A disciplinary measure, reprimand or fine");
    case "harassment": return t("Coercion, threats, harassment or being shut out");
    case "unfair-treatment": return t("Unequal or unfair treatment");
    case "not-made-permanent": return t("A temporary contract does not become permanent");
    case "not-renewed": return t("A temporary contract is not renewed, or ended early");
    case "reputation-or-money": return t("Harm to their name or their money");
    case "blacklisting": return t("A list by which they find no work any more");
    case "supplier-contract": return t("A contract for goods or services is ended");
    case "licence": return t("A licence or permit is taken away");
    case "medical-referral": return t("They are sent to a doctor or psychiatrist");
    case "other": return t("Something else was done to them");
  }
}

export function claimWord(one: Claim): string {
  switch (one) {
    case "asked": return t("asked for");
    case "decided": return t("decided");
    case "paid": return t("paid");
  }
}

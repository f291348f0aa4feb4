import { make } from "../../elements/make.js";
import { day, language, t } from "../../elements/words.js";
import { wordsGrid } from "../../elements/words-grid.js";
import type { Change } from "../../workers/changes.js";
import type { Facts } from "../facts.js";
import { inLanguage } from "../page.js";
import { personName, rolesInWords } from "../roles.js";

/** What a charter would change, one line a change, in words that can be judged. */
export function changesList(changes: readonly Change[], facts: Facts): HTMLElement {
  const list = language().toLowerCase().startsWith("zh") ? "zh-Hans" : "en";
  return make("ul", { class: "changes" }, changes.map((change) => make("li", {}, sentence(change, facts),
    // These are the words of the very keys that will be signed, whatever else the server shows.
    "words" in change && change.words.length > 0 && wordsGrid(change.words, list))));
}

function sentence(change: Change, facts: Facts): string {
  switch (change.kind) {
    case "joins": return t("{alias} joins: {roles}.", { alias: change.alias, roles: rolesInWords(change.roles, facts) });
    case "leaves": return t("{name} leaves and reads nothing new.", { name: personName(facts, change.member) });
    case "keys": return t("{alias} gets new keys. Compare eight words with them.", { alias: change.alias });
    case "alias": return t("{before} is called {after} from now on.", { before: change.before, after: change.after });
    case "roles": return [
      change.given.length > 0 && t("{name} becomes: {roles}.", { name: personName(facts, change.member), roles: rolesInWords(change.given, facts) }),
      change.taken.length > 0 && t("{name} is no longer: {roles}.", { name: personName(facts, change.member), roles: rolesInWords(change.taken, facts) }),
    ].filter((one) => one !== false).join(" ");
    case "desk-new": return t("A new desk, still closed: {name}.", { name: inLanguage(change.names, language()) });
    case "desk-gone": return t("The desk {name} ends.", { name: inLanguage(change.names, language()) });
    case "desk-names": return t("A desk is called {name} from now on.", { name: inLanguage(change.names, language()) });
    case "independent": return t("{name} counts as independent of {of}: who reports about people of {of} may be led there.", {
      name: inLanguage(change.names, language()), of: inLanguage(change.of, language()),
    });
    case "dependent": return t("{name} no longer counts as independent of {of}.", {
      name: inLanguage(change.names, language()), of: inLanguage(change.of, language()),
    });
    case "office-names": return t("The office is called {name} from now on.", { name: inLanguage(change.names, language()) });
    case "root": return t("The root changes: {keys} keys, {threshold} of them must sign; {come} come, {go} go. Posters stay valid.", {
      keys: change.keys, threshold: change.threshold, come: change.come, go: change.go,
    });
    case "custody": return change.custodians === 0
      ? t("There are no custodians of names any more.")
      : t("{custodians} custodians of names; {k} of them must agree before one is opened.", { custodians: change.custodians, k: change.k });
    case "oversight": return t("Oversight changes.");
    case "record": return t("The keys of the public record change. Ask the operator why before you sign.");
    case "peer-new": return t("Reports may be referred to the office at {host}. Compare these eight words with its poster or by telephone:", { host: change.host });
    case "peer-gone": return t("Nothing is referred to the office at {host} any more.", { host: change.host });
    case "until": return t("The charter holds until {day}.", { day: day(change.day) });
  }
}

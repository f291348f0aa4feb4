import { language, t } from "../elements/words.js";
import type { Facts } from "./facts.js";
import { inLanguage } from "./page.js";

/** A role in words; a role at a desk with the desk's name. */
export function roleName(role: string, facts: Facts): string {
  const [what = "", at = ""] = role.split("@");
  const names = facts.desks.find((one) => one.id === at)?.names ?? {};
  const desk = inLanguage(names, language());
  switch (what) {
    case "administrator": return t("administrator");
    case "lead": return t("leads {desk}", { desk });
    case "handler": return t("handler at {desk}", { desk });
    case "custodian": return t("custodian of names");
    case "auditor": return t("auditor");
    case "oversight": return t("oversight");
    case "officer": return at === facts.office ? t("signs for the organisation") : t("signs for another organisation");
    default: return role;
  }
}

export function rolesInWords(roles: readonly string[], facts: Facts): string {
  return roles.length === 0 ? t("no role") : new Intl.ListFormat(language(), { type: "conjunction" }).format(roles.map((role) => roleName(role, facts)));
}

/** Every role that can be given in this office, in the order of the boxes. */
export function allRoles(facts: Facts): string[] {
  return [
    ...facts.desks.flatMap((desk) => [`handler@${desk.id}`, `lead@${desk.id}`]), "administrator", "custodian", "auditor", "oversight", `officer@${facts.office}`,
  ];
}

/** How people are called on these pages: the name among colleagues, else the alias. */
export function personName(facts: Facts, id: string): string {
  const person = facts.people.find((one) => one.id === id);
  return person === undefined ? t("somebody who left") : person.name || person.alias;
}

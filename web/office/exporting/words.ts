/** Why a case is taken out, in words. */
import { t } from "../../elements/words.js";
import type { ExportReason } from "../../seal/exportedcase.js";

export function reasonWord(reason: ExportReason): string {
  switch (reason) {
    case "court": return t("A court asks for it.");
    case "authority": return t("An authority that may ask for it does so.");
    case "review": return t("Its handling is reviewed outside this office.");
    case "person": return t("Somebody it concerns has a right to a copy.");
    case "move": return t("The office moves to another installation.");
    case "safekeeping": return t("It is kept safe elsewhere, as the office's rules say.");
  }
}

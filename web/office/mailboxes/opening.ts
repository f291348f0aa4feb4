/** Opens a mailbox from a case and shows its letter: all that a further room needs to open one for a purpose of its own. */
import { t } from "../../elements/words.js";
import type { PrintedCode } from "../../workers/mailboxes.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import { ownDesks } from "../arrivals/names.js";
import type { Story } from "../arrivals/types.js";
import type { WishedMailbox } from "./asking.js";
import { showLetter } from "./letter.js";

/** False where it could not be opened, which the stage has said then. */
export async function openAndPrint(stage: CaseStage, { thread, desk: at }: Story, wish: WishedMailbox): Promise<boolean> {
  const { facts } = stage.state();
  const desk = ownDesks(facts).find(({ id }) => id === at) ?? ownDesks(facts)[0];
  if (desk === undefined) return false;
  const made: { code?: PrintedCode } = {};
  await stage.acting(thread, t("The mailbox is open."), async () => { made.code = await stage.desk().openMailbox(thread, desk.id, wish); });
  if (made.code === undefined) return false;
  await showLetter({ code: made.code, language: wish.language, origin: stage.origin(), office: facts.office, fingerprint: facts.fingerprint });
  return true;
}

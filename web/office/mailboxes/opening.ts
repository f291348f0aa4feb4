/** Opens a mailbox from a case and shows its letter: all that a further room needs to open one for a purpose of its own. */
import { ask } from "../../elements/dialog.js";
import { t } from "../../elements/words.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import type { OpenedMailbox } from "./desk.js";
import { ownDesks } from "../arrivals/names.js";
import type { Story } from "../arrivals/types.js";
import type { WishedMailbox } from "./asking.js";
import { showLetter } from "./letter.js";

/** False where it could not be opened, which the stage has said then. */
export async function openAndPrint(stage: CaseStage, { thread, desk: at }: Story, wish: WishedMailbox): Promise<boolean> {
  const { facts } = stage.state();
  const desk = ownDesks(facts).find(({ id }) => id === at) ?? ownDesks(facts)[0];
  if (desk === undefined) return false;
  const file = wish.outside?.file;
  const made: { box?: OpenedMailbox; going?: Promise<void> } = {}, said = t("The mailbox is open.");
  await stage.acting(thread, said, async () => {
    made.box = await stage.desk().openMailbox(thread, desk.id, wish, goesOn);
    if (file === undefined) return;
    // While the letter is read: what cannot be sent is said on the case and in the mailbox, and is sent again from there.
    made.going = stage.desk().mailboxes.sendFile(thread, desk.id, made.box.thread, file);
    made.going.catch(() => undefined);
  }, [wish.text, wish.outside?.document?.text ?? "", wish.outside?.recorded ?? ""].filter((one) => one !== "").join("\n\n"));
  const { box, going } = made;
  if (box === undefined) return false;
  await showLetter({ code: box.code, language: wish.language, origin: stage.origin(), office: facts.office, fingerprint: facts.fingerprint });
  // The letter first: its code is nowhere else. The case names the mailbox already; that the mailbox names the case is tried again.
  if (!box.tied) await stage.acting(thread, said, () => stage.desk().mailboxes.tie(box.thread, thread, wish.purpose, file));
  if (going !== undefined) await stage.acting(thread, t("The file lies in the mailbox."), () => going);
  return true;
}

/** Asked while nobody knows whether the mailbox is open: whoever leaves here leaves its code. */
async function goesOn(): Promise<boolean> {
  return ask({
    title: t("Is the mailbox open?"), act: t("Ask again"),
    body: t("The office's server did not answer, so nobody knows yet whether the mailbox is open. Ask again: no second one is opened. If you leave, its code is gone; what you wrote stays on the page."),
  });
}

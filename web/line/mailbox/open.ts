/** Opens a mailbox by its receipt: at this office, then at the others of this host; if there is none, says what helps. */
import { hold, make } from "../../elements/make";
import { t } from "../../elements/words";
import { derive } from "../../seal/receipt";
import { unb64 } from "../../seal/primitives";
import { failure, notice, type Frame } from "../frame";
import { Office } from "../office";
import { sentence } from "../problems";
import { fetchOwn } from "../own";
import { check } from "../steps/check";
import { addressOf, doorOf, Refused } from "../wire";
import { endedWords } from "./ended";
import { fetchThread } from "./fetching";
import { missing } from "./missing";
import { lastVisit } from "./pins";
import { prove, type Opened } from "./proving";
import { mailbox } from "./view";

/** Shows the mailbox as the next view; what goes wrong is said in `said`. */
export async function openWith(frame: Frame, receipt: Uint8Array, said: HTMLElement): Promise<void> {
  hold(said, make("p", { class: "muted" }, t("Opening …")));
  try {
    const opened = await find(frame, receipt);
    if (opened === null) {
      if (!await draftOf(frame, receipt, said)) hold(said, missing(frame, receipt));
      return;
    }
    const before = await lastVisit(opened);
    hold(said);
    frame.views.go(mailbox(frame, opened, before));
  } catch (error) {
    if (error instanceof Refused && error.code === "replaced") {
      hold(said, notice("warning", t("These words were replaced"), t("Somebody who had them made new ones. If that was you, use the new words. If it was not, tell the office another way: whoever has the new words reads and writes in your place.")));
      return;
    }
    if (error instanceof Refused && error.code === "ended") {
      hold(said, notice("warning", t("This mailbox has ended"), endedWords(error)));
      return;
    }
    hold(said, failure(sentence(error), () => { void openWith(frame, receipt, said); }));
  }
}

/** Nobody has to know which office of this host they wrote to, nor whether their words are a receipt or a code. */
async function find(frame: Frame, receipt: Uint8Array): Promise<Opened | null> {
  const { office, others } = frame.first.place;
  for (const id of [office, ...others]) {
    for (const kind of ["mailbox", "code"] as const) {
      const box = derive(receipt, unb64(id, 16), kind);
      try {
        const raw = await fetchThread(doorOf(id), box);
        const proven = id === office ? await frame.office() : await Office.load(id, null);
        // The page may have stood open for days: who reads now is asked now.
        if (id === office) await proven.renew();
        return await prove(proven, box, receipt, raw);
      } catch (error) {
        if (!(error instanceof Refused && error.code === "no-mailbox")) throw error;
      }
    }
  }
  return null;
}

/** Under words that were never sent with there may be a draft; it is shown as it was left. False where there is none. */
async function draftOf(frame: Frame, receipt: Uint8Array, said: HTMLElement): Promise<boolean> {
  const { office, others } = frame.first.place;
  for (const id of [office, ...others]) {
    const own = await fetchOwn(id, derive(receipt, unb64(id, 16)), unb64(id, 16));
    if (own?.draft === undefined) continue;
    if (id === office) {
      await frame.restore(own, receipt);
      hold(said);
      frame.views.go(check(frame, true));
    } else {
      hold(said, notice("", t("Your draft is at another office"), t("It was begun for another office of this host. Open its page, and type your words there."),
        make("a", { class: "button", href: addressOf(id, ""), rel: "noreferrer" }, t("Open that page"))));
    }
    return true;
  }
  return false;
}

/** The same mailbox, loaded again. */
export async function again(opened: Opened): Promise<Opened> {
  await opened.office.renew();
  return prove(opened.office, opened.mailbox, opened.receipt, await fetchThread(opened.office.door, opened.mailbox));
}

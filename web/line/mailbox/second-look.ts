/** What the desk has set aside can be looked at again: one press, and it lies before the desk as on the first day. */
import { busy } from "../../elements/busy";
import { hold, make } from "../../elements/make";
import { t } from "../../elements/words";
import { write } from "../../seal/jsontext";
import { b64 } from "../../seal/primitives";
import { button, failure, notice, type Frame } from "../frame";
import { sentence } from "../problems";
import { addressOf, post } from "../wire";
import type { Opened } from "./proving";

/** Nothing where it was not set aside. */
export function lookingAgain(_frame: Frame, { office, mailbox, raw }: Opened, reload: () => Promise<void>): HTMLElement | null {
  if (raw.status !== "aside") return null;
  const said = make("div", { "aria-live": "polite" });
  const press = button(t("Please look again"), () => {
    void busy(press, async () => {
      try {
        const asked = write({ v: 1, id: b64(mailbox.id), auth: b64(mailbox.auth), page: 0 });
        await post(addressOf(office.id, "mailbox/look-again"), asked, "json");
        await reload();
      } catch (error) {
        hold(said, failure(sentence(error), null));
      }
    });
  }, "button secondary");
  return notice("plain", t("The desk has set your report aside"),
    make("p", {}, t("It decided that this is no report. If that is wrong, ask for a second look; you can also write below what you have seen. Nothing was deleted.")),
    make("p", {}, press), said);
}

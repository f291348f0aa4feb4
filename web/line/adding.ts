/** Where somebody adds files or their voice, in a report as in a message; what does it loads when it is first wanted. */
import { announce } from "../elements/announce";
import { busy } from "../elements/busy";
import { hold, make, newId } from "../elements/make";
import { t } from "../elements/words";
import type { Attaching, Attachments } from "./attaching";
import { actions, button, failure, notice } from "./frame";
import { sentence } from "./problems";

export interface Adding {
  readonly attaching: Attaching;
  /** The desk that reads them, base64url. */
  readonly desk: string;
  /** Who will hear a voice. */
  readonly readers: string;
  /** Stands between the picker and what was picked. */
  readonly notes?: HTMLElement;
}

/** Whether all that is missing can be picked again: a recording exists nowhere else, and is not left out by one touch. */
function onlyPicked(there: Attachments): boolean {
  return there.unrepeatable.length === 0;
}

/**
 * Waits for files that are on their way; false where one of them waits for the person, which `said` then tells.
 *
 * @param without - sends what there is without the missing ones
 */
export async function arrived(attaching: Attaching, said: HTMLElement, without: () => Promise<void>): Promise<boolean> {
  const { there } = attaching;
  await attaching.stopRecording();
  if (there === null || there.count === 0) return true;
  const text = t("Your files are still on their way. Everything is sent as soon as they have arrived; please leave this page open.");
  hold(said, make("p", { class: "muted" }, text), onlyPicked(there) ? actions(button(t("Send now without them"), () => { there.leaveOut(); }, "button secondary")) : null);
  announce(text);
  if (await there.settled()) return true;
  hold(said, notice("warning", t("Not all files are there"),
    t("Please look at them above. You can also send without those that are missing, and add them later in your mailbox."),
    actions(button(t("Send without the missing files"), (pressed) => {
      there.leaveOut();
      void busy(pressed, without);
    }, "button secondary"))));
  return false;
}

/** The picker, the recorder, and the list of what is there. */
export function adding({ attaching, desk, readers, notes }: Adding): HTMLElement {
  const id = newId();
  const list = make("div", {});
  const speaking = make("div", {});
  const input = make("input", { type: "file", multiple: true, id, "aria-describedby": `${id}-hint` });
  const show = (there: Attachments): void => {
    hold(list, there.list);
    there.to(desk);
  };
  const take = async (picked: readonly File[]): Promise<void> => {
    try {
      const there = await attaching.load();
      show(there);
      there.add(picked);
    } catch (error) {
      hold(list, failure(sentence(error), () => { void take(picked); }));
    }
  };
  input.addEventListener("change", () => {
    const picked = [...input.files ?? []];
    // The same file can be picked once more after it was taken out.
    input.value = "";
    if (picked.length > 0) void take(picked);
  });
  const speak = button(t("Record your voice"), (pressed) => {
    void busy(pressed, async () => {
      try {
        const there = await attaching.load();
        show(there);
        speak.hidden = true;
        hold(speaking, there.recorder(readers));
      } catch (error) {
        hold(speaking, failure(sentence(error), null));
      }
    });
  }, "button secondary");
  if (attaching.there !== null) show(attaching.there);
  return make("div", { class: "stack" },
    make("div", { class: "field" }, make("label", { for: id }, t("Add files")),
      make("p", { class: "hint", id: `${id}-hint` }, t("Of any kind, up to 4 gigabytes each. Their names are sealed as well.")), input),
    make("p", {}, speak), speaking, notes, list);
}

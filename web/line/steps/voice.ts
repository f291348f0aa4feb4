/** Speaking instead of writing: recorded first, sealed and sent when the person has said who shall hear it. */
import { hold, make } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { t } from "../../elements/words";
import { actions, button, failure, stack, stepLine, type Frame } from "../frame";
import { sentence } from "../problems";
import { desk } from "./desk";

export function voice(frame: Frame): Draw {
  return (host) => {
    const { attaching, views } = frame;
    const place = make("div", { class: "stack" });
    const said = make("div", { "aria-live": "polite" });
    const show = async (): Promise<void> => {
      hold(place, make("p", { class: "muted", role: "status" }, t("One moment.")));
      try {
        const there = await attaching.load();
        hold(place, there.recorder(t("Everyone on the desk that you choose will hear it, as they would read what you write.")), there.list);
      } catch (error) {
        hold(place, failure(sentence(error), () => { void show(); }));
      }
    };
    void show();
    host.append(stack(
      stepLine("what"),
      make("h1", {}, t("Speak instead of writing")),
      make("p", { class: "lede" }, t("Say what you saw or heard, as you would tell it. Nothing leaves this device before you have chosen who shall hear it.")),
      place, said,
      actions(button(t("Continue"), () => {
        void attaching.stopRecording().then(() => {
          if (attaching.count > 0) views.go(desk(frame));
          else hold(said, failure(t("Please record something first, or go back and write."), null));
        });
      }), button(t("Back"), () => { history.back(); }, "button secondary")),
    ));
    return () => { void attaching.stopRecording(); };
  };
}

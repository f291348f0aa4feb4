/** The rest of the form: everything in it is optional, and the page says so. */
import { make } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { t } from "../../elements/words";
import { RefusedError } from "../../seal/errors";
import { actions, button, failure, stack, stepLine, type Frame } from "../frame";
import { sentence } from "../problems";
import { drawAsked } from "../question";
import { textField } from "../writing";
import { you } from "./you";

/** Words that are lost bring nothing back; a person can put the two reports beside each other. */
function earlier({ draft }: Frame): HTMLElement {
  return make("details", { open: draft.continues !== "" },
    make("summary", {}, t("I reported before and have lost my words")),
    textField({
      label: t("What do you remember of that report?"), optional: true,
      help: t("About when, to which desk, and what it was about. Nobody can give you the old words or show you the old report; the people who read this one put the two together."),
    }, "lines", draft.continues, (value) => { draft.continues = value; }, "continues"));
}

export function more(frame: Frame): Draw {
  return (host) => {
    const { draft, views } = frame;
    const questions = make("div", { class: "stack loose" }, make("p", { class: "muted", role: "status" }, t("Loading the questions …")));
    const show = async (): Promise<void> => {
      try {
        const office = await frame.office();
        const chosen = office.desk(draft.desk ?? "");
        if (chosen === undefined) throw new RefusedError("desk-chosen", "Who shall read it has to be chosen once more.");
        drawAsked(await office.form(chosen), draft.answers, questions);
      } catch (error) {
        questions.replaceChildren(failure(sentence(error), () => { void show(); }));
      }
    };
    void show();
    host.append(stack(
      stepLine("more"),
      make("h1", {}, t("Anything else you can say")),
      make("p", { class: "lede" }, t("All of this is optional. You can also leave it to the people who read your report: they can ask you.")),
      questions,
      earlier(frame),
      actions(button(t("Continue"), () => { views.go(you(frame)); }),
        button(t("Back"), () => { history.back(); }, "button secondary")),
    ));
    return undefined;
  };
}

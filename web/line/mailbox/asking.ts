/** Three questions to whose case is closed: one tap each, none needed. What is sent names no report. */
import { busy } from "../../elements/busy";
import { hold, make } from "../../elements/make";
import { t } from "../../elements/words";
import { write } from "../../seal/jsontext";
import { b64 } from "../../seal/primitives";
import { button, failure, type Frame } from "../frame";
import { sentence } from "../problems";
import { addressOf, post } from "../wire";
import type { Opened } from "./proving";

const QUESTIONS = ["understood", "safe", "fair"] as const;
const answered = new WeakMap<Frame, Set<string>>();

/** Nothing while the case goes on, and of a test of the line. */
export function asking(frame: Frame, { office, mailbox, raw, thread }: Opened): HTMLElement | null {
  if (raw.status !== "closed" || thread.report?.statement?.purpose === "test") return null;
  const done = answered.get(frame) ?? new Set<string>();
  answered.set(frame, done);
  return make("section", { class: "card stack tight", "aria-labelledby": "asking" },
    make("h2", { id: "asking" }, t("Three questions about this line")),
    make("p", { class: "hint" }, t("One tap each, all optional. Answers are counted by desk and month without any tie to your report, and shown only where there are five or more. Nothing remembers that you have answered, so please answer once.")),
    QUESTIONS.map((question) => {
      const place = make("div", { class: "row", role: "group", "aria-labelledby": `asking-${question}` });
      const thanks = (): void => { hold(place, make("p", { role: "status" }, t("Thank you."))); };
      const tap = (said: "yes" | "no", label: string): HTMLButtonElement => {
        const made = button(label, () => {
          void busy(made, async () => {
            try {
              await post(addressOf(office.id, "mailbox/answer"), write({ v: 1, id: b64(mailbox.id), auth: b64(mailbox.auth), question, answer: said }), "json");
              done.add(question);
              thanks();
            } catch (error) {
              hold(place, failure(sentence(error), null));
            }
          });
        }, "button secondary");
        return made;
      };
      if (done.has(question)) thanks();
      else hold(place, tap("yes", t("Yes")), tap("no", t("No")));
      return make("div", {}, make("p", { id: `asking-${question}` }, questionWord(question)), place);
    }));
}

function questionWord(question: typeof QUESTIONS[number]): string {
  switch (question) {
    case "understood": return t("Did you understand what was done, and why?");
    case "safe": return t("Did you feel safe using this line?");
    case "fair": return t("Were you treated fairly, whatever the outcome?");
  }
}

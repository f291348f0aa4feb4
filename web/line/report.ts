/** The second bundle: sealing and sending. It loads while the person writes; the mailbox stands on it. */
import { Views } from "../elements/views";
import { laterWords } from "../elements/words";
import { unb64 } from "../seal/primitives";
import { mailboxId } from "../seal/receipt";
import { emptyDraft } from "./draft";
import { errandNotice, receiptFor } from "./errand";
import { Frame } from "./frame";
import { take, type First, type Report } from "./handover";
import { mailboxes } from "./returning";
import { desk } from "./steps/desk";
import { voice } from "./steps/voice";

function start(first: First): Report {
  const draft = { ...emptyDraft(), errand: first.errand ?? "" };
  const words = laterWords("report");
  let shown = false;
  const views = new Views(first.host, (host) => {
    // What the server wrote comes back as it was, with what the person has written, perhaps changed since.
    host.hidden = true;
    first.start.hidden = false;
    if (shown) {
      first.box.value = draft.answers.get("what") ?? "";
      setTimeout(() => { first.box.focus(); }, 0);
    }
    shown = true;
    return () => {
      host.hidden = false;
      first.start.hidden = true;
    };
  });
  const frame = new Frame(first, views, draft);
  first.holds = () => frame.attaching.count > 0;
  void words.then(() => {
    const told = errandNotice(draft);
    if (told !== null) first.start.prepend(told);
  });
  // The documents come while the person still writes; whoever only reads the page never asks for them.
  frame.office().then(({ alone }) => {
    // The server said it too; from here on it is what the signed documents prove.
    const said = first.start.querySelector<HTMLElement>("#alone");
    if (said !== null) said.hidden = !alone;
  }, () => undefined);
  return {
    async go(wanted) {
      draft.answers.set("what", first.box.value);
      if (wanted !== "mailbox") {
        // The receipt is made before it is shown: the arithmetic is tied to the mailbox that it opens.
        draft.receipt ??= receiptFor(draft);
        frame.working.begin(first.place.office, "report", mailboxId(draft.receipt, unb64(first.place.office, 16)));
      }
      frame.keeping.changed();
      const draw = wanted === "mailbox" ? (await mailboxes(first.load)).entry : { report: desk, voice }[wanted];
      await words;
      views.go(draw(frame));
    },
  };
}

take(start);

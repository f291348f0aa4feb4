/** A new receipt in place of this one: the old words open nothing from then on. */
import { busy } from "../../elements/busy";
import { hold, make } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { t } from "../../elements/words";
import { seal } from "../../seal/age";
import { writeRekey } from "../../seal/bodies";
import { derive, newReceipt } from "../../seal/receipt";
import { postParcel, sealPost } from "../../seal/post";
import { button, failure, notice, stack, type Frame } from "../frame";
import { sentence } from "../problems";
import { receiptSheet } from "../receipt-sheet";
import { promiseOf } from "../sending";
import { saveOwn } from "../own";
import { addressOf, post, Unreachable } from "../wire";
import { openWith } from "./open";
import { headsOf, nextSubject, readersOf } from "./places";
import { lastVisit } from "./pins";
import type { Opened } from "./proving";

export function replacing(frame: Frame, opened: Opened): HTMLElement {
  return make("details", {},
    make("summary", {}, t("Replace this receipt")),
    make("div", { class: "stack" },
      make("p", {}, t("If somebody may have seen your words, or somebody helped you to write the report: make new ones. The old words open nothing afterwards.")),
      make("p", {}, button(t("Make new words"), () => { frame.views.go(freshWords(frame, opened)); }, "button secondary"))));
}

/** The page on which new words are made and take the place of the old ones. */
export function freshWords(frame: Frame, opened: Opened): Draw {
  return (host) => {
    const receipt = newReceipt();
    const body = make("div", { class: "stack loose" });
    const said = make("div", { "aria-live": "polite" });
    host.append(stack(make("h1", {}, t("Your new receipt")), body, said));
    void receiptSheet(frame.first.load, body, {
      receipt, kind: undefined, act: t("Replace the old words"),
      explained: () => make("p", { class: "lede" }, t("Write these down in place of the old ones. When you press the button below, the old words die.")),
      go(_kind, pressed) {
        void busy(pressed, async () => {
          try {
            await send(frame, opened, receipt);
          } catch (error) {
            hold(said, failure(sentence(error), null));
            return;
          }
          frame.views.forget();
          hold(body, notice("good", null, t("Your receipt is replaced. Destroy the note of the old words.")));
          await openWith(frame, receipt, said);
        });
      },
      others: button(t("Back"), () => { history.back(); }, "button secondary"),
    });
    return undefined;
  };
}

/** Signed by the old key, read by the new one from here on; every own copy is sealed to it anew. */
async function send(frame: Frame, opened: Opened, receipt: Uint8Array): Promise<void> {
  const { office, mailbox, raw, thread, copies } = opened;
  const next = derive(receipt, office.office);
  // The old place is forgotten with the old words: what lies there goes on under the new ones.
  const kept = await lastVisit(opened);
  if (!kept.read) throw new Unreachable(t("The office's server does not answer as it should at the moment."));
  const sealed = await sealPost({
    office: office.office, desk: raw.desk, thread: raw.thread, kind: "rekey", chain: "r", n: (headsOf(raw).r ?? -1) + 1,
    prev: thread.chains.newest("r"), seen: thread.chains.newest("o"),
    body: writeRekey({ id: next.id, sign: next.signPublic, box: next.box.recipient, tag: next.tag }),
    audience: readersOf(opened), box: next.box.recipient, by: { key: mailbox.signPublic }, seed: mailbox.sign, tag: next.tag,
  });
  const renewed = await Promise.all(raw.posts.filter((one) => one.own !== undefined).map(async ({ chain, n, own }) => {
    const plain = copies.find((copy) => copy.chain === chain && copy.n === n);
    // What did not open stays as it was: it is shown in red with the new words as with the old.
    const bytes = plain === undefined ? own ?? new Uint8Array() : await seal(plain.bytes, [next.box.recipient]);
    return { chain, n, bytes };
  }));
  const parcel = postParcel(sealed, {
    thread: raw.thread, heads: headsOf(raw), audience: raw.audience, mailbox,
    rekey: { id: next.id, auth: next.auth, copies: renewed },
  });
  const answer = await frame.working.send({ office: office.id, what: "post", parcel, purpose: "post", subject: nextSubject(opened) });
  if (sealed.leaf !== undefined) promiseOf(answer, office, sealed.leaf);
  if (kept.own === null) return;
  // The words are replaced by now, whatever becomes of a draft.
  await saveOwn(next, { office: office.office, desk: raw.desk, thread: raw.thread }, kept.own,
    (body, manner) => post(addressOf(office.id, "own"), body, "bytes", manner)).catch(() => undefined);
}

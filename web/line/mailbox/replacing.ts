/** A new receipt in place of this one: the old words open nothing from then on. */
import { busy } from "../../elements/busy";
import { hold, make } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { t } from "../../elements/words";
import { seal } from "../../seal/age";
import { writeRekey } from "../../seal/bodies";
import type { Own } from "../../seal/own";
import { derive, newReceipt, type Mailbox } from "../../seal/receipt";
import { postParcel, sealPost } from "../../seal/post";
import { button, failure, notice, stack, type Frame } from "../frame";
import { sentence } from "../problems";
import { receiptSheet } from "../receipt-sheet";
import { promiseOf } from "../sending";
import { saveOwn } from "../own";
import { addressOf, post, Refused, Unreachable } from "../wire";
import { fetchThread } from "./fetching";
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
  // Once for this view: whoever comes back to it finds the words that they have noted.
  const renewal = new Renewal(frame, opened, newReceipt());
  return (host) => {
    const { receipt } = renewal;
    const body = make("div", { class: "stack loose" });
    const said = make("div", { "aria-live": "polite" });
    host.append(stack(make("h1", {}, t("Your new receipt")), body, said));
    void receiptSheet(frame.first.load, body, {
      receipt, kind: undefined, act: t("Replace the old words"),
      explained: () => make("p", { class: "lede" }, t("Write these down in place of the old ones. When you press the button below, the old words die.")),
      go(_kind, pressed) {
        void busy(pressed, async () => {
          try {
            await renewal.send();
          } catch (error) {
            hold(said, failure(sentence(error), null));
            return;
          }
          // In the place of this view: nobody comes back to words that would be replaced once more.
          frame.views.replace(replaced(frame, renewal));
          frame.views.forget();
        });
      },
      others: button(t("Back"), () => { history.back(); }, "button secondary"),
    });
    return undefined;
  };
}

/** It is done; the mailbox opens with the new words, and opens again from here. */
function replaced(frame: Frame, renewal: Renewal): Draw {
  return (host) => {
    const said = make("div", { "aria-live": "polite" });
    // Not before what was not sent is there: the mailbox would put its own notes in that place.
    const open = async (): Promise<void> => {
      try {
        if (!renewal.isMoved) await renewal.move();
      } catch (error) {
        hold(said, failure(t("What you had written and not sent is not in the mailbox yet. {why}", { why: sentence(error) }), null));
        return;
      }
      await openWith(frame, renewal.receipt, said);
    };
    const pressed = button(t("Open my mailbox"), () => { void busy(pressed, open); });
    host.append(stack(make("h1", {}, t("Your receipt is replaced")), notice("good", null, t("Destroy the note of the old words.")), make("p", {}, pressed), said));
    if (!renewal.isMoved) void busy(pressed, open);
    return undefined;
  };
}

class Renewal {
  /** What lay there before the old words died: the server forgets it with them, and only this page has it then. */
  private kept: Own | null | undefined;
  isMoved = false;
  private isSent = false;

  constructor(private readonly frame: Frame, private readonly opened: Opened, readonly receipt: Uint8Array) {}

  /** Signed by the old key, read by the new one from here on; every own copy is sealed to it anew. */
  async send(): Promise<void> {
    const { frame, opened } = this;
    const { office } = opened;
    if (!this.isSent) {
      // The old place is forgotten with the old words: what lies there goes on under the new ones.
      const { read, own } = await lastVisit(opened);
      if (!read) throw new Unreachable(t("The office's server does not answer as it should at the moment."));
      this.kept = own;
    }
    // From here on it may have been carried out, whatever answer comes: what lay there is asked for no more.
    this.isSent = true;
    const next = derive(this.receipt, office.office);
    const { parcel, leaf } = await rekeyed(opened, next);
    try {
      const answer = await frame.working.send({ office: office.id, what: "post", parcel, purpose: "post", subject: nextSubject(opened) });
      if (leaf !== undefined) promiseOf(answer, office, leaf);
    } catch (error) {
      if (error instanceof Refused && error.code !== "replaced") this.isSent = false;
      if (!(error instanceof Refused && error.code === "replaced")) throw error;
      // The answer to an earlier press was lost: then these very words open it. Else somebody else has made new ones.
      await fetchThread(office.door, next).catch(() => { throw error; });
    }
  }

  /** Puts what was not sent under the new words. */
  async move(): Promise<void> {
    const { office, raw } = this.opened;
    if (this.kept !== null && this.kept !== undefined) {
      await saveOwn(derive(this.receipt, office.office), { office: office.office, desk: raw.desk, thread: raw.thread }, this.kept,
        (body, manner) => post(addressOf(office.id, "own"), body, "bytes", manner));
    }
    this.isMoved = true;
  }
}

async function rekeyed(opened: Opened, next: Mailbox): Promise<{ readonly parcel: Uint8Array; readonly leaf: Uint8Array | undefined }> {
  const { office, mailbox, raw, thread, copies } = opened;
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
  return { parcel, leaf: sealed.leaf };
}

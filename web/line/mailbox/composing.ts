/** A message to the office: sealed for whom the page has named, and the same one however often it is sent. */
import { language } from "../../elements/words";
import { writeMessage, type AskedFor, type Dealt, type IdentityCard } from "../../seal/bodies";
import type { FileName } from "../../seal/envelope";
import { RefusedError } from "../../seal/errors";
import { dealIdentity } from "../../seal/filing";
import type { ParcelFile } from "../../seal/parcel";
import { postParcel, sealPost, type SealedPost } from "../../seal/post";
import { b64 } from "../../seal/primitives";
import type { WordList } from "../../seal/words";
import type { Frame } from "../frame";
import { listFor, wordList } from "../lists";
import { holdsReceipt } from "../secrets";
import { promiseOf } from "../sending";
import type { Waits } from "../working";
import { headsOf, nextSubject, readersOf } from "./places";
import type { Opened } from "./proving";

export interface Letter {
  readonly text: string;
  /** How to be reached from now on, as `seal/contact` writes it. */
  readonly contact?: string;
  /** A name given now, under seal. */
  readonly card?: IdentityCard;
  readonly withdraws?: "contact";
  /** Where it is about protection. */
  readonly protection?: AskedFor;
}

export class Composing {
  #sealed: { readonly of: string; readonly post: SealedPost } | null = null;

  constructor(private readonly frame: Frame, private readonly opened: Opened) {}

  /** Seals and sends; false where the letter holds the receipt. Sent again it is the same message. */
  async send(letter: Letter, files: readonly FileName[], waits: (what: Waits) => void): Promise<boolean> {
    const { office, mailbox, raw, receipt } = this.opened;
    if (holdsReceipt(textsOf(letter), receipt, await this.lists())) return false;
    const of = JSON.stringify([letter, files.map(({ blob }) => b64(blob))]);
    const sealed = this.#sealed?.of === of ? this.#sealed.post : await this.seal(letter, files);
    this.#sealed = { of, post: sealed };
    const parcel = postParcel(sealed, { thread: raw.thread, heads: headsOf(raw), audience: raw.audience, mailbox });
    const answer = await this.frame.working.send({
      office: office.id, what: "post", parcel, purpose: "post", subject: nextSubject(this.opened), waits,
    });
    if (sealed.leaf !== undefined) promiseOf(answer, office, sealed.leaf);
    return true;
  }

  private async seal(letter: Letter, files: readonly FileName[]): Promise<SealedPost> {
    const { office, mailbox, raw, thread } = this.opened;
    const n = (headsOf(raw).r ?? -1) + 1;
    const by = { key: mailbox.signPublic };
    const where = { office: office.office, desk: raw.desk, thread: raw.thread };
    const { custody } = office.manifest.charter;
    let dealt: Dealt | undefined;
    let further: readonly ParcelFile[] = [];
    if (letter.card !== undefined) {
      if (custody === undefined) throw new RefusedError("custody-gone", "There are no custodians any more, so a name cannot be locked away.");
      const deal = await dealIdentity(custody, letter.card, where, n, by, mailbox.sign);
      dealt = deal.dealt;
      further = deal.files;
    }
    return sealPost({
      ...where, kind: "message", chain: "r", n, files, prev: thread.chains.newest("r"), seen: thread.chains.newest("o"),
      body: writeMessage({ text: letter.text, language: language(), contact: letter.contact, dealt, withdraws: letter.withdraws, protection: letter.protection }),
      audience: readersOf(this.opened), box: mailbox.box.recipient, by, seed: mailbox.sign, tag: mailbox.tag,
    }, further);
  }

  /** The lists in which somebody of this page would write a receipt down; digits are always looked for. */
  private async lists(): Promise<WordList[]> {
    const names = [listFor(language()), "english" as const].filter((name) => name !== null);
    const loaded = await Promise.all([...new Set(names)].map((name) => wordList(this.frame.first.load, name).catch(() => null)));
    return loaded.filter((list) => list !== null);
  }
}

function textsOf({ text, contact = "", card }: Letter): string {
  return [text, contact, card?.name ?? "", card?.contact ?? ""].join("\n");
}

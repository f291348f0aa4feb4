/** What the workbench shows at this moment. It lives in the page only and goes with it. */

import type { WorkLabel } from "../../seal/labels.js";
import type { HandingActs } from "../cases/handing.js";
import type { WorkActs } from "../cases/workacts.js";
import type { Facts } from "../facts.js";
import type { Unkept } from "./drafts.js";
import type { Opening } from "./loading.js";
import type { ReferralPanels } from "./referralpanels.js";
import type { ListRoute, Route } from "./route.js";
import type { Arrival, Listing, Opened, Story } from "./types.js";

export interface State {
  readonly facts: Facts;
  readonly route: Route;
  /** The list's own filter and order, kept while a report is open beside it. */
  readonly list: ListRoute;
  /** The rows that are on the screen and a few more; undefined until the first have come. */
  readonly listing: Listing | undefined;
  /** The row that takes the focus when somebody enters the list by the keyboard: its place, and the row itself. */
  readonly cursor: { readonly at: number; readonly row: Arrival | undefined };
  /** How many of how many reports have been opened in the background; undefined when that is done. */
  readonly opening: Opening;
  readonly query: string;
  readonly opened: Opened | undefined;
  readonly draft: Draft;
  /** What went wrong, in words, until the next act. */
  readonly trouble: string;
  /** What had been typed for acts that went wrong, whose dialogs are gone; until it is put away. */
  readonly unkept: readonly Unkept[];
}

/** What is being written beside a report, until it is sent or the page goes. */
export interface Draft {
  readonly chain: "o" | "i";
  readonly text: string;
  readonly language: string;
}

/** What a person can do here; the templates call these and know nothing else. */
export interface Acts {
  close(): void;
  filter(change: Partial<ListRoute>): void;
  search(words: string): void;
  /** A key was pressed while a row of the list had the focus. */
  walk(event: KeyboardEvent): void;
  /** A row of the list has got the focus. */
  entered(at: number): void;
  declare(kind: "none" | "aside"): void;
  draft(change: Partial<Draft>): void;
  /** Puts the cursor behind what is being written. */
  write(): void;
  /** Lets somebody choose one of the office's questions, and puts it into what is being written. */
  question(): void;
  /** Opens the guide for what seems to come from a child. */
  child(): void;
  send(button: HTMLElement): void;
  label(labels: readonly WorkLabel[], button: HTMLElement): void;
  keys(): void;
  /** Lets go of what could not be kept of this case. */
  putAway(thread: string): void;
  /** From desk to case, and who is assigned. */
  triage(): void;
  confirm(button: HTMLElement): void;
  giveBack(button: HTMLElement): void;
  people(): void;
  endCase(): void;
  /** Takes the whole case out as one sealed file. */
  takeOut(): void;
  reopen(button: HTMLElement): void;
  setAside(): void;
  takeUp(button: HTMLElement): void;
  /** Daily work on a case. */
  readonly work: WorkActs;
  /** Who is away, who stands in, and who has taken over. */
  readonly handing: HandingActs;
  /** How a case stands towards the person concerned, drawn by itself. */
  hearing(story: Story): HTMLElement;
  /** What is done to protect somebody, drawn by itself. */
  protection(story: Story): HTMLElement;
  /** What the organisation owes an authority because of a case, drawn by itself. */
  duty(story: Story): HTMLElement;
  /** A question to a panel, drawn by itself. */
  panel(story: Story): HTMLElement;
  /** Which other reports tell of the same event, drawn by itself. */
  names(story: Story): HTMLElement;
  related(story: Story): HTMLElement;
  /** Opens a mailbox for somebody. */
  mailbox(): void;
  /** Gives a document to a helper outside the office, and ends their mailbox before its day. */
  outside(): void;
  endMailbox(): void;
  /** Files for helpers outside that have not gone out, drawn by themselves. */
  going(story: Story): HTMLElement;
  /** Files that go with what is being written, drawn by themselves. */
  attaching(story: Story): HTMLElement;
  /** The clocks of a report, drawn by themselves. */
  clocks(story: Story): HTMLElement;
  /** What was passed on to other offices, and who signed what came from them: each drawn by itself. */
  readonly referrals: Pick<ReferralPanels, "of" | "signer">;
  /** What was given of a case to members outside it, drawn by itself. */
  copies(story: Story): HTMLElement;
}

/** Why a file does not go on by itself: somebody has to do something. */
export type Reason =
  /** The office takes no files at present; text it does. */
  | "no-room"
  /** Other bytes than those of which parts are stored already. */
  | "other-file"
  /** It was moved, changed or taken away since it was picked. */
  | "unreadable"
  | "too-large"
  /** After a reload: the browser has forgotten the file, not how far it was. */
  | "pick-again"
  /** What was sealed of it is of no use any more, and the browser does not have it. */
  | "gone"
  /** The server said no; its own sentence says why. */
  | "refused"
  | "fault";

export class Stuck extends Error {
  override readonly name = "Stuck";

  /** @param sentence - of the server, for people; `code` its name for it */
  constructor(readonly reason: Reason, readonly sentence = "", readonly code = "") {
    super(reason);
  }
}

/**
 * The worker that holds the unlocked keys of one member in one tab, and hands none of them out. Each module below
 * adds acts to it; `protocol.ts` says what a page may ask.
 */
import "./unlocking.js";
import "./founding.js";
import "./ways.js";
import "./proving.js";
import "./watching.js";
import "./rootkeys.js";
import "./charters.js";
import "./people.js";
import "./duty.js";
import "./protecting.js";
import "./joining.js";
import "./desks.js";
import "./arrivals.js";
import "./peers.js";
import "./referrals.js";
import "./cases.js";
import "./copies.js";
import "./exporting.js";
import "./importing.js";
import "./mailboxes.js";
import "./outsidefiles.js";
import "./related.js";
import "./many.js";
import "./hearing.js";
import "./clearances.js";
import "./deciding.js";
import "./indexes.js";
import "./files.js";
import "./errands.js";
import "./intake.js";
import "./clearing.js";
import "./names.js";
import "./shares.js";
import "./requests.js";
import "./deleting.js";
import "./deletingmany.js";
import "./erasing.js";
import "./laws.js";
import "./timekeeping.js";

import type { Connect, Request } from "./protocol.js";
import { handle } from "./registry.js";
import { connect } from "./stretching.js";

globalThis.addEventListener("message", (event: MessageEvent<Connect | Request>) => {
  const message = event.data;
  if ("connect" in message) connect(message);
  else void handle(message, (reply, moved) => { postMessage(reply, { transfer: moved }); });
});

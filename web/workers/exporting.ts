/** What of an open case goes into a file of its own: envelopes as they were unsealed and proven, and what proves them. */
import { parseWhat } from "../ledger/acts.js";
import { promiseFields } from "../ledger/promises.js";
import type { FilePart, PostPart } from "../export/protocol.js";
import { RefusedError } from "../seal/errors.js";
import { writeDocuments, type ExportReason } from "../seal/exportedcase.js";
import { unb64 } from "../seal/primitives.js";
import { recipientHash } from "../seal/recipients.js";
import { shownName } from "../seal/shownname.js";
import { signAct, type SignedAct } from "./acts.js";
import { openReport } from "./arrivals.js";
import { keyring } from "./keyring.js";
import "./protocol.js";
import { register } from "./registry.js";
import { postAt } from "./reports/opening.js";
import { takenOf } from "./reports/taken.js";

/** What the keys' worker gives of a case. */
export interface CaseParts {
  readonly office: Uint8Array;
  readonly desk: Uint8Array;
  readonly thread: Uint8Array;
  readonly by: Uint8Array;
  readonly status: "case" | "closed";
  readonly audience: readonly Uint8Array[];
  readonly posts: readonly PostPart[];
  readonly files: readonly (Omit<FilePart, "part"> & {
    /** It is the file that this case was taken in of. */
    readonly whole: boolean;
  })[];
  readonly documents: Uint8Array;
}

declare module "./protocol.js" {
  interface Acts {
    /** Refused for who does not hold the keys in force. */
    "export-parts": Act<{ readonly thread: string }, CaseParts>;
    "sign-export": Act<
      { readonly thread: string; readonly reason: ExportReason; readonly digest: Uint8Array; readonly counter: number },
      { readonly act: SignedAct; readonly read: Readonly<Record<string, number>> }
    >;
  }
}

register("export-parts", ({ thread }) => {
  const open = openReport(thread), keys = keyring();
  const { sealed, posts, contents, caseKeys } = open;
  const taken = takenOf(open);
  if (caseKeys === undefined || (sealed.status !== "case" && sealed.status !== "closed")) throw notMine();
  return {
    office: keys.office, desk: sealed.desk, thread: sealed.thread, by: keys.member, status: sealed.status,
    audience: [...open.thread.audience].map((hash) => unb64(hash, 32)),
    posts: posts.flatMap(({ chain, n }): PostPart[] => {
      const claimed = postAt(sealed, chain, n), envelope = contents.get(`${chain}${n}`);
      if (claimed === undefined || envelope === undefined) return [];
      const { day, c, f, T, promise } = claimed;
      return [{ chain, n, day, c, f, T, promise: promise && promiseFields(promise), envelope }];
    }),
    files: posts.flatMap(({ envelope }) => envelope.header.files ?? []).map((file) => ({
      blob: file.blob, name: shownName(file.name), size: file.size, whole: file === taken?.file,
    })),
    documents: writeDocuments(keys.documents, keys.earlierFiles),
  };
});

register("sign-export", ({ thread, reason, digest, counter }) => {
  const { sealed, thread: { handover }, caseKeys } = openReport(thread);
  const { vault, member } = keyring();
  const act = sealed.case?.act;
  const named = act === undefined ? undefined : parseWhat(act.what).fields["keys"];
  if (handover === undefined || caseKeys === undefined || typeof named !== "string") throw notMine();
  const read = Object.fromEntries(sealed.heads);
  return {
    read, act: signAct(vault.sign, member, counter, {
      act: "export", subject: sealed.thread, before: recipientHash(handover.recipient), after: digest, more: { keys: named, read, reason },
    }),
  };
});

function notMine(): RefusedError {
  return new RefusedError("state", "This is no case of yours. Please load it again.");
}

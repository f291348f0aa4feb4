import { readReport } from "../bodies.js";
import { readCompetence, writeCompetence } from "../competence.js";
import { join, unb64 } from "../primitives.js";
import { proveOriginal, proveOwnName, proveReferrer } from "../referred.js";
import type { Operation } from "./input.js";

export const REFERRALS: Readonly<Record<string, Operation>> = {
  "read-competence": (i) => writeCompetence(readCompetence(i.bytes("document"))),
  "prove-referrer": (i) => {
    const logged = i.texts("logged").map(Number);
    const { F, charter, member } = proveReferrer(
      readReport(i.bytes("report")), i.bytes("thread"), i.text("day"), (claim) => logged.includes(claim.row.number),
    );
    return { F, office: charter.office, member: member.id };
  },
  "prove-own-name": (i) => {
    const logged = i.texts("logged").map(Number);
    const to = { office: i.bytes("at"), desk: i.bytes("desk"), thread: i.bytes("thread"), files: i.texts("files").map((one) => unb64(one)) };
    const { F, charter, member } = proveOwnName(readReport(i.bytes("report")), to, i.text("day"), (claim) => logged.includes(claim.row.number));
    return { F, office: charter.office, member: member.id };
  },
  "prove-original": (i) => {
    const bytes = i.bytes("content");
    const envelope = join(bytes, new Uint8Array(i.number("size") - bytes.length));
    return proveOriginal({ envelope, promise: new Uint8Array() }, i.bytes("office")).c;
  },
};

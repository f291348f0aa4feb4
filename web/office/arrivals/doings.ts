/** Who did what with a report: the server's word, in clear, which nobody can keep from colleagues. */
import { t } from "../../elements/words.js";
import type { Facts } from "../facts.js";
import { personName } from "./names.js";
import type { Doing } from "./types.js";

/** What a member did with a report, in words. */
export function doingWords(one: Doing, facts: Facts): string {
  const name = personName(facts, one.member);
  switch (one.what) {
    case "declared": return t("{name}: knows nobody in this.", { name });
    case "aside": return t("{name}: stepped aside.", { name });
    case "read": return t("{name}: read it first.", { name });
    case "triaged": return t("{name}: triaged it.", { name });
    case "confirmed": return t("{name}: confirmed the triage; the desk's copy was destroyed.", { name });
    case "refused": return t("{name}: gave the triage back to the desk.", { name });
    case "closed": return t("{name}: closed the case.", { name });
    case "reopened": return t("{name}: took it up again.", { name });
    case "set-aside": return t("{name}: set it aside.", { name });
    case "opened-mailbox": return t("{name}: opened this mailbox.", { name });
    case "took-in": return t("{name}: took this case in, from an exported file.", { name });
    case "set-alike": return t("{name}: set it aside together with others that they had read, without reading this one.", { name });
    case "rekeyed": return t("{name}: changed who is assigned, with a new key.", { name });
    case "asks-deletion": return t("{name}: has read all of it, and asked to delete it.", { name });
    case "asks-hold": return t("{name}: asked to hold it back.", { name });
    case "held-back": return t("{name}: agreed to hold it back.", { name });
    case "took-over": return t("{name}: took it over, and could open all of it.", { name });
    case "took-over-part": return t("{name}: took it over, and could not open all of it.", { name });
    case "gave-outside": return t("{name}: gave a document to somebody outside the office.", { name });
    case "ended-mailbox": return t("{name}: ended this mailbox.", { name });
    case "copy-given": return t("{name}: gave a document to a helper.", { name });
    case "copy-withdrawn": return t("{name}: took a document back from a helper.", { name });
    case "copy-opened": return t("{name}: opened the document that they were given.", { name });
    case "copy-answered": return t("{name}: sent something back.", { name });
    case "copy-declined": return t("{name}: stepped aside from a panel.", { name });
    case "exported": return t("{name}: exported the whole case as one sealed file.", { name });
    case "opened": return t("{name}: opened a file.", { name });
    case "wrote": return one.chain === "i" ? t("{name}: wrote a note.", { name }) : t("{name}: wrote to the reporting person.", { name });
  }
}

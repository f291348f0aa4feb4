/** Who reports in the name of the organisation that runs this office. Hiding is courtesy; the server and the keys decide. */
import { has, type Facts } from "../facts.js";

/** Whether this member signs for the organisation. */
export function signsFor(facts: Facts): boolean {
  return facts.placed && has(facts, "officer", facts.office);
}

/** Whether they can begin such a report: it is a case, so they handle or lead, and there is an office to report to. */
export function reportsAsOffice(facts: Facts): boolean {
  return signsFor(facts) && (has(facts, "handler") || has(facts, "lead")) && facts.peers.length > 0;
}

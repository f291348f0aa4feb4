import { MalformedError } from "./errors.js";
import { whole } from "./fields.js";
import { parse, write } from "./jsontext.js";
import { b64, unb64 } from "./primitives.js";
import { readStatement, statementJson, type Statement } from "./statement.js";

/** Longer than any honest one; it travels in an address. */
const LIMIT = 16 * 1024;

/**
 * What a member's page hands to the report page in the address: a receipt for one report, and the statement that is
 * bound to it. Whoever has it can read and write as the reporting person of that one report.
 */
export interface Errand {
  /** Sixteen bytes. */
  readonly receipt: Uint8Array;
  readonly statement: Statement;
}

/** As it stands in the fragment, base64url. */
export function writeErrand({ receipt, statement }: Errand): string {
  return b64(write({ v: 1, kind: "errand", receipt: b64(receipt), statement: statementJson(statement) }));
}

/** @throws MalformedError as any document of ours; whether the statement holds is `proveStatement`'s to say */
export function readErrand(text: string): Errand {
  if (text.length > LIMIT) throw new MalformedError("json-long", "A text is longer than its format allows.");
  return whole(parse(unb64(text), LIMIT), (fields) => {
    fields.is("v", 1);
    fields.is("kind", "errand");
    return { receipt: fields.bytes("receipt", 16), statement: fields.read("statement", readStatement) };
  });
}

import { CONCERNS, type Concern } from "./closing.js";
import { asText, sorted, whole, wrongType } from "./fields.js";
import { parse, write } from "./jsontext.js";

const COMPETENCE_LIMIT = 16 * 1024;

/** What our office says of another that it may refer to; the charter decides where anything may go. */
export interface Competence {
  readonly names: ReadonlyMap<string, string>;
  /** The classes of concern that it is for; none: not said. */
  readonly fields: readonly Concern[];
  /** Where, in plain words; empty: not said. */
  readonly territory: string;
}

/** @throws MalformedError as fields do; `json-type` for a class of no list, or where it has no name */
export function readCompetence(bytes: Uint8Array): Competence {
  return whole(parse(bytes, COMPETENCE_LIMIT), (fields) => {
    fields.is("v", 1);
    fields.is("kind", "competence");
    const said = {
      names: fields.texts("names"), fields: fields.set("fields", (value) => concern(asText(value)), CONCERNS.length),
      territory: fields.text("territory"),
    };
    if (![...said.names.values()].some((name) => name !== "")) throw wrongType();
    return said;
  });
}

export function writeCompetence({ names, fields, territory }: Competence): Uint8Array {
  return write({ v: 1, kind: "competence", names: Object.fromEntries(names), fields: sorted(fields), territory });
}

function concern(word: string): Concern {
  const found = CONCERNS.find((one) => one === word);
  if (found === undefined) throw wrongType();
  return found;
}

/** A file as a page may have it: without its key. */
import type { AttachedFile } from "../../office/arrivals/types.js";
import { saidKind } from "../../office/files/kinds.js";
import type { FileName } from "../../seal/envelope.js";
import { b64 } from "../../seal/primitives.js";
import { shownName } from "../../seal/shownname.js";

export function attached({ blob, name, size, type }: FileName): AttachedFile {
  const shown = shownName(name);
  return { blob: b64(blob), name: shown, cleaned: shown !== name, size, type, said: saidKind(type, shown) };
}

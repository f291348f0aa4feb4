/** The bundle of what a closing brings beside its outcome. It loads where there is something of it. */
import { laterWords } from "../../elements/words";
import { deliver } from "../bundles";
import { ending, ENDING } from "./ending";

const words = laterWords(ENDING);
deliver(ENDING, async (...given: Parameters<typeof ending>) => {
  await words;
  return ending(...given);
});

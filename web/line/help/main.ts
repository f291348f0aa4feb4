/** The bundle of help: what an office can do for whoever is harmed, and where else to turn. It loads beside an open mailbox. */
import { laterWords } from "../../elements/words";
import { deliver } from "../bundles";
import { help, HELP } from "./help";

const words = laterWords("help");
deliver(HELP, async (...given: Parameters<typeof help>) => {
  await words;
  return help(...given);
});

/** The bundle that makes a proof of filing, for the few who want one; it loads in an open mailbox when it is asked for. */
import { laterWords } from "../../elements/words";
import { deliver } from "../bundles";
import { filing } from "./filing";

const words = laterWords("filing");
deliver("filing", async (...given: Parameters<typeof filing>) => {
  await words;
  return filing(...given);
});

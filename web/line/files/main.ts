/** The bundle of files: picking, taking out what is hidden, sealing, sending, recording. It loads when somebody wants one of them. */
import { laterWords } from "../../elements/words";
import { deliverFiles } from "../attaching";
import { FilesOfOne } from "./attachments";

deliverFiles(async (around) => {
  await laterWords("files");
  return new FilesOfOne(around);
});

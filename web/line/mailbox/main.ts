/** The bundle of the mailbox: reading, answering, proving, new words. It loads when somebody opens one. */
import { laterWords } from "../../elements/words";
import { deliverMailboxes } from "../returning";
import { entry } from "./entry";
import { openWith } from "./open";

deliverMailboxes({ words: laterWords("mailbox"), entry, openWith });

/** Whether a file that was to go to a helper outside has gone: as the mailbox itself says, and nothing else. */
import type { GoingFile, Story, TiedEntry } from "../arrivals/types.js";

/** Whether a message of ours in this mailbox brings the file: it is sealed anew there, so name and size tell it. */
export function hasGone({ entries }: Pick<Story, "entries">, { name, size }: GoingFile): boolean {
  return entries.some((one) => one.kind === "message" && one.ours && one.files.some((file) => file.name === name && file.size === size));
}

/** The ties of a case or a mailbox that say that a file goes out. */
export function tiesWithFiles({ entries }: Pick<Story, "entries">): readonly (TiedEntry & { readonly file: GoingFile })[] {
  return entries.filter((one): one is TiedEntry & { readonly file: GoingFile } => one.kind === "tied" && one.file !== null);
}

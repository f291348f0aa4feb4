/** What the page says about a file: how far it is, what may be hidden in it, and what somebody can do. */
import { count, language, size, t, tn } from "../../elements/words";
import type { Hidden } from "./metadata/exif";
import type { Looked } from "./metadata/stripping";
import type { State } from "./item";
import type { Stuck } from "./stuck";

const MINUTE = 60;

/** How far it is, in one line. */
export function progressOf({ sent, left, paused }: State & { readonly is: "sending" }, whole: number): string {
  if (paused === "offline") return t("No connection at the moment. It goes on by itself.");
  if (paused === "working") return t("Your device is doing the arithmetic that keeps machines from flooding this office. On an old telephone that can take half a minute.");
  if (paused === "busy") return t("Many people are sending at the moment. It goes on by itself.");
  const far = t("{sent} of {whole}", { sent: size(Math.min(sent, whole)), whole: size(whole) });
  if (left === null) return far;
  if (left < MINUTE) return t("{far}, less than a minute left", { far });
  return tn("{far}, about {n} minute left", "{far}, about {n} minutes left", Math.ceil(left / MINUTE), { far });
}

/** Why it does not go on, and what to do. */
export function stuckText({ reason, sentence }: Stuck): string {
  switch (reason) {
    case "no-room": return t("The office can take no files at present. Text still works: send what you have written, keep your file, and add it later in your mailbox.");
    case "other-file": return t("This is not the file that you began with, or it was changed since. Please pick the same one again, or take it out and add the other one.");
    case "unreadable": return t("Your browser cannot read this file any more: it was moved, changed or deleted. Please pick it again.");
    case "too-large": return t("This file is larger than {most}. Please cut it into smaller ones, or hand it over in person.", { most: size(4 * 1024 ** 3) });
    case "gone": return t("What had arrived of it is of no use any more and is thrown away. Please pick it again, or take it out.");
    case "pick-again": return t("To go on, please pick the same file again. What has arrived of it is kept, and is not sent twice.");
    case "refused": return sentence === "" ? t("The office's server refused this without saying why.") : sentence;
    case "fault": return t("Something did not work in this browser. Your file is untouched; please try again.");
  }
}

/** What can be done about it besides taking it out. */
export function remedyOf({ reason }: Stuck): "pick" | "again" | null {
  if (reason === "too-large") return null;
  return reason === "other-file" || reason === "unreadable" || reason === "pick-again" || reason === "gone" ? "pick" : "again";
}

/** A plain word about what is hidden in a file; null where nothing need be said. */
export function hiddenText(looked: Looked, kept: boolean): string | null {
  switch (looked.kind) {
    case "picture":
      if (looked.hidden.length === 0) return t("There are no hidden details in this picture.");
      return kept ? t("Hidden in this picture, and kept in it: {details}.", { details: detailsOf(looked.hidden) })
        : t("Taken out of this picture before sealing: {details}. What it shows stays as it is.", { details: detailsOf(looked.hidden) });
    case "image":
      return t("This page cannot take hidden details out of a picture of this kind. It may tell the place, the time and the device. A picture of your screen that shows it does not.");
    case "film":
      return t("Videos often tell the place, the time and the device, and this page cannot take that out.");
    case "sound":
      return t("Recordings can tell the time and the device, and voices can be recognised. This page cannot take that out.");
    case "document":
      return t("Documents often carry the names of people, computers and organisations, even where nobody sees them, and this page cannot take them out. If that could harm you, write down what matters instead.");
    case "other":
      return t("Files of this kind can tell who made them, when and with what. This page cannot take that out.");
  }
}

function detailsOf(hidden: readonly Hidden[]): string {
  const words: Record<Hidden, string> = {
    place: t("the place"), time: t("the time"), device: t("the device"), other: t("notes of programs and people"),
  };
  const order: readonly Hidden[] = ["place", "time", "device", "other"];
  return new Intl.ListFormat(language(), { type: "conjunction" })
    .format(order.filter((one) => hidden.includes(one)).map((one) => words[one]));
}

/** Minutes and seconds of a recording, as a clock has them. */
export function clock(seconds: number): string {
  const two = new Intl.NumberFormat(language(), { minimumIntegerDigits: 2, useGrouping: false });
  return `${count(Math.floor(seconds / MINUTE))}:${two.format(Math.floor(seconds) % MINUTE)}`;
}

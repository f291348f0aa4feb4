/** How long, in the units in which laws count. */
import { tn } from "./words";

export type Unit = "h" | "cd" | "wd" | "m" | "y";

export function periodWord(n: number, unit: Unit): string {
  switch (unit) {
    case "h": return tn("{n} hour", "{n} hours", n);
    case "cd": return tn("{n} day", "{n} days", n);
    case "wd": return tn("{n} working day", "{n} working days", n);
    case "m": return tn("{n} month", "{n} months", n);
    case "y": return tn("{n} year", "{n} years", n);
  }
}

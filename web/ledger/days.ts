import { LedgerError } from "./errors.js";

const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/**
 * The same text if it is a day of the calendar, YYYY-MM-DD from year 1 on.
 *
 * @throws LedgerError `day-shape`
 */
export function readDay(text: string): string {
  const instant = new Date(`${text}T00:00:00Z`);
  const real = DAY.test(text) && !text.startsWith("0000") && !Number.isNaN(instant.getTime());
  if (!real || instant.toISOString().slice(0, 10) !== text) {
    throw new LedgerError("day-shape", "A day is not written as YYYY-MM-DD.");
  }
  return text;
}

/** The day after. */
export function nextDay(day: string): string {
  const instant = new Date(`${readDay(day)}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + 1);
  return instant.toISOString().slice(0, 10);
}

/** Who handles reports here, what lies on their table, and when they are away: days alone, as they say it themselves. */

export interface Absence {
  readonly since: string;
  /** The last day of it. */
  readonly until: string;
}

export type Absences = ReadonlyMap<string, Absence>;

/** One person, as the server counts for them. */
export interface Colleague {
  readonly member: string;
  readonly open: number;
  readonly due: number;
  readonly absent?: Absence;
}

export function absencesOf(people: readonly Colleague[]): Absences {
  return new Map(people.flatMap(({ member, absent }) => (absent === undefined ? [] : [[member, absent] as const])));
}

export function isAway(absences: Absences, member: string, today: string): boolean {
  const found = absences.get(member);
  return found !== undefined && found.since <= today && today <= found.until;
}

/** What the worker tells of many reports at once. Words of reports that this member may read; nothing of it is kept anywhere. */

/** What a report has beside its words. */
export interface Beside {
  /** What was chosen and not written; how its author can be reached. */
  readonly about: readonly string[];
  readonly files: number;
}

/** A report that is like no other, or that says something which those like it do not. */
export interface Alone extends Beside {
  readonly thread: string;
  readonly text: string;
  /** There is more to it than stands here (a file, a later message, a name, a doubt of ours): it is opened, or it stays. */
  readonly more: boolean;
  /** Where it is a group's text with something else in it: the group, how many are in it, and the places of what is else. */
  readonly like: { readonly first: string; readonly others: number; readonly marks: readonly (readonly [number, number])[] } | null;
}

/** Words that some of a group have and its first text has not. */
export interface Variant {
  /** Which word of the first text it stands at. */
  readonly place: number;
  /** What the first text has there; empty where words were put in. */
  readonly instead: string;
  /** What they say; empty where they leave words out. */
  readonly says: string;
  readonly threads: readonly string[];
}

/** Reports of near-equal text. Each is the first one's text with some of the variants in it and no other words. */
export interface Alike extends Beside {
  /** Thread of the one whose text is shown. */
  readonly first: string;
  readonly text: string;
  /** All of them, the first one too. */
  readonly threads: readonly string[];
  readonly variants: readonly Variant[];
}

export interface Heap {
  readonly alone: readonly Alone[];
  readonly groups: readonly Alike[];
}

/** One that was drawn by chance. */
export interface Drawn {
  readonly thread: string;
  /** Whose text its group shows. */
  readonly first: string;
  readonly text: string;
  /** Places of what the group's text has not. */
  readonly marks: readonly (readonly [number, number])[];
}

export interface Draw {
  readonly of: readonly { readonly thread: string; readonly first: string }[];
  readonly n: number;
}

/** What lies before a desk. */
export interface Waiting {
  /** On which this member has not declared. */
  readonly undeclared: readonly string[];
  /** Declared, and not open in this browser since the keys were unlocked. */
  readonly closed: readonly string[];
  readonly open: number;
  /** How many more there are than one sorts at once. */
  readonly later: number;
}

/** What was set aside by one act. */
export interface Batch {
  readonly member: string;
  readonly at: string;
  readonly reason: string;
  readonly reports: number;
  readonly read: number;
}

/** A question to a panel as the pages show it. */

/** As the case's notes have it. */
export interface PanelStory {
  readonly text: string;
  readonly language: string;
  readonly day: string;
  /** `there`: the entry lies in its place, word by word the one that was named. */
  readonly evidence: readonly { readonly chain: "r" | "o" | "i"; readonly n: number; readonly there: boolean }[];
  readonly ended: boolean;
  /** Ids of everybody who was ever assigned: none of them sits on it. */
  readonly held: readonly string[];
}

/** As the server has it. */
export interface PanelState {
  readonly until: string;
  readonly heard: boolean;
  readonly ended: boolean;
  readonly size: number;
  readonly seats: readonly Seat[];
}

export interface Seat {
  readonly copy: string;
  readonly member: string;
  readonly until: string;
  readonly declared: boolean;
  readonly voted: boolean;
  readonly gone: boolean;
}

/** A member's own place on a panel. */
export interface OwnSeat {
  readonly copy: string;
  readonly declared: boolean;
  readonly voted: boolean;
}

/**
 * Acts on what is open, one after the other. Each is signed upon everything that came before it: begun while another
 * is under way, it would be refused as one that has not seen that, although one and the same person did both.
 */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `act` when the one before has ended, however that ended. */
  take<Result>(act: () => Promise<Result>): Promise<Result> {
    const mine = this.last.then(act, act);
    this.last = mine;
    return mine;
  }
}

/** Asks the same again and again. Only the answer to what was asked last is handed on: an older one, come late, would undo it. */
export class Newest {
  private asked = 0;

  /**
   * @param came - takes the answer; what it throws goes to `broke`
   * @param broke - takes what went wrong, unless it was asked again meanwhile
   */
  async ask<Answer>(work: () => Promise<Answer>, came: (answer: Answer) => void, broke: (error: unknown) => void): Promise<void> {
    const isNewest = this.begin();
    try {
      const answer = await work();
      if (isNewest()) came(answer);
    } catch (error) {
      if (isNewest()) broke(error);
    }
  }

  /** Something newer is known by another way: what is still asked for is not handed on. */
  begin(): () => boolean {
    const mine = this.asked += 1;
    return () => mine === this.asked;
  }
}

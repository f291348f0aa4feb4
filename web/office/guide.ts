/** A guided path of a few screens: how far one is, one thing a screen, back without losing what was typed. */
import { busy } from "../elements/busy.js";
import { hold, make, type Child } from "../elements/make.js";
import { steps } from "../elements/steps.js";
import { focusHeading } from "../elements/views.js";
import { t } from "../elements/words.js";
import { button, form, submit } from "./fields.js";
import { tell, tellFault } from "./telling.js";

export type Went = "anew" | undefined;

export interface Screen {
  readonly name: string;
  readonly title: string;
  readonly content: readonly Child[];
  /** Label of the button that goes on; by default "Continue". */
  readonly next?: string;
  /** What came before is done and cannot be undone, so there is no way back to it. */
  readonly settled?: boolean;
  /** The id of the field at which a refusal is told. */
  readonly field: string;
  /**
   * Check and do; throwing keeps the person here. A fault of a field is thrown as `ScreenFault`. With "anew" the
   * following screens are made again, because what they show has changed.
   */
  go(): Promise<Went> | Went;
}

/** Something typed needs another look. */
export class ScreenFault extends Error {
  constructor(readonly field: string, readonly sentence: string) {
    super(sentence);
  }
}

/** Shows screens one after another in `host`. A screen is made when it is first reached, and kept. */
export class Guide {
  private at = 0;
  private readonly made = new Map<number, HTMLElement>();

  constructor(
    private readonly host: HTMLElement, private readonly names: readonly string[], private readonly screens: readonly (() => Screen)[],
  ) {
    this.show();
  }

  private show(): void {
    const element = this.made.get(this.at) ?? this.make(this.at);
    this.made.set(this.at, element);
    hold(this.host, element);
    scrollTo(0, 0);
    focusHeading(this.host);
  }

  private forgetAfter(at: number): void {
    for (const later of [...this.made.keys()]) {
      if (later > at) this.made.delete(later);
    }
  }

  private make(at: number): HTMLElement {
    const screen = this.screens[at]?.();
    if (screen === undefined) throw new RangeError("no such screen");
    const next = submit(screen.next ?? t("Continue"));
    const back = at > 0 && screen.settled !== true && button(t("Back"), () => {
      this.at = at - 1;
      this.show();
    }, "button secondary");
    const shown = form(() => {
      void busy(next, async () => {
        try {
          if (await screen.go() === "anew") this.forgetAfter(at);
        } catch (error) {
          if (error instanceof ScreenFault) tellFault(shown, error);
          else tell(shown, screen.field, error);
          return;
        }
        if (at + 1 < this.screens.length) {
          this.at = at + 1;
          this.show();
        }
      });
    }, ...screen.content, make("div", { class: "actions" }, next, back));
    return make("div", { class: "stack" }, steps(this.names, at), make("h1", {}, screen.title), shown);
  }
}

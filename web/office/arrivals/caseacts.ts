/** What can be done with the report on the screen on its way from desk to case, and out of it again. */

import { busy } from "../../elements/busy.js";
import { t } from "../../elements/words.js";
import { askAside, askEnding, type Ended } from "../cases/ending.js";
import { NO_KINDS, type Kinds } from "../cases/kinds.js";
import { askPeople, askTriage, surelyAnswers } from "../cases/triage.js";
import { DecidingPanel } from "../deciding/panel.js";
import { ask } from "../../elements/dialog.js";
import { wasShown } from "../files/stage.js";
import { askMailbox } from "../mailboxes/asking.js";
import { GoingPanel } from "../mailboxes/going.js";
import { openAndPrint } from "../mailboxes/opening.js";
import { askOutside } from "../mailboxes/outside.js";
import { isNobodys } from "../mailboxes/words.js";
import { DutyPanel } from "../duty/panel.js";
import { NamesPanel } from "../names/panel.js";
import { OnePanel } from "../onepanel.js";
import { ProtectionPanel } from "../protecting/panel.js";
import { RelatedPanel } from "../related/panel.js";
import type { Workbench } from "../views.js";
import type { Desk } from "./desk.js";
import type { Acts, State } from "./state.js";
import type { Story } from "./types.js";

/** The view in which the acts are done. */
export interface CaseStage {
  readonly state: () => State;
  readonly desk: () => Desk;
  readonly bench: () => Workbench;
  /** Origin of the report door, for letters. */
  readonly origin: () => string;
  /** Does an act, says what was done, and shows the report anew; or says why not, and what was typed for it, and is false. */
  readonly acting: (thread: string, said: string, act: () => Promise<void>, words?: string) => Promise<boolean>;
}

interface OnScreen {
  readonly thread: string;
  readonly story: Story;
}

type CaseActs = Pick<Acts, "triage" | "confirm" | "giveBack" | "people" | "endCase" | "reopen" | "setAside" | "takeUp" | "mailbox" | "outside" | "endMailbox" | "going" | "protection" | "duty" | "panel" | "names" | "related">;

export function caseActs(stage: CaseStage): CaseActs {
  const made = new OnStage(stage);
  const going = new OnePanel((story) => new GoingPanel(stage, story));
  const protection = new OnePanel((story) => new ProtectionPanel(stage, story));
  const deciding = new OnePanel((story) => new DecidingPanel(stage, story));
  const names = new OnePanel((story) => new NamesPanel(stage, story));
  const related = new OnePanel((story) => new RelatedPanel(stage, story));
  const duties = new OnePanel((story) => new DutyPanel(stage, story));
  return {
    triage: () => { void made.triage(); },
    confirm: (button) => { void made.answerTriage(true, button); },
    giveBack: (button) => { void made.answerTriage(false, button); },
    people: () => { void made.people(); },
    endCase: () => { void made.endCase(); },
    reopen: (button) => { void made.again("reopen", button); },
    setAside: () => { void made.setAside(); },
    mailbox: () => { void made.mailbox(); },
    outside: () => { void made.outside(); },
    endMailbox: () => { void made.endMailbox(); },
    going: (story) => going.of(story),
    protection: (story) => protection.of(story),
    panel: (story) => deciding.of(story),
    names: (story) => names.of(story),
    related: (story) => related.of(story),
    duty: (story) => duties.of(story),
    takeUp: (button) => { void made.again("takeUp", button); },
  };
}

/** None where the newest note of the case says just this: the closing was refused, and is tried again. */
function sourcesToSay({ work }: Story, sources: Ended["sources"]): Ended["sources"] {
  return work.shown.at(-1)?.sources.join() === sources.join() ? [] : sources;
}

class OnStage {
  /** A second press meanwhile opens no second dialog. */
  private asking = false;

  constructor(private readonly stage: CaseStage) {}

  async triage(): Promise<void> {
    const found = this.shown();
    if (!found || this.asking) return;
    this.asking = true;
    const kinds = await this.kinds(found.thread);
    this.asking = false;
    if (this.shown()?.thread !== found.thread) return;
    const given = await askTriage(found.story, this.stage.state().facts, kinds);
    if (!given) return;
    await this.stage.acting(found.thread, t("Triaged. A second person who is assigned looks at it next."), () => this.stage.desk().triage(found.thread, given), given.text);
  }

  /** What its law names. A triage does not wait for it: the closed list is the same without. */
  private async kinds(thread: string): Promise<Kinds> {
    try {
      return await this.stage.bench().api.get<Kinds>(`threads/${thread}/classes`);
    } catch {
      return NO_KINDS;
    }
  }

  async people(): Promise<void> {
    const found = this.shown();
    const people = found && await askPeople(found.story, this.stage.state().facts);
    if (!found || !people) return;
    await this.stage.acting(found.thread, t("The people assigned have changed."), () => this.stage.desk().assign(found.thread, people));
  }

  async answerTriage(holds: boolean, button: HTMLElement): Promise<void> {
    const found = this.shown();
    if (!found || !await surelyAnswers(holds)) return;
    const said = holds ? t("Confirmed. It is a case now, and the desk's copy is destroyed.") : t("Given back to the desk.");
    await busy(button, () => this.stage.acting(found.thread, said, () => this.stage.desk().answerTriage(found.thread, holds)));
  }

  async endCase(): Promise<void> {
    const found = this.shown();
    const given = found && await this.ending(found);
    if (!found || !given) return;
    const { opened } = found.story;
    const said = isNobodys(opened) ? t("Closed.") : opened === null ? t("Closed. The reporting person reads the outcome and the grounds.") : t("Closed. They read the outcome and the grounds.");
    if (!await this.stage.acting(found.thread, said, () => this.stage.desk().end(found.thread, { ...given, sources: sourcesToSay(found.story, given.sources) }), given.text)) return;
    // Also where another report is on the screen by now, which is all that has been shown anew.
    if (opened?.purpose === "hearing") await this.stage.acting(found.thread, "", () => this.stage.desk().keepClearance(found.thread));
  }

  async mailbox(): Promise<void> {
    const found = this.shown();
    const { facts } = this.stage.state();
    const wish = found && await askMailbox(found.story, facts, { purposes: ["protection"] });
    if (found && wish) await openAndPrint(this.stage, found.story, wish);
  }

  async outside(): Promise<void> {
    const found = this.shown();
    const bench = this.stage.bench();
    const wish = found && await askOutside(found.story, this.stage.state().facts, (file) => wasShown(bench, found.thread, file));
    if (found && wish) await openAndPrint(this.stage, found.story, wish);
  }

  async endMailbox(): Promise<void> {
    const found = this.shown();
    const sure = found && await ask({
      title: t("End this mailbox now?"), act: t("End it"), danger: true,
      body: t("From now on their words open nothing here. What they have read they have read, and what they saved they keep. It cannot be opened again; for more you open another one."),
    });
    if (found && sure) await this.stage.acting(found.thread, t("The mailbox has ended."), () => this.stage.desk().mailboxes.end(found.thread));
  }

  async setAside(): Promise<void> {
    const found = this.shown();
    if (!found) return;
    const { story, thread } = found;
    const beside = (this.stage.state().listing?.rows ?? []).filter((row) => row.desk === story.desk && row.status === "arrived" && row.declared
      && row.state === "open" && !row.alarm && row.thread !== thread);
    const given = await askAside(thread, beside);
    if (given !== null) await this.stage.acting(thread, t("Set aside. Each mailbox says so and offers a second look."), () => this.stage.desk().setAside(story.desk, given));
  }

  async again(act: "reopen" | "takeUp", button: HTMLElement): Promise<void> {
    const { route } = this.stage.state();
    if (route.at !== "case") return;
    await busy(button, () => this.stage.acting(route.thread, t("Taken up again."), () => this.stage.desk()[act](route.thread)));
  }

  /** Asks how it ends; null where that is left, or where nobody could say what it may end with. */
  private async ending({ thread, story }: OnScreen): Promise<Ended | null> {
    if (story.opened?.purpose !== "hearing") return askEnding(story, true);
    let mayFind = false;
    const asked = await this.stage.acting(thread, "", async () => { mayFind = await this.stage.desk().hearings.mayFind(story); });
    return asked ? askEnding(story, mayFind) : null;
  }

  /** The report that is open, or nothing where the view has gone elsewhere. */
  private shown(): OnScreen | undefined {
    const { route, opened } = this.stage.state();
    return route.at === "case" && opened?.state === "open" ? { thread: route.thread, story: opened.story } : undefined;
  }
}

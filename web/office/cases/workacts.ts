/** What can be done in the daily work on the case that is open; each act is one sealed note. */
import { busy } from "../../elements/busy.js";
import { ask } from "../../elements/dialog.js";
import { t } from "../../elements/words.js";
import type { CaseStage } from "../arrivals/caseacts.js";
import type { AttachedFile, Story } from "../arrivals/types.js";
import type { Facts } from "../facts.js";
import { askEvent, askEvidence, askLetter, askTask, type Noted } from "./worknotes.js";
import type { ShownEvent, ShownEvidence, ShownTask } from "./worktypes.js";

export interface WorkActs {
  task(before?: ShownTask): void;
  /** Marks a task as done, or opens it again. */
  settle(task: ShownTask, done: boolean, button: HTMLElement): void;
  event(before?: ShownEvent): void;
  evidence(): void;
  /** Takes something out of the evidence; the file itself stays. */
  strike(one: ShownEvidence): void;
  letter(): void;
}

export function workActs(stage: CaseStage): WorkActs {
  const keep = async (asked: (story: Story) => Promise<Noted | null>, said: string): Promise<void> => {
    const { route, opened } = stage.state();
    if (route.at !== "case" || opened?.state !== "open") return;
    const noted = await asked(opened.story);
    if (noted !== null) await stage.acting(route.thread, said, () => stage.desk().work(route.thread, noted), noted.text);
  };
  const facts = (): Facts => stage.state().facts;
  return {
    task: (before) => { void keep((story) => askTask(story, facts(), before), t("The task is kept.")); },
    settle: (task, done, button) => {
      const { kind, id, who, due, text, language } = task;
      void busy(button, () => keep(() => Promise.resolve({ note: { kind, id, who, due, done }, text, language }), done ? t("Done.") : t("Opened again.")));
    },
    event: (before) => { void keep(() => askEvent(facts(), before), t("The chronology is kept.")); },
    evidence: () => { void keep((story) => askEvidence(files(story)), t("The evidence is kept.")); },
    strike: (one) => {
      void keep(async () => await ask({ title: t("Take it out of the evidence?"), act: t("Take it out"), body: t("The file itself stays, and so does the note that made it evidence.") })
        ? { note: { kind: "evidence", id: one.id, blob: one.blob, struck: true }, text: one.text, language: one.language } : null, t("Taken out of the evidence."));
    },
    letter: () => { void keep((story) => askLetter(story, facts()), t("The letter is kept.")); },
  };
}

/** Files of the thread that are not evidence yet. */
function files(story: Story): AttachedFile[] {
  const kept = new Set(story.work.evidence.map(({ blob }) => blob));
  return story.entries.flatMap((one) => ("files" in one ? one.files : [])).filter(({ blob }) => !kept.has(blob));
}

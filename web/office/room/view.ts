/** Room: how full the disk is, what takes it up at which desk, and deleting what no report names. */
import { busy } from "../../elements/busy.js";
import { ask } from "../../elements/dialog.js";
import { hold, make } from "../../elements/make.js";
import { count, language, size, t, tn } from "../../elements/words.js";
import { button } from "../fields.js";
import type { DeskFacts } from "../facts.js";
import { inLanguage } from "../page.js";
import { sentenceOf } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import { keepsRoom, roomSentence, roomState, type Heap, type RoomState } from "./state.js";

view("room", { title: () => t("Room for files"), order: 0, for: keepsRoom, render: (host, _path, bench) => new Room(host, bench) });

class Room implements Shown {
  private gone = false;

  constructor(private readonly host: HTMLElement, private readonly bench: Workbench) {
    hold(host, make("h1", {}, t("Room for files")), make("p", { class: "muted" }, t("Loading…")));
    void this.draw("");
  }

  leave(): void {
    this.gone = true;
  }

  /** @param said - what was just done */
  private async draw(said: string): Promise<void> {
    try {
      const state = await roomState(this.bench.api);
      if (!this.gone) hold(this.host, this.page(state, said));
    } catch (error) {
      if (!this.gone) hold(this.host, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private page(state: RoomState, said: string): HTMLElement {
    const { used, free } = state.disk;
    const sentence = roomSentence(state);
    const urgent = state.disk.state === "full" || state.disk.state === "text";
    return make("div", { class: "stack loose" },
      make("h1", {}, t("Room for files")),
      said === "" ? null : make("p", { class: "notice good", role: "status" }, said),
      make("p", { class: sentence === "" ? "lede" : `notice ${urgent ? "danger" : "warning"}` },
        t("The server's disk is {used} % full; {free} are free.", { used: count(used), free: size(free) }), sentence === "" ? "" : " ", sentence),
      make("p", { class: "muted" }, t("From 85 % on, files wait, so that a text never has to. From 95 % on only texts are taken, and the last of the disk is kept for this office.")),
      this.bench.facts.desks.map((desk) => this.desk(desk, state)),
      make("p", { class: "hint" }, t("Files of reports go with their reports. What nobody sends with a report is deleted after a week by itself.")));
  }

  private desk(desk: DeskFacts, state: RoomState): HTMLElement | null {
    const piles = state.desks[desk.id];
    if (piles === undefined) return null;
    const name = inLanguage(desk.names, language());
    const line = (label: string, heap: Heap): HTMLElement => make("div", {}, make("dt", {}, label), make("dd", {}, inWords(heap)));
    return make("section", { class: "card", "aria-label": name },
      make("h2", {}, name),
      make("dl", { class: "facts" },
        line(t("On their way, or never sent with a report"), piles.unfinished),
        line(t("Of reports that nobody has read yet"), piles.unread),
        line(t("Of reports that were read"), piles.read)),
      piles.unfinished.files === 0 ? null : make("div", { class: "actions" }, this.deletion(desk, name)));
  }

  private deletion(desk: DeskFacts, name: string): HTMLButtonElement {
    const made = button(t("Delete what was never sent"), () => { void busy(made, () => this.clear(desk, name)); }, "button danger");
    return made;
  }

  private async clear(desk: DeskFacts, name: string): Promise<void> {
    const { worker, api, session } = this.bench;
    const sure = await ask({
      title: t("Delete what was never sent?"),
      body: make("p", {}, t("This takes nothing from any report. Whoever is sending a file to {name} at this moment has to begin again. It is signed by you and stands in the record.", { name })),
      act: t("Delete it now"), danger: true,
    });
    if (!sure) return;
    try {
      const act = await worker.ask("sign-unfinished-deletion", { desk: desk.id, counter: await session.counter() });
      const { deleted } = await api.post<{ deleted: number }>(`desks/${desk.id}/unfinished-files/deletion`, { act });
      await this.bench.refresh();
      await this.draw(tn("{n} file was deleted.", "{n} files were deleted.", deleted));
    } catch (error) {
      if (!this.gone) this.host.prepend(make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }
}

function inWords({ files, bytes }: Heap): string {
  return files === 0 ? t("nothing") : tn("{n} file, {size}", "{n} files, {size}", files, { size: size(bytes) });
}

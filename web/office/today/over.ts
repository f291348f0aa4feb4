/** What is due for deletion, and what should have been deleted long ago: days and states, no word of any report. */
import { make } from "../../elements/make.js";
import { count, t, tn } from "../../elements/words.js";
import { isWhole, keptFor, lateThere, standingOf, type Kept, type LateThere } from "../cases/kept.js";

/** As the server counts it; what is simply kept is counted and not named. */
export interface OverBoard {
  readonly counts: Readonly<Record<Kept["state"], number>>;
  readonly rows: readonly Kept[];
}

/** What is late at the desks that somebody answers for; of what they may not read it says less. */
export interface LateBoard {
  readonly rows: readonly (Kept | LateThere)[];
}

const SHOWN = 30;

/** For who may read it: what may be deleted now or within two weeks. */
export function overSection({ counts, rows }: OverBoard): HTMLElement {
  const due = rows.filter(({ state }) => state !== "kept");
  return make("section", { class: "stack tight", "aria-labelledby": "over" },
    make("h2", { id: "over" }, t("Due for deletion")),
    counts.unread === 0 ? null : make("p", { class: "notice danger" }, tn("{n} cannot be deleted, because nobody has read all of it.", "{n} cannot be deleted, because nobody has read all of them.", counts.unread)),
    due.length === 0 ? make("p", { class: "muted" }, t("Nothing is due for deletion within two weeks.")) : table(due, (row) => make("span", {}, make("a", { href: `#/arrivals/${row.thread}` }, keptFor(row)), make("span", { class: "muted", "data-report": row.thread, dir: "auto" }))),
    due.length < 2 ? null : make("p", {}, make("a", { class: "button secondary", href: "#/deleting" }, t("Delete many at once"))),
    make("p", { class: "small" }, make("a", { href: "#/certificates" }, t("What was deleted")), " · ", make("a", { href: "#/case-file" }, t("Open an exported case"))));
}

/** For leads and oversight: what nobody has read, and what lies here two weeks after its day. Nothing where there is none. */
export function overLateSection({ rows }: LateBoard, desk: (id: string) => string): HTMLElement | null {
  if (rows.length === 0) return null;
  return make("section", { class: "stack tight", "aria-labelledby": "overlate" },
    make("h2", { id: "overlate" }, t("Should be deleted, and is still here")),
    table(rows, (row) => make("span", {}, isWhole(row) ? keptFor(row) : lateThere(row, desk(row.desk)))),
    make("p", { class: "muted small" }, t("No member can take this off the list: it goes when two people have deleted it.")));
}

function table<One extends LateThere>(rows: readonly One[], name: (row: One) => HTMLElement): HTMLElement {
  return make("div", { class: "stack tight" },
    make("ul", { class: "duelist", role: "list" }, rows.slice(0, SHOWN).map((row) => make("li", { class: "row apart" },
      name(row),
      make("span", { class: `chip ${row.late || row.state === "unread" ? "late" : "due"}` }, standingOf(row))))),
    rows.length > SHOWN ? make("p", { class: "muted small" }, t("The first {n} are shown.", { n: count(SHOWN) })) : null);
}

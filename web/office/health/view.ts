/** Health: whether daily messages get through, whether the nights ran, how full the disk is. Silence is shown, too. */
import { hold, make } from "../../elements/make.js";
import { count, moment, size, t, tn } from "../../elements/words.js";
import { button } from "../fields.js";
import { sentenceOf } from "../telling.js";
import { view, type Shown, type Workbench } from "../views.js";
import { healthOf, isBad, seesHealth, type Health, type JobRun, type Way } from "./state.js";

view("health", { title: () => t("Health"), order: 80, for: seesHealth, render: (host, _path, bench) => new HealthView(host, bench) });

class HealthView implements Shown {
  private gone = false;

  constructor(private readonly host: HTMLElement, private readonly bench: Workbench) {
    hold(host, make("h1", {}, t("Health")), make("p", { class: "muted" }, t("Loading…")));
    void this.draw();
  }

  leave(): void {
    this.gone = true;
  }

  private async draw(): Promise<void> {
    try {
      const health = await healthOf(this.bench.api);
      if (!this.gone) hold(this.host, this.page(health));
    } catch (error) {
      if (!this.gone) hold(this.host, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
    }
  }

  private page(health: Health): HTMLElement {
    const { ways, jobs, disk } = health;
    return make("div", { class: "stack loose" },
      make("div", { class: "row apart" }, make("h1", {}, t("Health")),
        button(t("Look again"), () => { void this.draw(); }, "button secondary")),
      make("p", { class: "muted" }, t("As of {moment}. Nothing here tells anything of any report.", { moment: moment(health.now) })),
      way(t("Daily message by e-mail"), ways.mail, health.now),
      way(t("Daily message to other programs (webhook)"), ways.webhook, health.now),
      nights(jobs),
      make("section", { class: "card", "aria-label": t("Disk") }, make("h2", {}, t("Disk")),
        make("p", { class: disk.roomy ? null : "notice danger" },
          t("The server's disk is {used} % full; {free} are free.", { used: count(disk.used), free: size(disk.free) }), " ",
          make("a", { href: "#/room" }, t("Room for files")))));
  }
}

function way(title: string, one: Way, now: string): HTMLElement {
  const line = (label: string, value: string | null): HTMLElement | null =>
    value === null ? null : make("div", {}, make("dt", {}, label), make("dd", {}, value));
  return make("section", { class: "card", "aria-label": title },
    make("div", { class: "row apart" }, make("h2", {}, title), chip(one)),
    make("p", { class: isBad(one) ? "notice danger" : null }, sentence(one), one.why === "" ? "" : ` ${one.why}`),
    one.configured && make("dl", { class: "facts beside" },
      line(t("Waiting"), one.waiting === 0 || one.oldest === null ? t("nothing") : tn("{n} message, for {age}", "{n} messages, the oldest for {age}", one.waiting, { age: age(one.oldest, now) })),
      line(t("Last success"), one.success === null ? t("never") : moment(one.success)),
      line(t("Last failure"), one.failure === null ? t("never") : moment(one.failure))));
}

function chip(one: Way): HTMLElement {
  if (isBad(one)) return make("span", { class: "chip late" }, t("To be mended"));
  if (one.state === "good") return make("span", { class: "chip good" }, t("Well"));
  if (one.why !== "") return make("span", { class: "chip due" }, t("Waiting"));
  return make("span", { class: "chip" }, one.state === "off" ? t("Not in use") : t("Not yet tried"));
}

function sentence(one: Way): string {
  switch (one.state) {
    case "off": return one.configured ? t("Nobody has asked for it.") : t("Whoever operates this line has not set it up.");
    case "new": return one.why === "" ? t("Nothing was due yet.") : t("None has got through yet.");
    case "good": return t("The last one was taken.");
    case "slow": return t("A message has waited for more than an hour.");
    case "given-up": return t("A message was given up, and none has got through since. Whoever waits for it does not know.");
    case "stopped": return t("The last day's message was not even made: the program that sends does not run.");
  }
}

/** How long something has waited. */
function age(since: string, now: string): string {
  const minutes = Math.max(0, Math.round((Date.parse(now) - Date.parse(since)) / 60_000));
  return minutes < 120 ? tn("{n} minute", "{n} minutes", minutes) : tn("{n} hour", "{n} hours", Math.round(minutes / 60));
}

/** Names of jobs are words of the program; those we know have words for people. */
function jobName(name: string): string {
  switch (name) {
    case "shred": return t("Deleting what is over its time");
    case "record": return t("Publishing the record of the day");
    case "triages": return t("Giving back triages that nobody confirmed");
    case "figures": return t("Publishing the figures of the month");
    case "manifests": return t("Showing the office's documents");
    default: return name;
  }
}

function nights(jobs: readonly JobRun[]): HTMLElement {
  const row = (job: JobRun): HTMLElement => make("tr", {},
    make("th", { scope: "row" }, jobName(job.name)),
    make("td", {}, job.done === null ? t("never") : moment(job.done)),
    make("td", {}, job.late
      ? make("span", { class: "chip late" }, job.fault === "" ? t("Late") : t("Failed ({fault})", { fault: job.fault }))
      : make("span", { class: "chip good" }, t("Well"))));
  return make("section", { class: "card", "aria-label": t("Nightly work") }, make("h2", {}, t("Nightly work")),
    make("div", { class: "tablebox" }, make("table", { class: "table" },
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, t("Work")), make("th", { scope: "col" }, t("Last done")),
        make("th", { scope: "col" }, t("State")))),
      make("tbody", {}, jobs.map(row)))));
}

/**
 * Addresses inside the workbench, for colleagues to share. They name a desk, a filter or a report's random id and
 * never a word of what anybody wrote: an address ends up in the browser's history.
 */

import { LABELS, type WorkLabel } from "../../seal/labels.js";

export const SHOWN = ["all", "new", "unread", "cases", "aside", "mine", "us", "them"] as const;
export type Shown = (typeof SHOWN)[number];
export const SORTS = ["newest", "oldest", "longest"] as const;
export type Sort = (typeof SORTS)[number];

export interface ListRoute {
  readonly at: "list";
  /** A desk's id, or empty for all desks. */
  readonly desk: string;
  readonly shown: Shown;
  readonly sort: Sort;
  /** A label of the closed list, or empty. */
  readonly label: WorkLabel | "";
  /** The state in clear, as the mailbox shows it, or empty. */
  readonly status: string;
  /** First and last day of arrival, `YYYY-MM-DD`, or empty. */
  readonly since: string;
  readonly until: string;
}

export interface CaseRoute {
  readonly at: "case";
  readonly thread: string;
}

export type Route = ListRoute | CaseRoute;

const ID = /^[A-Za-z0-9_-]{22}$/;
const DAY = /^[1-9]\d{3}-\d{2}-\d{2}$/;
const STATUS = /^[a-z][a-z-]{0,15}$/;
export const START: ListRoute = {
  at: "list", desk: "", shown: "all", sort: "newest", label: "", status: "", since: "", until: "",
};

/** Reads what follows `#/arrivals`; whatever is not understood is left at its start. */
export function read(path: string): Route {
  const [way = "", query = ""] = path.split("?", 2);
  const thread = /^\/([^/]+)$/.exec(way)?.[1];
  if (thread !== undefined && ID.test(thread)) return { at: "case", thread };
  const asked = new URLSearchParams(query);
  const like = (name: string, form: RegExp): string => {
    const value = asked.get(name) ?? "";
    return form.test(value) ? value : "";
  };
  return {
    at: "list", desk: like("desk", ID),
    shown: SHOWN.find((one) => one === asked.get("show")) ?? "all",
    sort: SORTS.find((one) => one === asked.get("sort")) ?? "newest",
    label: LABELS.find((one) => one === asked.get("label")) ?? "",
    status: like("state", STATUS), since: like("since", DAY), until: like("until", DAY),
  };
}

/** The address of a route, as `read` reads it. */
export function write(route: Route): string {
  if (route.at === "case") return `/${route.thread}`;
  const query = new URLSearchParams();
  if (route.desk !== "") query.set("desk", route.desk);
  if (route.shown !== "all") query.set("show", route.shown);
  if (route.sort !== "newest") query.set("sort", route.sort);
  if (route.label !== "") query.set("label", route.label);
  if (route.status !== "") query.set("state", route.status);
  if (route.since !== "") query.set("since", route.since);
  if (route.until !== "") query.set("until", route.until);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

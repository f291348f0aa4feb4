/**
 * Addresses inside the workbench, for colleagues to share. They name a desk, a filter or a report's random id and
 * never a word of what anybody wrote: an address ends up in the browser's history.
 */

export const SHOWN = ["all", "unread", "us", "them"] as const;
export type Shown = (typeof SHOWN)[number];
export const SORTS = ["newest", "oldest", "longest"] as const;
export type Sort = (typeof SORTS)[number];

export interface ListRoute {
  readonly at: "list";
  /** A desk's id, or empty for all desks. */
  readonly desk: string;
  readonly shown: Shown;
  readonly sort: Sort;
}

export interface CaseRoute {
  readonly at: "case";
  readonly thread: string;
}

export type Route = ListRoute | CaseRoute;

const ID = /^[A-Za-z0-9_-]{22}$/;
export const START: ListRoute = { at: "list", desk: "", shown: "all", sort: "newest" };

/** Reads what follows `#/arrivals`; whatever is not understood is left at its start. */
export function read(path: string): Route {
  const [way = "", query = ""] = path.split("?", 2);
  const thread = /^\/([^/]+)$/.exec(way)?.[1];
  if (thread !== undefined && ID.test(thread)) return { at: "case", thread };
  const asked = new URLSearchParams(query);
  const desk = asked.get("desk") ?? "";
  return {
    at: "list",
    desk: ID.test(desk) ? desk : "",
    shown: SHOWN.find((one) => one === asked.get("show")) ?? "all",
    sort: SORTS.find((one) => one === asked.get("sort")) ?? "newest",
  };
}

/** The address of a route, as `read` reads it. */
export function write(route: Route): string {
  if (route.at === "case") return `/${route.thread}`;
  const query = new URLSearchParams();
  if (route.desk !== "") query.set("desk", route.desk);
  if (route.shown !== "all") query.set("show", route.shown);
  if (route.sort !== "newest") query.set("sort", route.sort);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

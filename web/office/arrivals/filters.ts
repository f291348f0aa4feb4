/** Which arrivals are shown, and in which order. */

import type { ListRoute } from "./route.js";
import type { Arrival } from "./types.js";

/**
 * The arrivals of a route. Days are all that is known of arrival, so that two of one day are put in the order of
 * their random ids: an order that tells nothing, but stays the same from one look to the next.
 */
export function arranged(arrivals: readonly Arrival[], route: ListRoute): Arrival[] {
  const kept = arrivals.filter((one) => (route.desk === "" || one.desk === route.desk) && fits(one, route));
  const direction = route.sort === "newest" ? -1 : 1;
  return kept.sort((a, b) => {
    if (route.sort === "longest") {
      const turn = Number(b.waiting === "us") - Number(a.waiting === "us");
      if (turn !== 0) return turn;
    }
    const days = a.newest < b.newest ? -1 : Number(a.newest > b.newest);
    return days === 0 ? (a.thread < b.thread ? -1 : 1) : days * direction;
  });
}

function fits(one: Arrival, route: ListRoute): boolean {
  switch (route.shown) {
    case "unread": return one.unread > 0;
    case "us": return one.waiting === "us";
    case "them": return one.waiting === "them";
    case "all": return true;
  }
}

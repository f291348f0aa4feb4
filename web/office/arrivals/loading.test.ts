import { expect, test } from "vitest";

import { Refusal, type Api } from "../api";
import type { OfficeWorker } from "../worker";
import { Loading } from "./loading";

/** A server with two pages of a list, whose second does not come as often as is said. */
function server(fails: number): { readonly loading: Loading; readonly asked: string[]; readonly heard: unknown[] } {
  const asked: string[] = [], heard: unknown[] = [];
  let left = fails;
  const api = {
    bytes: (path: string) => {
      asked.push(path);
      if (path.includes("after=") && left > 0) {
        left -= 1;
        return Promise.reject(new Refusal(0, "offline", "The office's server did not answer."));
      }
      return Promise.resolve(new Uint8Array([path.includes("after=") ? 2 : 1]));
    },
    text: () => Promise.resolve("{}"),
  } as unknown as Api;
  const worker = {
    ask: (what: string, given: { readonly answer: Uint8Array } | null) => {
      switch (what) {
        case "arrivals": return Promise.resolve({ next: given?.answer[0] === 1 ? { desk: "older" } : {}, today: "2026-11-30" });
        case "index-states": return Promise.resolve({ pages: [], deltas: [] });
        case "how-many-to-open": return Promise.resolve(0);
        default: return Promise.resolve([]);
      }
    },
  } as unknown as OfficeWorker;
  const loading = new Loading(worker, api, () => Promise.reject(new Error("nothing to open")), () => Promise.reject(new Error("nothing to open")));
  loading.listen((error) => { if (error !== undefined) heard.push(error); });
  return { loading, asked, heard };
}

test("a list that broke off is begun anew by whoever needs all of it", async () => {
  const { loading, asked, heard } = server(1);
  await loading.begin();
  await loading.whole();
  expect(heard).toHaveLength(1);
  expect(asked.filter((path) => path === "arrivals?desk=desk&after=older")).toHaveLength(2);
  expect(loading.begun).toBe(true);
});

test("a list that breaks off again says so, and is not taken for the whole", async () => {
  const { loading } = server(2);
  await loading.begin();
  await expect(loading.whole()).rejects.toMatchObject({ code: "offline" });
  expect(loading.begun).toBe(false);
  await loading.begin();
  await loading.whole();
});

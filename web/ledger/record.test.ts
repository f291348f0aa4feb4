import { describe, expect, it } from "vitest";

import { random, same } from "../seal/primitives.js";
import { nextDay } from "./days.js";
import { arrivalEntry, searchTag } from "./leaves.js";
import { verifyConsistency, verifyInclusion } from "./merkle.js";
import type { Promised } from "./promises.js";
import { Publisher } from "./testing/publisher.js";
import { Tree, tilePath } from "./tiles.js";

const DAYS = ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"] as const;

function published(): { office: Publisher; kept: Promised; tag: Uint8Array } {
  const office = new Publisher(), tag = random(32);
  const leaf = arrivalEntry({ tag: searchTag(tag, "r", 0), content: random(32), files: random(32) });
  const kept = office.promise(leaf, DAYS[1]);
  for (const day of DAYS) office.publish(day, day === DAYS[1] ? [leaf] : [], day === DAYS[2] ? 1024 : 256);
  return { office, kept, tag };
}

describe("a promise at the next visit", () => {
  it("is kept, and nobody learns from the requests which entry it was", async () => {
    const { office, kept } = published();
    const { promise, newest } = await office.record().check(kept, "2026-03-03");
    expect(promise.state).toBe("kept");
    expect(newest?.checkpoint.size).toBe(1792);
    const asked = [...office.asked];
    office.asked.length = 0;
    const other = office.promise(random(96), DAYS[1]);
    expect((await office.record().check(other, "2026-03-03")).promise.state).toBe("broken");
    expect(office.asked).toEqual(asked);
  });

  it("waits for its night and is overdue after it", async () => {
    const { office } = published();
    const late = office.promise(random(96), "2026-03-03");
    expect((await office.record().check(late, "2026-03-04")).promise.state).toBe("waiting");
    expect((await office.record().check(late, "2026-03-05")).promise.state).toBe("overdue");
  });

  it("is overdue when its day is withheld although later days are out", async () => {
    const { office, kept } = published();
    office.files.delete(`arrivals/${DAYS[1]}`);
    expect((await office.record().check(kept, "2026-03-03")).promise.state).toBe("overdue");
  });

  it("is not kept by a day that belongs to another history", async () => {
    const { office, kept } = published();
    const twin = office.twin();
    for (const day of DAYS) twin.publish(day, day === DAYS[1] ? [kept.leaf] : [], day === DAYS[2] ? 1024 : 256);
    for (const path of [`arrivals/${DAYS[1]}`, `arrivals/${DAYS[1]}/head`]) {
      office.files.set(path, twin.files.get(path) ?? random(1));
    }
    await expect(office.record().check(kept, "2026-03-03")).rejects.toThrow("proof-consistency");
  });
});

describe("a record seen before", () => {
  it("may grow", async () => {
    const { office, kept } = published();
    const seen = (await office.record().newest("arrivals"))?.checkpoint;
    office.publish("2026-03-03");
    const { newest } = await office.record().check(kept, "2026-03-03", seen);
    expect(newest?.checkpoint.size).toBe(2048);
  });

  it("may not shrink, vanish or change", async () => {
    const { office, kept } = published();
    const early = new Map(office.files);
    const today = await office.record().newest("arrivals");
    office.publish("2026-03-03");
    const seen = (await office.record().newest("arrivals"))?.checkpoint;
    for (const [path, file] of early) office.files.set(path, file);
    await expect(office.record().check(kept, "2026-03-04", seen)).rejects.toThrow("record-rollback");
    office.files.delete("arrivals/checkpoint");
    await expect(office.record().check(kept, "2026-03-04", seen)).rejects.toThrow("record-rollback");
    const forked = published();
    expect(today).toBeDefined();
    await expect(forked.office.record().check(forked.kept, "2026-03-04", seen)).rejects.toThrow("record-origin");
  });
});

describe("a lost mailbox", () => {
  it("is found in the record by its words", async () => {
    const { office, kept, tag } = published();
    const found = [];
    for await (const hit of office.record().search(tag, "r")) found.push(hit);
    expect(found.map((hit) => hit.day)).toEqual([DAYS[1]]);
    expect(same(found[0]?.entries.get(0)?.[0] ?? random(1), kept.leaf)).toBe(true);
  });

  it("is not found by other words, after all days were read back to the first", async () => {
    const { office } = published();
    for await (const hit of office.record().search(random(32), "r")) expect(hit).toBeUndefined();
    expect(office.asked).toContain(`arrivals/${DAYS[0]}`);
  });

  it("is not looked for in a newest day that only this visitor is shown", async () => {
    const { office, tag } = published();
    const twin = office.twin();
    for (const day of DAYS) twin.publish(day);
    for (const path of [...twin.files.keys()].filter((one) => one !== "arrivals/checkpoint")) {
      office.files.set(path, twin.files.get(path) ?? random(1));
    }
    const reading = (async () => {
      for await (const hit of office.record().search(tag, "r")) expect(hit).toBeUndefined();
    })();
    await expect(reading).rejects.toThrow("record-fork");
  });

  it("is not looked for past a hole", async () => {
    const { office } = published();
    office.files.delete(`arrivals/${DAYS[1]}/head`);
    const reading = (async () => {
      for await (const hit of office.record().search(random(32), "r")) expect(hit).toBeUndefined();
    })();
    await expect(reading).rejects.toThrow("day-missing");
  });
});

describe("tiles", () => {
  it("prove every leaf and every past", async () => {
    const { office } = published();
    const files = (path: string) => Promise.resolve(office.files.get(`arrivals/${path}`));
    const tree = new Tree(office.hashes.length, files), root = (await tree.edge()).root();
    for (const index of [0, 255, 256, 1000, 1791]) {
      const leaf = office.hashes[index] ?? random(32);
      verifyInclusion(leaf, index, tree.size, await tree.inclusion(index), root);
    }
    for (const old of [0, 256, 512, 1536, 1792]) {
      verifyConsistency(old, tree.size, await tree.consistency(old), (await tree.edge(old)).root(), root);
    }
  });

  it("lie where the specification says", () => {
    expect(tilePath(0, 1234067)).toBe("tile/0/x001/x234/067");
    expect(tilePath(1, 0, 17)).toBe("tile/1/000.p/17");
  });

  it("are missed when they are not there", async () => {
    const tree = new Tree(512, () => Promise.resolve(undefined));
    await expect(tree.inclusion(3)).rejects.toThrow("tile-missing");
  });

  it("count days over the end of a month", () => {
    expect(nextDay("2028-02-28")).toBe("2028-02-29");
  });
});

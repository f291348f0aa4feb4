import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { wordsOf } from "./difference.js";
import { grouped, LONGEST, type Grouped, type Told } from "./likeness.js";

const JUNK = "Congratulations! Your number {n} has won the great prize of the harbour lottery. Send your name and your account to the office of winners before Friday, "
  + "and one of our friendly agents will call you back. This offer is only for you and ends soon, so do not wait and answer today.";
const CHINESE = "恭喜您！您的号码{n}在港口大抽奖中获得了特等奖。请在星期五之前把姓名和账号寄到兑奖办公室，我们的工作人员会尽快与您联系。此优惠仅限本人，请勿错过，今天就回复。";
const ARABIC = "تهانينا! لقد فاز رقمكم {n} بالجائزة الكبرى في سحب الميناء. أرسلوا الاسم ورقم الحساب إلى مكتب الفائزين قبل يوم الجمعة وسيتصل بكم أحد موظفينا. هذا العرض لكم وحدكم وينتهي قريبا فلا تنتظروا.";

function told(texts: readonly string[], frame: string | null = "safety"): Told[] {
  return texts.map((text, at) => ({ thread: `t${String(at).padStart(4, "0")}`, frame: frame ?? undefined, text }));
}

function many(template: string, n: number): string[] {
  return Array.from({ length: n }, (_, at) => template.replace("{n}", String(7000 + at * 13)));
}

/** How often each word stands in some texts. */
function tally(texts: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const text of texts) for (const key of wordsOf(text).keys) found.set(key, (found.get(key) ?? 0) + 1);
  return found;
}

/** Every word of every report of a group is on the screen: in the first text, or in a variant that says whose it is. */
function hidesNothing(heap: Grouped, reports: readonly Told[]): void {
  for (const { text: first, threads, variants } of heap.groups) {
    for (const thread of threads) {
      const own = variants.filter((variant) => variant.threads.includes(thread));
      const left = tally([first, ...own.map(({ says }) => says)]);
      for (const [key, n] of tally(own.map(({ instead }) => instead))) left.set(key, (left.get(key) ?? 0) - n);
      const text = reports.find((one) => one.thread === thread)?.text ?? "";
      expect(new Map([...left].filter(([, n]) => n !== 0))).toEqual(tally([text]));
    }
  }
}

const words = fc.constantFrom("gate", "key", "open", "7", "night", "crate", "仓", "库", "باب", ".", ",");
const texts = fc.array(fc.array(words, { minLength: 1, maxLength: 14 }).map((one) => one.join(" ")), { maxLength: 14 });

describe("reports of near-equal text", () => {
  it("hide no word of any of them, whatever they say", async () => {
    await fc.assert(fc.asyncProperty(texts, async (all) => {
      const reports = told(all);
      hidesNothing(await grouped(reports), reports);
    }));
  });

  it("are each in one place, and nowhere twice", async () => {
    await fc.assert(fc.asyncProperty(texts, async (all) => {
      const heap = await grouped(told(all));
      const placed = [...heap.alone.map(({ thread }) => thread), ...heap.groups.flatMap(({ threads }) => threads)];
      expect(placed.sort()).toEqual(told(all).map(({ thread }) => thread));
    }));
  });

  it("are grouped the same way in whatever order they come", async () => {
    await fc.assert(fc.asyncProperty(texts.chain((all) => fc.tuple(fc.constant(told(all)), fc.shuffledSubarray(told(all), { minLength: all.length }))), async ([one, other]) => {
      expect(await grouped(other)).toEqual(await grouped(one));
    }));
  });

  it.each([["English", JUNK], ["Chinese", CHINESE], ["Arabic", ARABIC]])("come together in %s, and the numbers in them are shown", async (_name, template) => {
    const reports = told(many(template, 30));
    const heap = await grouped(reports);
    expect([heap.alone.length, heap.groups.length]).toEqual([0, 1]);
    const [group] = heap.groups;
    expect(new Set(group?.variants.map(({ says }) => says))).toEqual(new Set(reports.filter(({ thread }) => thread !== group?.first).map((_one, at) => String(7000 + (at + 1) * 13))));
    hidesNothing(heap, reports);
  });

  it.each([
    ["English", JUNK, "answer today", "answer today. Yesterday two men in grey coats copied the keys of the pumping station near the weir"],
    ["Chinese", CHINESE, "今天就回复", "昨晚两名男子在水厂北门复制了泵房的钥匙"],
    ["Arabic", ARABIC, "فلا تنتظروا", "ورأيت رجلين ينسخان مفاتيح محطة الضخ عند البوابة الشمالية ليلة أمس"],
  ])("keep nobody's own sentence in %s: a copy of junk that says more stands by itself, and what it says is marked", async (_name, template, where, sentence) => {
    const junk = many(template, 200);
    const real = (junk[77] ?? "").replace(where, sentence);
    const heap = await grouped(told([...junk, real]));
    expect(heap.groups.map(({ threads }) => threads.length)).toEqual([200]);
    const [alone] = heap.alone;
    expect(alone).toMatchObject({ thread: "t0200", like: { others: 200 } });
    const marked = alone?.like?.marks.map(([from, to]) => alone.text.slice(from, to)).join(" ") ?? "";
    for (const key of wordsOf(sentence).keys) expect(wordsOf(`${marked} ${where}`).keys).toContain(key);
  });

  it("come together where some leave a sentence away, and never where one says a sentence more", async () => {
    const junk = many(JUNK, 20), without = many(JUNK.replace("and one of our friendly agents will call you back", ""), 4);
    const longer = (junk[5] ?? "").replace("answer today", "answer today. Two men in grey coats copied the keys of the pumping station");
    for (const real of [[longer], [longer, longer]]) {
      const reports = told([...junk, ...without, ...real]);
      const heap = await grouped(reports);
      expect(heap.groups.map(({ threads }) => threads.length)).toEqual(real.length === 1 ? [24] : [2, 24]);
      expect(heap.groups.at(-1)?.text).not.toContain("grey coats");
      hidesNothing(heap, reports);
    }
  });

  it("show a single word that turns the sense around", async () => {
    const junk = many(JUNK, 40);
    const real = (junk[3] ?? "").replace("do not wait", "do wait").replace("friendly", "armed");
    const heap = await grouped(told([...junk, real]));
    const said = heap.groups[0]?.variants.filter(({ threads }) => threads.includes("t0040")).map(({ instead, says }) => [instead, says]);
    expect(said).toContainEqual(["friendly", "armed"]);
    expect(said).toContainEqual(["not", ""]);
  });

  it("are not alike where anything beside the words differs", async () => {
    const [one, two] = [told(many(JUNK, 2), "contact: none"), told(many(JUNK, 2), "contact: a number")];
    const reports = [...one, ...two.map((report, at) => ({ ...report, thread: `u${at}` }))];
    expect((await grouped(reports)).groups.map(({ threads }) => threads)).toEqual(expect.arrayContaining([["t0000", "t0001"], ["u0", "u1"]]));
    const none = await grouped(told(many(JUNK, 3), null));
    expect([none.alone.length, none.groups.length]).toEqual([3, 0]);
  });

  it("come with those by themselves first, and the smallest group before the greatest", async () => {
    const heap = await grouped(told([...many(JUNK, 9), ...many(CHINESE, 3), "Somebody copied the keys of the fuel store.", "水库的门昨晚开着。"]));
    expect(heap.groups.map(({ threads }) => threads.length)).toEqual([3, 9]);
    expect(heap.alone.map(({ like }) => like)).toEqual([null, null]);
  });

  it("are never told by a glance where they are long or say nothing", async () => {
    const long = "gate ".repeat(LONGEST / 5 + 1);
    const heap = await grouped(told([long, long, "", "  ", "", "!"]));
    expect(heap.groups).toEqual([]);
    expect(heap.alone.length).toBe(6);
  });

  it("do not join through a chain of neighbours: each is near to the text that is shown", async () => {
    const base = JUNK.replace("{n}", "1").split(" ");
    const chain = Array.from({ length: 30 }, (_, at) => base.map((word, place) => (place < at * 2 ? `other${place}` : word)).join(" "));
    const reports = told(chain);
    const heap = await grouped(reports);
    for (const { text, threads } of heap.groups) {
      for (const thread of threads) {
        const member = reports.find((one) => one.thread === thread)?.text.split(" ") ?? [];
        expect(member.filter((word, at) => word !== text.split(" ")[at]).length).toBeLessThan(30);
      }
    }
    hidesNothing(heap, reports);
  });
});

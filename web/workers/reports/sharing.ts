/**
 * Shares of names' keys go from one custodian to another (docs/formats.md §27): who leaves passes theirs on, and what a
 * vanished custodian held is made again from the others', exactly as it was dealt. No name comes near.
 */
import { seal, unseal } from "../../seal/age.js";
import type { Where } from "../../seal/author.js";
import type { Share } from "../../seal/bodies.js";
import type { Charter } from "../../seal/charter.js";
import { writeEnvelope } from "../../seal/envelope.js";
import { RefusedError, SealError } from "../../seal/errors.js";
import { Fields } from "../../seal/fields.js";
import type { Json } from "../../seal/jsontext.js";
import { shareInside } from "../../seal/opening.js";
import { readParcel, writeParcel, type ParcelFile } from "../../seal/parcel.js";
import { passedInside, writePassed } from "../../seal/passing.js";
import { b64, H, join, same, unb64 } from "../../seal/primitives.js";
import { recipientHash, type Recipient } from "../../seal/recipients.js";
import { again } from "../../seal/shares.js";
import { signAct } from "../acts.js";
import type { Keyring, Place } from "../keyring.js";

/** What a custodian has their browser do: pass theirs on, hand them to who asks for them, or make lost ones again. */
export type SharesTask =
  | { readonly kind: "pass"; readonly to: string }
  | { readonly kind: "hand"; readonly to: string; readonly gathering: string }
  | { readonly kind: "again"; readonly to: string };

/** How many names of a page met with what. */
export interface SharesCount {
  /** Sealed to the receiver now. */
  readonly sealed: number;
  /** Lay with them before, or need nothing. */
  readonly there: number;
  /** The receiver has another share of this name: two would count for two people. */
  readonly held: number;
  /** Nothing of it opens here, or too few shares came together. */
  readonly few: number;
}

/** The shares of one name, as the server gives them. */
export interface NameShares {
  readonly where: Where;
  readonly message: number;
  readonly day: string;
  readonly dealt: readonly Uint8Array[];
  readonly passed: readonly PassedRow[];
  readonly own: readonly { readonly gathering: boolean; readonly file: Uint8Array }[];
}

interface PassedRow {
  readonly index: number;
  readonly to: string;
  readonly by: string;
  readonly gathering: boolean;
}

interface Sealing {
  readonly name: NameShares;
  readonly share: Share;
}

/** @returns where the next page begins; null after the last */
export function readShares(parcel: Uint8Array, keys: Keyring): { readonly names: readonly NameShares[]; readonly next: string | null } {
  const { head, files } = readParcel(parcel), left = [...files], fields = new Fields(head);
  const names = fields.list("names", (value): NameShares => readName(value, left, keys));
  return { names, next: fields.value("next") === null ? null : fields.text("next") };
}

function readName(value: Json, left: ParcelFile[], keys: Keyring): NameShares {
  const fields = new Fields(value), next = () => left.shift()?.bytes ?? new Uint8Array(0);
  return {
    where: { office: keys.office, desk: fields.id("desk"), thread: fields.id("thread") }, message: fields.integer("message"), day: fields.day("day"),
    dealt: Array.from({ length: fields.integer("shares") }, next),
    passed: fields.list("passed", (row) => {
      const one = new Fields(row);
      return { index: one.integer("index"), to: one.text("to"), by: one.text("by"), gathering: one.flag("gathering") };
    }),
    own: fields.list("own", (row) => ({ gathering: new Fields(row).flag("gathering"), file: next() })),
  };
}

/** A custodian of the charter in force. Throws RefusedError `no-custodian`. */
export function keeperOf(id: string, keys: Keyring): Place {
  const found = keys.people.get(id);
  const custodians = keys.manifest.charter.custody?.custodians ?? [];
  if (found === undefined || !found.entry.roles.includes("custodian") || !custodians.includes(found.recipient)) {
    throw new RefusedError("no-custodian", "Only a custodian of the charter in force can keep shares of names.");
  }
  return found;
}

/** What a task makes of a page of names: the parcel to post, null where there is nothing. */
export async function worked(
  task: SharesTask, names: readonly NameShares[], keys: Keyring, counter: number,
): Promise<{ readonly parcel: Uint8Array | null; readonly count: SharesCount }> {
  const to = keeperOf(task.to, keys), sealings: Sealing[] = [];
  const count = { sealed: 0, there: 0, held: 0, few: 0 };
  for (const name of names) {
    const found = await chosen(task, name, to, keys);
    if (typeof found === "string") count[found] += 1;
    else {
      sealings.push({ name, share: found });
      count.sealed += 1;
    }
  }
  return { parcel: sealings.length === 0 ? null : await parcelOf(task, sealings, to, keys, counter), count };
}

/** The share of one name that goes to `to`, or why none does. */
async function chosen(task: SharesTask, name: NameShares, to: Place, keys: Keyring): Promise<Share | "there" | "held" | "few"> {
  const own = await ownOf(name, keys), lists = custodies(name, keys, own);
  // Nothing says who the custodians were: nobody can tell what is lost, nor that the receiver has none.
  if (lists.length === 0) return "few";
  const { sure: [lost], possible } = lostOf(name, keys, own);
  if (task.kind !== "pass" && possible.length === 0) return "there";
  if (task.kind !== "again" && own === undefined) return "few";
  const given = name.passed.filter((one) => one.to === task.to && one.gathering === (task.kind === "hand"));
  // A run that was broken off begins anew, and does nothing twice.
  if (task.kind !== "again" && given.some(({ index }) => index === own?.index)) return "there";
  if (task.kind === "hand") return own ?? "few";
  if (given.length > 0 || lists.some((one) => one.includes(to.recipient))) return "held";
  if (task.kind === "pass") return own ?? "few";
  return lost === undefined ? "few" : madeAgain(name, own, lost, keys);
}

/** The lost share, made from those that were gathered, and from one's own where one has it. */
async function madeAgain(name: NameShares, own: Share | undefined, lost: number, keys: Keyring): Promise<Share | "few"> {
  const gathered = await Promise.all(name.own.filter(({ gathering }) => gathering).map(({ file }) => passedOf(file, name, keys)));
  const [first, ...others] = [own, ...gathered].filter((one) => one !== undefined);
  if (first === undefined) return "few";
  // Of another deal: whoever handed it over held to other hashes than the share that lies here.
  const alike = [first, ...others.filter(({ hashes }) => same(join(...hashes), join(...first.hashes)))];
  const shares = new Map(alike.map(({ index, share }) => [index, share]));
  if (shares.size < 2 || shares.has(lost)) return "few";
  const share = await again(shares, first.hashes, lost);
  return share === undefined ? "few" : { index: lost, share, hashes: first.hashes };
}

/** This custodian's share of a name: as it was dealt to them, or passed on to them since. */
export async function ownOf(name: NameShares, keys: Keyring): Promise<Share | undefined> {
  const seals = keys.seals.map(({ recipient }) => recipient);
  // Where the charter says that it lies it is looked for first: each file that does not open costs as much as one that does.
  const expected = custodies(name, keys).flatMap((one) => one.flatMap((recipient, place) => seals.includes(recipient) ? [place] : []));
  for (const at of new Set([...expected, ...name.dealt.keys()])) {
    const found = await dealtOf(name.dealt[at] ?? new Uint8Array(0), name, keys);
    if (found !== undefined) return found;
  }
  for (const { gathering, file } of name.own) {
    const found = gathering ? undefined : await passedOf(file, name, keys);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Named = Pick<NameShares, "where" | "message">;

/** A share as it was dealt: whoever reported signed it, and only who has read the report knows their key. */
export function dealtOf(file: Uint8Array, { where, message }: Named, keys: Keyring): Promise<Share | undefined> {
  return tried(async () => shareInside(await unseal(file, keys.seals), where, message));
}

/** A share that another custodian sealed to this one, and signed. */
export function passedOf(file: Uint8Array, { where, message }: Named, keys: Keyring): Promise<Share | undefined> {
  return tried(async () => {
    const content = await unseal(file, keys.seals), charters = [keys.manifest.charter, ...keys.earlier];
    for (const { recipient } of keys.seals) {
      const found = await tried(() => passedInside(content, where, message, (number) => charters.find((one) => one.number === number), recipientHash(recipient)).share);
      if (found !== undefined) return found;
    }
    return undefined;
  });
}

async function tried<T>(look: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

/**
 * Who was custodian when a name was given, as the charter says that was in force on that day. On the day of a new one
 * either list may be the right one: the places of one's own share, and of those that others handed over, say which.
 */
function custodies(name: NameShares, { manifest, earlier, seals, member, people }: Keyring, own?: Share): (readonly Recipient[])[] {
  const then = [manifest.charter, ...earlier].filter(({ from }) => from <= name.day).sort((a: Charter, b: Charter) => b.number - a.number);
  const possible = then.filter(({ from }, at) => at === 0 || from === name.day || then[at - 1]?.from === name.day);
  const lists = possible.flatMap(({ custody }) => custody?.custodians.length === name.dealt.length ? [custody.custodians] : []);
  const heirs = new Set(name.passed.filter(({ gathering }) => !gathering).map(({ to }) => to));
  const places: (readonly [number, readonly Recipient[]])[] = [
    ...own === undefined || heirs.has(b64(member)) ? [] : [[own.index, seals.map(({ recipient }) => recipient)] as const],
    ...name.passed.flatMap(({ index, by, gathering }) => {
      const giver = people.get(by);
      return gathering && !heirs.has(by) && giver !== undefined ? [[index, [giver.recipient]] as const] : [];
    }),
  ];
  // Which place somebody handed over is their word: it chooses among lists, and can take none of the last one away.
  return places.reduce((left, [index, held]) => {
    const fits = left.filter((one) => held.some((recipient) => recipient === one[index]));
    return fits.length > 0 ? fits : left;
  }, lists);
}

/**
 * The shares of a name that nobody holds any more who keeps names today: surely, or possibly where it is not sure who
 * the custodians were.
 *
 * @param own - what this custodian has of it
 */
export function lostOf(name: NameShares, keys: Keyring, own?: Share): { readonly sure: readonly number[]; readonly possible: readonly number[] } {
  const present = new Set(keys.manifest.charter.custody?.custodians ?? []);
  const lists = custodies(name, keys, own);
  const kept = new Set(name.passed.flatMap(({ index, to, gathering }) => !gathering && keys.people.get(to)?.entry.roles.includes("custodian") === true ? [index] : []));
  const without = name.dealt.map((_file, at) => at).filter((at) => !kept.has(at));
  const gone = (one: readonly Recipient[], at: number): boolean => {
    const keeper = one[at];
    return keeper === undefined || !present.has(keeper);
  };
  return {
    sure: lists.length === 0 ? [] : without.filter((at) => lists.every((one) => gone(one, at))),
    possible: without.filter((at) => lists.some((one) => gone(one, at))),
  };
}

async function parcelOf(task: SharesTask, sealings: readonly Sealing[], to: Place, keys: Keyring, counter: number): Promise<Uint8Array> {
  const { entry, proof } = keys.place;
  const files = await Promise.all(sealings.map(async ({ name: { where, message }, share }) => {
    const { bytes } = writeEnvelope({
      kind: "passed", ...where, to: [recipientHash(to.recipient)], by: { entry: entry.bytes, proof },
    }, writePassed({ message, ...share }), keys.vault.sign);
    return { as: "passed", bytes: await seal(bytes, [to.recipient]) };
  }));
  const act = signAct(keys.vault.sign, keys.member, counter, {
    act: "pass shares", subject: unb64(task.to), after: H(join(...files.map(({ bytes }) => H(bytes)))), more: { shares: files.length },
  });
  return writeParcel({
    v: 1, to: task.to, gathering: task.kind === "hand" ? task.gathering : null,
    names: sealings.map(({ name: { where, message }, share }) => ({ thread: b64(where.thread), message, index: share.index })), act: { ...act },
  }, files);
}

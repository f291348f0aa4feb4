import { beforeAll, describe, expect, test } from "vitest";

import { readCharter, writeCharter, type Charter, type Desk } from "../seal/charter.js";
import { makeJoining, readJoining, joiningWords } from "../seal/invitation.js";
import { b64, H, publicKey, random } from "../seal/primitives.js";
import { asProven } from "../seal/proven.js";
import { identity } from "../seal/recipients.js";
import { readRoot, writeRoot, type RootDocument } from "../seal/root.js";
import { rootKey } from "../seal/rootkeys.js";
import { makeOffice, TODAY, type TestOffice } from "../seal/testing/office.js";
import { writeSheet, type Sheet } from "../seal/sheet.js";
import { changesTo } from "./changes.js";
import { compose, desksNow, type Candidate, type Composed } from "./composing.js";
import { claimsChanged, withIndependence } from "./independence.js";
import { Keyring } from "./keyring.js";
import { unlocked } from "./reports/testing/desk.js";
import { joiningOf, requireSound, type Evidence } from "./sound.js";
import { listOf } from "./wordlists.js";

const NOTHING: Evidence = { sheet: undefined, joinings: [] };

let office: TestOffice;
let keys: Keyring;

beforeAll(() => {
  office = makeOffice();
  keys = unlocked(office, office.stranger);
});

/** Everybody of the office as they are, the administrator with the root key. */
function people(): Candidate[] {
  return [...keys.people.values()].map(({ entry, recipient }) => ({
    id: entry.id, sign: entry.sign, recipient, roles: entry.roles, alias: entry.alias,
    root: entry.roles.includes("administrator") ? keys.manifest.root.keys[0] : undefined,
  }));
}

function newcomer(roles: readonly string[]): { candidate: Candidate; doc: Uint8Array } {
  const seed = random(32);
  const root = roles.includes("administrator") ? rootKey(random(32)) : undefined;
  const doc = makeJoining(
    { office: office.id, id: random(16), sign: publicKey(seed), recipient: identity(random(32)).recipient, root },
    seed, random(32), office.manifest.F,
  ).doc;
  const { id, sign, recipient } = readJoining(doc);
  return { candidate: { id, sign, recipient, roles, alias: "New", root }, doc };
}

function composed(persons: readonly Candidate[], desks: readonly Desk[] = desksNow(keys)): Composed {
  return compose(keys, { people: persons, desks, names: keys.manifest.charter.names, today: TODAY });
}

function judged(made: Composed, evidence: Evidence = NOTHING, change: Partial<Charter> = {}, root?: RootDocument): () => void {
  const charter = readCharter(writeCharter({ ...readCharter(made.charter), ...change }));
  const next = root ?? (made.root === undefined ? undefined : readRoot(made.root));
  return () => { requireSound(charter, made.entries.map(({ entry }) => entry), next, evidence, keys); };
}

const refused = (code: string): object => expect.objectContaining({ code }) as object;

describe("a proposal is signed only if its documents say all of it", () => {
  test("nothing but a later day", () => {
    expect(judged(composed(people()))).not.toThrow();
  });

  test("somebody joins with the keys of their answer, and its words are shown", () => {
    const { candidate, doc } = newcomer([`handler@${b64(office.desk)}`]);
    const made = composed([...people(), candidate]);
    expect(judged(made, { sheet: undefined, joinings: [doc] })).not.toThrow();
    const entries = made.entries.map(({ entry }) => entry);
    const words = joiningWords(doc, listOf("en"));
    const changes = changesTo(readCharter(made.charter), entries, undefined, keys, (entry) => (
      joiningOf(entry, [doc]) === undefined ? [] : words));
    expect(changes).toContainEqual(expect.objectContaining({ kind: "joins", words }));
  });

  test("keys other than those of the answer that is shown", () => {
    const shown = newcomer([`handler@${b64(office.desk)}`]);
    const swapped = { ...shown.candidate, recipient: identity(random(32)).recipient };
    expect(judged(composed([...people(), swapped]), { sheet: undefined, joinings: [shown.doc] })).toThrow(refused("joining-missing"));
  });

  test("a colleague's keys are changed without any answer", () => {
    const [first, ...others] = people();
    if (first === undefined) throw new Error("nobody");
    const changed = { ...first, sign: publicKey(random(32)) };
    expect(judged(composed([changed, ...others]))).toThrow(refused("joining-missing"));
  });

  test("a root key that nobody has made", () => {
    const { candidate, doc } = newcomer(["administrator"]);
    const evidence = { sheet: undefined, joinings: [doc] };
    expect(judged(composed([...people(), candidate]), evidence)).not.toThrow();
    const swapped = composed([...people(), { ...candidate, root: rootKey(random(32)) }]);
    expect(judged(swapped, evidence)).toThrow(refused("root-stranger"));
  });

  test("a root document that does not follow", () => {
    const { candidate, doc } = newcomer(["administrator"]);
    const made = composed([...people(), candidate]);
    const right = readRoot(made.root ?? new Uint8Array());
    for (const wrong of [{ ...right, number: 2 }, { ...right, prev: random(32) }, { ...right, office: random(16) }]) {
      expect(judged(made, { sheet: undefined, joinings: [doc] }, {}, readRoot(writeRoot(wrong)))).toThrow(refused("proposal-old"));
    }
  });
});

describe("names are sealed to the custodians of the list, and to nobody else", () => {
  test("custodians who are in no list", () => {
    const custody = { k: 2, custodians: [identity(random(32)).recipient, identity(random(32)).recipient] };
    expect(judged(composed(people()), NOTHING, { custody })).toThrow(refused("custody-people"));
  });

  test("a custodian who handles", () => {
    const made = composed(people());
    const entries = made.entries.map(({ entry }) => ({ ...entry, roles: [...entry.roles, "custodian"] }));
    expect(() => { requireSound(readCharter(made.charter), entries, undefined, NOTHING, keys); }).toThrow(refused("custodian-handles"));
  });

  test("two custodians of the list", () => {
    const two = [newcomer(["custodian"]), newcomer(["custodian"])];
    const made = composed([...people(), ...two.map(({ candidate }) => candidate)]);
    const evidence = { sheet: undefined, joinings: two.map(({ doc }) => doc) };
    expect(judged(made, evidence)).not.toThrow();
    const custody = { k: 2, custodians: [two[0]?.candidate.recipient ?? "", identity(random(32)).recipient] };
    expect(judged(made, evidence, { custody })).toThrow(refused("custody-people"));
  });

  test("oversight by a stranger", () => {
    expect(judged(composed(people()), NOTHING, { oversight: identity(random(32)).recipient })).toThrow(refused("oversight-people"));
  });
});

describe("what no line can show is not signed", () => {
  test.each([
    ["a paper key that reads every desk's keys", { paper: identity(random(32)).recipient }],
    ["another time zone", { zone: "Asia/Shanghai" }],
    ["a no-script door", { noscript: "plain.example.org" }],
    ["a witness", { witnesses: [{ name: "witness.example.org", key: random(32) }] }],
  ])("%s", (_what, change: Partial<Charter>) => {
    expect(judged(composed(people()), NOTHING, change)).toThrow(refused("proposal-unshown"));
  });

  test("a desk that is said to be independent of another", () => {
    const desks = desksNow(keys).map((desk) => ({ ...desk, independentOf: [random(16)] }));
    expect(judged(composed(people(), desks))).toThrow(refused("proposal-unshown"));
  });

  test("a desk that moves to another office", () => {
    const desks = desksNow(keys).map(({ id, names, independentOf }) => (
      { id, names, independentOf, outside: { F: random(32), host: "other.example.org" } }));
    expect(judged(composed(people(), desks))).toThrow(refused("proposal-unshown"));
  });
});

describe("a new desk", () => {
  function proposed(change: Partial<Sheet> = {}): { made: Composed; evidence: Evidence } {
    const id = random(16);
    const doc = writeSheet({
      office: office.id, desk: id, number: 0, prev: undefined, reason: "A second desk.", open: false, epoch: 0,
      recipient: identity(random(32)).recipient, form: random(32), profile: random(32), ...change,
    });
    const desk = { id, names: new Map([["en", "Second"]]), independentOf: [], sheet: { number: 0, hash: H(doc) } };
    return { made: composed(people(), [...desksNow(keys), desk]), evidence: { sheet: { doc, signatures: [], by: [] }, joinings: [] } };
  }

  test("begins closed, with the sheet that is shown", () => {
    const { made, evidence } = proposed();
    expect(judged(made, evidence)).not.toThrow();
    expect(judged(made)).toThrow(refused("desk-sheet"));
    expect(judged(made, proposed().evidence)).toThrow(refused("desk-sheet"));
  });

  test("that would take reports at once", () => {
    const { made, evidence } = proposed({ open: true });
    expect(judged(made, evidence)).toThrow(refused("desk-sheet"));
  });
});

describe("desks that are independent of each other", () => {
  const second: Desk = { id: random(16), names: new Map([["en", "Second"]]), independentOf: [], sheet: { number: 0, hash: random(32) } };
  let two: Keyring;

  beforeAll(() => {
    two = unlocked(office, office.stranger);
    const { charter } = office.manifest;
    const manifest = { ...office.manifest, charter: asProven({ ...charter, desks: [...charter.desks, second] }) };
    two.settle(manifest, [...two.people.values()], []);
  });

  function wished(of: readonly string[]): Desk[] {
    return withIndependence(desksNow(two), { desk: b64(second.id), of });
  }
  function proposal(desks: readonly Desk[], persons: readonly Candidate[] = people()): Composed {
    return compose(two, { people: persons, desks, names: two.manifest.charter.names, today: TODAY });
  }
  function judgedByTwo(made: Composed, desks: readonly Desk[]): () => void {
    const charter = readCharter(writeCharter({ ...readCharter(made.charter), desks }));
    return () => { requireSound(charter, made.entries.map(({ entry }) => entry), undefined, NOTHING, two); };
  }
  /** Who works at the first desk takes a role at the second too. */
  function sharing(): Candidate[] {
    return people().map((one) => one.roles.includes(`handler@${b64(office.desk)}`)
      ? { ...one, roles: [...one.roles, `handler@${b64(second.id)}`] } : one);
  }

  test("are so both ways, and the change is told from the charter itself", () => {
    const desks = wished([b64(office.desk)]);
    const made = proposal(desks);
    expect(judgedByTwo(made, desks)).not.toThrow();
    const changes = changesTo(readCharter(made.charter), made.entries.map(({ entry }) => entry), undefined, two, () => []);
    expect(changes).toContainEqual({ kind: "independent", names: { en: "Second" }, of: { en: "Integrity" } });
    expect(changes).toContainEqual({ kind: "independent", names: { en: "Integrity" }, of: { en: "Second" } });
  });

  test("and no longer, when it is taken back", () => {
    const claimed = wished([b64(office.desk)]);
    expect(withIndependence(claimed, { desk: b64(office.desk), of: [] }).map(({ independentOf }) => independentOf)).toEqual([[], []]);
    const { charter } = two.manifest;
    const next = readCharter(writeCharter({ ...charter, desks: desksNow(two) }));
    const before = { ...charter, desks: claimed };
    expect(claimsChanged(next.desks, before.desks).map(({ claimed: said }) => said)).toEqual([false, false]);
  });

  test("share nobody: neither is it composed nor is a colleague's proposal signed", () => {
    const desks = wished([b64(office.desk)]);
    expect(() => proposal(desks, sharing())).toThrow(refused("desk-shared"));
    expect(judgedByTwo(proposal(desksNow(two), sharing()), desks)).toThrow(refused("desk-shared"));
  });

  test("one way is enough to be refused, and no desk is independent of itself", () => {
    const oneWay = desksNow(two).map((desk) => (b64(desk.id) === b64(second.id) ? { ...desk, independentOf: [office.desk] } : desk));
    expect(() => proposal(oneWay, sharing())).toThrow(refused("desk-shared"));
    const itself = desksNow(two).map((desk) => ({ ...desk, independentOf: [desk.id] }));
    expect(() => proposal(itself)).toThrow(refused("desk-shared"));
  });
});

describe("new keys under the id of who has others", () => {
  function settled(signPublic: Uint8Array, waits: boolean): Keyring {
    const { id, seal } = office.handler;
    const made = new Keyring(office.id, id, keys.vault, [seal], signPublic);
    made.waits = waits;
    made.settle(office.manifest, [...keys.people.values()], []);
    return made;
  }

  test("have no place before a charter names them", () => {
    expect(settled(random(32), true).placed).toBe(false);
    expect(settled(publicKey(office.handler.seed), true).placed).toBe(true);
  });

  test("are told from swapped ones, which proving refuses", () => {
    expect(settled(random(32), false).placed).toBe(true);
  });
});

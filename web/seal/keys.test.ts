import { beforeAll, describe, expect, it } from "vitest";

import { unseal } from "./age.js";
import { stretch, stretchPlainly, stretchQuickly, COST } from "./argon2.js";
import { openDeskKeys, sealDeskKeys, type KeysCheck, type KeysDraft } from "./keys.js";
import { b64, hex, random, same, utf8 } from "./primitives.js";
import { identity, recipientHash } from "./recipients.js";
import { charterOf, makeOffice, type Person, type TestOffice } from "./testing/office.js";
import {
  newVault, newVaultSeed, openVault, paperIdentity, passphraseKeys, sealVault, unwrapSeed, wrapSeed,
} from "./vault.js";

let office: TestOffice;
beforeAll(() => {
  office = makeOffice();
});

const holder = (one: Person): { id: Uint8Array; recipient: string } => ({ id: one.id, recipient: one.seal.recipient });

function draft(changed: Partial<KeysDraft> = {}): KeysDraft {
  return {
    office: office.id, desk: office.desk, n: 0, epochs: [{ number: 1, seed: office.epoch.seed }],
    people: [holder(office.lead), holder(office.handler)], by: office.lead.by, seed: office.lead.seed, open: true,
    ...changed,
  };
}

function check(who: Person, changed: Partial<KeysCheck> = {}): KeysCheck {
  const sheet = office.manifest.sheets.get(b64(office.desk));
  if (sheet === undefined) throw new Error("the office has one desk");
  return {
    office: office.id, desk: office.desk, n: 0, charterOf: charterOf(office), sheet,
    own: [recipientHash(who.seal.recipient)], acted: () => true, ...changed,
  };
}

describe("a desk's keys", () => {
  it("open for each of its people, and give the epoch that the sheet names", async () => {
    const { file, c } = await sealDeskKeys(draft());
    for (const who of [office.lead, office.handler]) {
      const keys = await openDeskKeys(file, [who.seal], check(who));
      expect(keys.epochs.map((one) => one.number)).toEqual([1]);
      expect(same(keys.c, c)).toBe(true);
      expect(same(keys.author.id, office.lead.id)).toBe(true);
    }
    await expect(openDeskKeys(file, [office.stranger.seal], check(office.stranger))).rejects.toMatchObject({ code: "not-mine" });
  });

  it("are refused from who is no lead, for another desk, out of turn, or without an act", async () => {
    const by = { by: office.handler.by, seed: office.handler.seed };
    const cases: [Partial<KeysDraft>, Partial<KeysCheck>, string][] = [
      [by, {}, "envelope-author"],
      [{ seed: random(32) }, {}, "envelope-signature"],
      [{ n: 1 }, {}, "envelope-place"],
      [{ desk: random(16) }, {}, "envelope-place"],
      [{}, { acted: () => false }, "keys-act"],
      [{ epochs: [{ number: 1, seed: random(32) }] }, {}, "keys-seed"],
      [{}, { charterOf: () => undefined }, "envelope-author"],
    ];
    for (const [changed, checked, code] of cases) {
      const { file } = await sealDeskKeys(draft(changed));
      await expect(openDeskKeys(file, [office.lead.seal], check(office.lead, checked))).rejects.toMatchObject({ code });
    }
  });

  it("are never one person's alone while the desk is open", async () => {
    const people = [holder(office.lead)];
    await expect(sealDeskKeys(draft({ people }))).rejects.toMatchObject({ code: "keys-people" });
    const { file } = await sealDeskKeys(draft({ people, open: false }));
    await expect(openDeskKeys(file, [office.lead.seal], check(office.lead))).rejects.toMatchObject({ code: "keys-people" });
    const paper = identity(random(32)).recipient;
    const printed = await sealDeskKeys(draft({ people, paper }));
    const opened = await openDeskKeys(printed.file, [office.lead.seal], check(office.lead, { paper: recipientHash(paper) }));
    expect(opened.people.length).toBe(1);
    await expect(openDeskKeys(printed.file, [office.lead.seal], check(office.lead))).rejects.toMatchObject({ code: "envelope-audience" });
  });
});

describe("a member's vault", () => {
  const member = random(16);

  it("opens by passphrase and by printed code, each its own wrap", async () => {
    const [seed, salt, code] = [newVaultSeed(), random(16), random(16)];
    const vault = newVault(member, random(32), random(32));
    const file = await sealVault(seed, vault);
    const login = passphraseKeys(await stretch("eleven grey herons", salt), salt);
    const ways = [login.wrap, paperIdentity(code, member)];
    for (const way of ways) {
      const wrap = await wrapSeed(seed, way.recipient);
      expect(same(await unwrapSeed(wrap, way), seed)).toBe(true);
    }
    expect(await openVault(file, seed, member)).toEqual(vault);
    await expect(openVault(file, seed, random(16))).rejects.toMatchObject({ code: "not-mine" });
    await expect(openVault(file, newVaultSeed(), member)).rejects.toMatchObject({ code: "not-mine" });
    await expect(unseal(file, ways)).rejects.toMatchObject({ code: "not-mine" });
  });

  it("asks the same of a passphrase with and without WebAssembly, and never less than the format", async () => {
    const salt = random(16);
    const progress: number[] = [];
    const password = utf8("eleven grey herons");
    // With a sixteenth of the memory: for what the format asks the plain way takes seven seconds.
    const less = { memory: COST.memory / 16, passes: COST.passes };
    const plainly = await stretchPlainly(password, salt, less, (part) => progress.push(part));
    expect(hex(await stretchQuickly(password, salt, less))).toBe(hex(plainly));
    expect(hex(await stretch("eleven grey herons", salt))).toBe(hex(await stretchQuickly(password, salt, COST)));
    expect(progress.at(-1)).toBe(1);
    for (const cost of [{ memory: 8, passes: 3 }, { memory: 65536, passes: 1 }, { memory: 2 ** 30, passes: 3 }]) {
      await expect(stretch("x", salt, undefined, cost)).rejects.toMatchObject({ code: "passphrase-cost" });
    }
    await expect(stretch("x", random(8))).rejects.toMatchObject({ code: "passphrase-salt" });
  });
});

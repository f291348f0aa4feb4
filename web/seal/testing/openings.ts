import { writeIdentityCard } from "../bodies.js";
import { readCharter } from "../charter.js";
import {
  cardInside, nameKey, proveRelease, proveRequest, readRelease, readRequest, shareInside, writeRelease, writeRequest, type GivenName, type ProvenRequest,
} from "../opening.js";
import { passedInside, readPassed, writePassed } from "../passing.js";
import { b64, join } from "../primitives.js";
import { asProven } from "../proven.js";
import { again } from "../shares.js";
import type { Where } from "../author.js";
import { Input, type Operation } from "./input.js";

const where = (i: Input): Where => ({ office: i.bytes("office"), desk: i.bytes("desk"), thread: i.bytes("thread") });

function content(i: Input): Uint8Array {
  const bytes = i.bytes("content");
  return join(bytes, new Uint8Array(i.number("size") - bytes.length));
}

function charterOf(i: Input): Parameters<typeof proveRequest>[2] {
  const charter = asProven(readCharter(i.bytes("charter")));
  return (number) => number === charter.number ? charter : undefined;
}

function asked(i: Input): ProvenRequest {
  const request = new Input(i.json("asked") as Record<string, unknown>);
  return proveRequest(content(request), where(i), charterOf(i), new Uint8Array(16));
}

function given(i: Input): GivenName {
  return { where: where(i), message: i.number("message"), dealt: { K2: i.bytes("K2"), shares: i.all("hashes") }, sign: i.bytes("sign") };
}

export const OPENINGS: Readonly<Record<string, Operation>> = {
  "prove-request": (i) => {
    const { c, asker, request } = proveRequest(content(i), where(i), charterOf(i), i.bytes("own"));
    return { c, asker: asker.id, ground: request.ground };
  },
  "prove-release": (i) => {
    const { index, share } = proveRelease(content(i), where(i), charterOf(i), asked(i));
    return { index, share };
  },
  "share-inside": (i) => {
    const { index, share } = shareInside(content(i), where(i), i.number("message"));
    return { index, share };
  },
  "name-key": async (i) => {
    const releases = i.objects("shares").map((one) => ({ request: new Uint8Array(32), index: one.number("index"), share: one.bytes("share") }));
    return (await nameKey(releases, given(i))).recipient;
  },
  "passed-inside": (i) => {
    const { share: { index, share }, by } = passedInside(content(i), where(i), i.number("message"), charterOf(i), i.bytes("own"));
    return { index, share, by: by.id };
  },
  "share-again": async (i) => {
    const shares = new Map(i.objects("shares").map((one) => [one.number("index"), one.bytes("share")]));
    const found = await again(shares, i.all("hashes"), i.number("lost"));
    return found === undefined ? null : b64(found);
  },
  "card-inside": (i) => writeIdentityCard(cardInside(content(i), given(i))),
  "read-request": (i) => writeRequest(readRequest(i.bytes("body"))),
  "read-release": (i) => writeRelease(readRelease(i.bytes("body"))),
  "read-passed": (i) => writePassed(readPassed(i.bytes("body"))),
};

import { challengeFields, postSubject, readChallenge, readWork, solve, withWork, workKey, workSalt, zeros, type Purpose } from "../work.js";
import type { Operation } from "./input.js";

export const WORKS: Readonly<Record<string, Operation>> = {
  "read-challenge": (i) => challengeFields(readChallenge(i.json("challenge"))),
  "read-work": (i) => readWork(i.json("work")),
  "salt": (i) => workSalt(i.text("purpose") as Purpose, i.bytes("subject")),
  "post-subject": (i) => postSubject(i.bytes("thread"), i.number("n")),
  "with-work": (i) => withWork(i.bytes("parcel"), readWork(i.json("work"))),
  "key": (i) => workKey(i.bytes("nonce"), i.number("counter"), i.bytes("salt"), i.number("cost")),
  "zeros": async (i) => {
    const { nonce, cost } = readChallenge(i.json("challenge"));
    return zeros(await workKey(nonce, i.number("counter"), i.bytes("salt"), cost));
  },
  "solve": (i) => solve(readChallenge(i.json("challenge")), i.bytes("salt"), i.number("start")),
};

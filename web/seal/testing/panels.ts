import { aboutText, isVote, proveDecision, readDecision, signVote, type PanelAnswer } from "../panel.js";
import { asProven } from "../proven.js";
import type { Charter } from "../charter.js";
import type { Operation } from "./input.js";

export const PANELS: Readonly<Record<string, Operation>> = {
  "about": (i) => aboutText(i.text("text")),
  "vote": (i) => signVote(i.bytes("seed"), i.text("says") as PanelAnswer, i.bytes("thread"), i.bytes("about")).signature,
  "is-vote": (i) => isVote(i.bytes("key"), i.bytes("sig"), i.text("says") as PanelAnswer, i.bytes("thread"), i.bytes("about")),
  "prove-decision": (i) => {
    const roster = { depth: i.number("depth"), root: i.bytes("root") };
    const charter = asProven({ number: i.number("charter"), roster } as Charter);
    const known = (number: number): typeof charter | undefined => (number === charter.number ? charter : undefined);
    return proveDecision(readDecision(i.json("decision")), i.bytes("thread"), known, i.all("assigned")).map(({ id }) => id);
  },
};

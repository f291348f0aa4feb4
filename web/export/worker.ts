/** The worker that puts an exported case together. Its fonts come with it: which are needed would tell what is written. */
import arabic from "../../node_modules/@embedpdf/fonts-arabic/fonts/NotoNaskhArabic-Regular.ttf";
import latin from "../../node_modules/@embedpdf/fonts-latin/fonts/NotoSans-Regular.ttf";
import chinese from "../../node_modules/@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf";

import { SealError } from "../seal/errors.js";
import { compose, digestOf, Measuring, Sealing, type Composed } from "./compose.js";
import { Face } from "./faces.js";
import type { Answers, Ask, Reply } from "./protocol.js";

const measuring = new Map<string, Measuring>();
let composed: Composed | undefined;
let sealing: Sealing | undefined;

async function answer(ask: Ask): Promise<Answers[Ask["do"]]> {
  switch (ask.do) {
    case "measure": {
      const one = measuring.get(ask.part) ?? new Measuring();
      measuring.set(ask.part, one);
      one.add(ask.bytes);
      return null;
    }
    case "compose":
      composed = await compose(ask.what, {
        latin: new Face("NotoSans", latin, undefined), chinese: new Face("NotoSansHans", chinese, undefined), arabic: new Face("NotoNaskhArabic", arabic, "arab"),
      }, new Map([...measuring].map(([part, one]) => [part, one.end()])));
      return { digest: digestOf(composed) };
    case "begin":
      if (composed === undefined) throw new RangeError("nothing was composed");
      sealing = new Sealing(composed, ask.row, ask.promise);
      await sealing.begin(ask.recipients);
      return null;
    case "add": case "end":
      if (sealing === undefined) throw new RangeError("nothing is being sealed");
      if (ask.do === "end") return sealing.end();
      await sealing.add(ask.bytes);
      return null;
  }
}

globalThis.addEventListener("message", ({ data }: MessageEvent<Ask>) => {
  const send = (reply: Reply): void => { globalThis.postMessage(reply); };
  answer(data).then(
    (told) => { send({ answer: told }); },
    (error: unknown) => { send({ failed: error instanceof SealError ? error.code : "fault" }); },
  );
});

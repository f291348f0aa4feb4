/** The worker that puts an exported case together. Its fonts come with it: which are needed would tell what is written. */
import arabic from "../../node_modules/@embedpdf/fonts-arabic/fonts/NotoNaskhArabic-Regular.ttf";
import latin from "../../node_modules/@embedpdf/fonts-latin/fonts/NotoSans-Regular.ttf";
import chinese from "../../node_modules/@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf";

import { SealError } from "../seal/errors.js";
import { compose, digestOf, sealed, type Composed } from "./compose.js";
import { Face } from "./faces.js";
import type { Answers, Ask, Reply } from "./protocol.js";

let composed: Composed | undefined;

async function answer(ask: Ask): Promise<Answers[Ask["do"]]> {
  if (ask.do === "compose") {
    composed = await compose(ask.what, {
      latin: new Face("NotoSans", latin, undefined), chinese: new Face("NotoSansHans", chinese, undefined), arabic: new Face("NotoNaskhArabic", arabic, "arab"),
    });
    return { digest: digestOf(composed) };
  }
  if (composed === undefined) throw new RangeError("nothing was composed");
  return sealed(composed, ask.row, ask.promise, ask.recipients);
}

globalThis.addEventListener("message", ({ data }: MessageEvent<Ask>) => {
  const send = (reply: Reply, moved: Transferable[] = []): void => { globalThis.postMessage(reply, { transfer: moved }); };
  answer(data).then(
    (told) => { send({ answer: told }, "file" in told ? [told.file.buffer] : []); },
    (error: unknown) => { send({ failed: error instanceof SealError ? error.code : "fault" }); },
  );
});

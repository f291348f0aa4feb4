/** Shows one picture in a sandbox. */
import "./alone.js";

import type { Bar } from "./bars.js";
import { codedPicture } from "./copying.js";
import { Covering } from "./covering.js";
import { serve, type Answer, type Task } from "./talk.js";

const image = new Image();
const bars: Bar[] = [];
let covering: Covering | undefined;
let source = new Blob();

async function show({ bytes, type, words, points }: Task, say: (answer: Answer) => void): Promise<void> {
  image.alt = words["picture"] ?? "";
  source = new Blob([bytes as Uint8Array<ArrayBuffer>], { type });
  image.src = URL.createObjectURL(source);
  await new Promise((done, failed) => {
    image.addEventListener("load", done);
    image.addEventListener("error", failed);
  });
  // A browser reads the size first and decodes when a picture is drawn: a few bytes can name a thousand million points.
  if (image.naturalWidth * image.naturalHeight > points) {
    image.removeAttribute("src");
    say({ said: "refused", why: "points" });
    return;
  }
  await image.decode();
  document.getElementById("pages")?.append(image);
  say({ said: "shown", pages: 0, left: 0 });
}

serve({
  show,
  zoom(factor) {
    // Bars lie on the frame: it is the frame that grows, and the picture with it.
    const shown = covering?.frame ?? image;
    shown.classList.toggle("larger", factor !== 1);
    shown.style.setProperty("--zoom", String(factor));
  },
  async cover(order, say) {
    const tell = (): void => { say({ said: "covered", bars: bars.length }); };
    if ("paint" in order) {
      const bytes = await codedPicture(source, bars).catch(() => undefined);
      say(bytes === undefined ? { said: "unpainted", page: 0 } : { said: "painted", bytes });
    } else if ("cover" in order) {
      image.classList.remove("larger");
      covering ??= new Covering(image, bars, tell);
      if (order.cover === "begin") tell();
      else covering[order.cover]();
    }
  },
});

/** Shows one picture in a sandbox. */
import "./alone.js";

import { Covering } from "./covering.js";
import { serve, type Answer, type Task } from "./talk.js";

const image = new Image();
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
    image.style.inlineSize = factor === 1 ? "" : `${factor * 100}%`;
    image.style.maxInlineSize = factor === 1 ? "" : "none";
  },
  async cover(what, say) {
    covering ??= new Covering(image, (bars) => { say({ said: "covered", bars }); });
    if (what === "paint") say({ said: "painted", bytes: await covering.paint(source) });
    else covering[what]();
  },
});

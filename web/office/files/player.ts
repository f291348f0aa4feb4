/**
 * The scriptless document in which files are played and saved. It lies where the service worker reigns, the workbench
 * does not; so what is put into it from here comes out of the service worker, and nothing else of this page does.
 */
import { make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { folderOf } from "./helper.js";

/** The player could not be had in this document; its policy may know of no office yet. */
export class NoPlayerError extends Error {
  override readonly name = "NoPlayerError";
}

/** A frame of the player; `ready` once it is there. `seen` is false for one that only downloads. */
export class Player {
  readonly element: HTMLIFrameElement;
  readonly ready: Promise<Document>;

  constructor(private readonly office: string, seen: boolean) {
    this.element = make("iframe", { class: seen ? "player" : "unseen", hidden: !seen, src: `${folderOf(office)}player`, title: t("The file"), allow: "fullscreen" });
    this.ready = new Promise((done, failed) => {
      this.element.addEventListener("load", () => {
        const inside = this.element.contentDocument;
        // What the policy refuses is another site's page, into which nobody sees.
        if (inside?.body.classList.contains("player") !== true) failed(new NoPlayerError("no player"));
        else done(inside);
      }, { once: true });
    });
    this.ready.catch(() => undefined);
  }

  /** True where the service worker answers for this frame. */
  get served(): boolean {
    const { navigator } = this.element.contentWindow ?? {};
    return (navigator as { serviceWorker?: ServiceWorkerContainer } | undefined)?.serviceWorker?.controller != null;
  }

  /** Play it; `source` is a blob's address where no service worker is to be had. */
  async play(how: "video" | "audio", token: string, source = `${folderOf(this.office)}play/${token}`): Promise<HTMLMediaElement> {
    const inside = await this.ready;
    const media = inside.createElement(how);
    media.controls = true;
    media.preload = "metadata";
    // A screen elsewhere, and the browser's own way of saving, would ask the server past the service worker.
    media.setAttribute("controlslist", "nodownload noremoteplayback");
    media.disableRemotePlayback = true;
    media.setAttribute("playsinline", "");
    media.src = source;
    inside.body.replaceChildren(media);
    return media;
  }

  /** Begin to save; the browser asks, or knows, where to. Returns the frame whose removal ends it. */
  async save(token: string): Promise<HTMLIFrameElement> {
    const inside = await this.ready;
    const frame = inside.createElement("iframe");
    frame.src = `${folderOf(this.office)}save/${token}`;
    inside.body.append(frame);
    return frame;
  }
}

/** Speaking instead of writing: recorded here, heard again, thrown away or kept; sealed and sent like any file. */
import { announce } from "../../elements/announce";
import { hold, make } from "../../elements/make";
import { t } from "../../elements/words";
import { clock } from "./telling";

/** Enough for speech; an hour of it has 14 MB. */
const BITS_PER_SECOND = 32_000;
/** Whatever the browser can write, the most common first. */
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus", "audio/webm"];
const ENDINGS: Readonly<Record<string, string>> = { "audio/mp4": "m4a", "audio/ogg": "ogg", "audio/webm": "webm" };

let recordings = 0;

export interface Recorder {
  readonly element: HTMLElement;
  /** Ends a recording that runs, the microphone with it; resolves when what was said has been given to `keep`. */
  stop(): Promise<void>;
}

/**
 * @param readers - who will hear it
 * @param keep - gets each recording
 * @param pick - gets files where nothing can be recorded
 */
export function recorder(readers: string, keep: (file: File) => void, pick: (files: Iterable<File>) => void): Recorder {
  const body = make("div", { class: "stack" });
  const element = make("div", { class: "stack" },
    make("div", { class: "notice warning" }, make("h2", {}, t("A voice can be recognised")),
      make("p", {}, readers),
      make("p", {}, t("It is sealed as you spoke it; nothing is changed in it. If your voice could betray you, write instead."))),
    body);
  if (!canRecord()) {
    hold(body, instead(t("This browser cannot record here."), pick));
    return { element, stop: () => Promise.resolve() };
  }
  const recording = new Recording(body, keep, pick);
  recording.rest();
  return { element, stop: () => recording.stop() };
}

function canRecord(): boolean {
  return typeof MediaRecorder === "function" && (navigator as { readonly mediaDevices?: MediaDevices }).mediaDevices?.getUserMedia !== undefined;
}

/** Another program of the device can record what this page cannot. */
function instead(why: string, pick: (files: Iterable<File>) => void): HTMLElement {
  const id = "recorded-elsewhere";
  const input = make("input", { type: "file", id, accept: "audio/*", multiple: true });
  input.addEventListener("change", () => { pick([...input.files ?? []]); });
  return make("div", { class: "notice plain" },
    make("p", { role: "alert" }, why, " ", t("Record with another program of your device, and add the file here.")),
    make("div", { class: "field" }, make("label", { for: id }, t("Your recording")), input));
}

class Recording {
  #stream: MediaStream | undefined;
  #media: MediaRecorder | undefined;
  /** Whoever stops while the browser still asks for the microphone does not want it any more. */
  #begun = 0;

  constructor(
    private readonly body: HTMLElement, private readonly keep: (file: File) => void, private readonly pick: (files: Iterable<File>) => void,
  ) {}

  /** Nothing is recorded, and the microphone is off. */
  rest(): void {
    const begin = make("button", { class: "button secondary", type: "button" }, t("Start recording"));
    begin.addEventListener("click", () => { void this.begin(); });
    hold(this.body, make("p", {}, begin));
  }

  async stop(): Promise<void> {
    this.#begun += 1;
    const media = this.#media;
    if (media === undefined) return;
    await new Promise<void>((over) => {
      media.addEventListener("stop", () => { over(); }, { once: true });
      if (media.state !== "inactive") media.stop();
    });
  }

  private async begin(): Promise<void> {
    this.#begun += 1;
    const mine = this.#begun;
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      hold(this.body, instead(t("The browser does not let this page use a microphone. Nothing was recorded."), this.pick));
      return;
    }
    if (mine !== this.#begun) {
      // Its own and no other: two presses open the microphone twice.
      quiet(stream);
      return;
    }
    this.#stream = stream;
    const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
    this.record(new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND, ...(type !== undefined && { mimeType: type }) }));
  }

  private record(media: MediaRecorder): void {
    const pieces: Blob[] = [];
    let seconds = 0;
    this.#media = media;
    const time = make("span", { class: "digits", "aria-hidden": "true" }, clock(0));
    const tick = setInterval(() => {
      seconds += 1;
      time.textContent = clock(seconds);
    }, 1000);
    const stop = make("button", { class: "button", type: "button" }, t("Stop recording"));
    stop.addEventListener("click", () => { media.stop(); });
    media.addEventListener("dataavailable", ({ data }) => { if (data.size > 0) pieces.push(data); });
    media.addEventListener("stop", () => {
      clearInterval(tick);
      this.#media = undefined;
      if (this.#stream !== undefined) quiet(this.#stream);
      const type = media.mimeType.split(";")[0] ?? "";
      recordings += 1;
      if (pieces.length > 0) this.keep(new File(pieces, `voice-${recordings}.${ENDINGS[type] ?? "audio"}`, { type }));
      announce(t("Stopped. You can listen to your recording below, and take it out."));
      this.rest();
    });
    hold(this.body, make("p", { class: "row" }, make("span", { class: "chip late", role: "status" }, t("Recording")), time), make("p", {}, stop));
    stop.focus();
    media.start();
  }
}

/** The light of the microphone goes out. */
function quiet(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Files on their way to this computer's disk, of one unlocked member. */
import { announce } from "../../elements/announce.js";
import { make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import type { Checked } from "../../workers/files/openfile.js";
import type { Heard, Runs } from "../../workers/files/asking.js";
import { VIEWED_BYTES_MAX } from "../../seal/limits.gen.js";
import type { AttachedFile } from "../arrivals/types.js";
import type { Workbench } from "../views.js";
import type { OfficeWorker } from "../worker.js";
import { helperOf } from "./helper.js";
import { NoPlayerError, Player } from "./player.js";
import { FileSession } from "./session.js";
import { refusedWords, troubleWords } from "./words.js";

/** Browsers end a service worker that hears nothing for half a minute, and sometimes one that does. */
const SAY_MS = 2_000;
/** Milliseconds until a download must have asked for its first piece. */
const START_MS = 20_000;

/** How far one file has come. */
export type Saving =
  | { readonly state: "coming"; readonly done: number }
  | { readonly state: "saved"; readonly checked: Checked }
  | { readonly state: "failed"; readonly words: string };

const all = new WeakMap<OfficeWorker, Saver>();

/** The downloads of this session of keys: they go on while other reports are read. */
export function saverOf(bench: Workbench): Saver {
  const found = all.get(bench.worker) ?? new Saver(bench);
  all.set(bench.worker, found);
  return found;
}

export class Saver {
  readonly states = new Map<string, Saving>();
  /** Called whenever one has come further. */
  changed: () => void = () => undefined;
  private readonly ends = new Map<string, () => void>();

  constructor(private readonly bench: Workbench) {}

  /** Save `file` of the report `thread`; what comes of it stands in `states` under its blob. */
  async save(thread: string, file: AttachedFile): Promise<void> {
    if (this.states.get(file.blob)?.state === "coming") return;
    this.tell(file, { state: "coming", done: 0 });
    let session: FileSession | undefined;
    try {
      session = await FileSession.open(this.bench, thread, file);
      await this.through(session);
      const checked = await session.checked();
      this.tell(file, { state: "saved", checked });
      announce(t("{name} was handed to your browser.", { name: file.name }));
    } catch (error) {
      const words = wordsOf(error);
      this.tell(file, { state: "failed", words });
      announce(words, "assertive");
    } finally {
      this.ends.delete(file.blob);
      session?.close();
    }
  }

  /** End a download that is under way. */
  stop(file: AttachedFile): void {
    this.ends.get(file.blob)?.();
  }

  private async through(session: FileSession): Promise<void> {
    const helper = await helperOf(this.bench.api.office);
    const player = new Player(this.bench.api.office, false);
    document.body.append(player.element);
    try {
      await player.ready;
      if (helper === undefined || !player.served) {
        await this.atOnce(session);
        return;
      }
      await this.byPieces(session, player, helper).catch((error: unknown) => {
        if (!(error instanceof EndedError)) throw error;
        // The browser has given the download up with the service worker; a fresh one begins by itself, once.
        announce(t("Your browser had ended the saving of {name}. It begins again by itself.", { name: session.file.name }));
        this.tell(session.file, { state: "coming", done: 0 });
        return this.byPieces(session, player, helper);
      });
    } finally {
      // The browser may still be taking the last bytes.
      setTimeout(() => { player.element.remove(); }, START_MS);
    }
  }

  /** Ends when the last piece has been given, and with it the verdict on the whole. A browser may pause as long as it likes. */
  private async byPieces(session: FileSession, player: Player, helper: ServiceWorkerRegistration): Promise<void> {
    const { file } = session;
    let late = 0, saying = 0;
    try {
      await new Promise<void>((done, failed) => {
        late = window.setTimeout(() => { failed(new NoAnswerError()); }, START_MS);
        this.ends.set(file.blob, () => { failed(new StoppedError()); });
        saying = window.setInterval(() => {
          hear(helper, session.token, (runs) => {
            if (runs !== "yes") failed(runs === "given up" ? new StoppedError() : new EndedError());
          });
        }, SAY_MS);
        session.lost = failed;
        session.gave = (upTo) => {
          clearTimeout(late);
          this.tell(file, { state: "coming", done: upTo });
          if (upTo >= file.size) done();
        };
        player.save(session.token).catch(failed);
      });
    } finally {
      clearInterval(saying);
      clearTimeout(late);
    }
  }

  /** Without a service worker the whole lies in memory until it is saved. */
  private async atOnce(session: FileSession): Promise<void> {
    const { file } = session;
    if (file.size > VIEWED_BYTES_MAX) throw new TooLargeError();
    const bytes = await session.whole((part) => { this.tell(file, { state: "coming", done: part * file.size }); });
    const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/octet-stream" }));
    const link = make("a", { href: address, download: file.name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => { URL.revokeObjectURL(address); }, START_MS);
  }

  private tell(file: AttachedFile, saving: Saving): void {
    this.states.set(file.blob, saving);
    this.changed();
  }
}

/** Asks the service worker how a download goes, which also keeps it from being idle. */
function hear({ active }: ServiceWorkerRegistration, token: string, told: (runs: Runs) => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<Runs>) => {
    port1.close();
    told(data);
  };
  active?.postMessage({ saving: token } satisfies Heard, [port2]);
}

class StoppedError extends Error {}
class EndedError extends Error {}
class NoAnswerError extends Error {}
class TooLargeError extends Error {}

function wordsOf(error: unknown): string {
  if (error instanceof NoPlayerError) return refusedWords("frame");
  if (error instanceof StoppedError) return t("Ended before all of it was saved.");
  if (error instanceof EndedError) return t("Your browser ended the saving twice. Please save it again, with this window in front until it is done.");
  if (error instanceof NoAnswerError) return t("Your browser stopped asking for the file. Please save it again, and keep this page open until it is done.");
  if (error instanceof TooLargeError) {
    return t("This browser, or a private window, can save only small files of this page. Please use an ordinary window of a current browser.");
  }
  return troubleWords(error);
}

/**
 * The first bundle: the box is usable at once, and nothing that seals is in it. What seals loads while the person
 * writes, so that whoever only reads the page pays nothing for it.
 */
import { announce } from "../elements/announce";
import { busy } from "../elements/busy";
import { clearFaults, showFaults } from "../elements/errors";
import { armLeaving } from "../elements/leave";
import { t } from "../elements/words";
import { loadModule, readAssets, startWorker } from "../workers/load";
import { offer, type First, type Place, type Report, type Wanted } from "./handover";

function part<Kind extends Element>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${id}.`);
  return found;
}

/** Whether this browser has what sealing needs. Without random numbers every seal could be guessed. */
function canSeal(): boolean {
  try {
    return crypto.getRandomValues(new Uint8Array(8)).length === 8
      && typeof BigInt === "function" && typeof TextEncoder === "function" && typeof history.pushState === "function"
      && typeof DataView.prototype.setBigUint64 === "function";
  } catch {
    return false;
  }
}

/** Takes the fragment out of the address bar: a poster's code says which office somebody writes to. */
function takeFragment(): Pick<First, "pin" | "ticket" | "errand"> {
  const values = new URLSearchParams(location.hash.slice(1));
  if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
  return { pin: values.get("k"), ticket: values.get("test"), errand: values.get("by") };
}

/** Whether nothing would be lost if the page began anew. */
function isEmpty({ box, start, holds }: First): boolean {
  return box.value === "" && !start.hidden && holds?.() !== true;
}

/** A poster's code that is scanned while the page is open counts: the page begins again with it. */
function heedPoster(first: First): void {
  addEventListener("hashchange", () => {
    if (!new URLSearchParams(location.hash.slice(1)).has("k")) return;
    const sure = isEmpty(first) || confirm(t("A poster's code was opened. The page begins again with it, and what you wrote is lost. Begin again now?"));
    if (sure) location.reload();
    else history.replaceState(history.state, "", location.pathname + location.search);
  });
}

/** The language switch is another page: it keeps the poster's code, and says that it cannot keep what was written. */
function carryOver(first: First): void {
  const { pin, ticket, errand } = first;
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(".languages a") : null;
    if (link === null) return;
    // A member's statement goes along: without it a test would arrive as somebody's report.
    const kept = Object.entries({ k: pin, test: ticket, by: errand }).flatMap(([name, value]) => value === null ? [] : [`${name}=${value}`]);
    if (kept.length > 0) link.hash = kept.join("&");
    const sure = isEmpty(first)
      || confirm(t("The page in the other language begins empty. Copy what you wrote first, if you want to keep it. Change the language now?"));
    if (!sure) event.preventDefault();
  });
}

function run(): void {
  const form = part("first", HTMLFormElement);
  const again = part("return", HTMLElement);
  const unable = part("unable", HTMLElement);
  armLeaving();
  if (!canSeal()) {
    unable.hidden = false;
    return;
  }
  const assets = readAssets(document);
  const first: First = {
    start: part("start", HTMLElement), host: part("view", HTMLElement), box: part("what", HTMLTextAreaElement),
    load: (name) => loadModule(document, assets, name), startWorker: (name) => startWorker(assets, name), place: JSON.parse(part("place", HTMLScriptElement).text) as Place, ...takeFragment(),
  };
  carryOver(first);
  heedPoster(first);
  form.hidden = false;
  again.hidden = false;

  let loading: Promise<Report> | null = null;
  const load = (): Promise<Report> => {
    loading ??= new Promise<Report>((done, failed) => {
      const takeBack = offer(first, done);
      first.load("report").catch((error: unknown) => {
        takeBack();
        loading = null;
        failed(error instanceof Error ? error : new Error("not loaded"));
      });
    });
    return loading;
  };
  const open = async (wanted: Wanted, button: HTMLElement): Promise<void> => {
    try {
      await busy(button, async () => (await load()).go(wanted));
    } catch {
      showFaults(form, [{ field: "what", message: t("The rest of the page did not load. What you wrote is still here. Please try again.") }]);
    }
  };
  // Not at once: the page is there to be read first, perhaps on a metered line.
  first.box.addEventListener("input", () => { load().catch(() => undefined); }, { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearFaults(form);
    if (first.box.value.trim() === "") {
      showFaults(form, [{ field: "what", message: t("Please write what you saw or heard. A few words are enough. You can also speak.") }]);
      return;
    }
    announce(t("One moment."));
    void open("report", part("go-on", HTMLButtonElement));
  });
  const others: readonly [id: string, wanted: Wanted][] = [["speak", "voice"], ["open-mailbox", "mailbox"]];
  for (const [id, wanted] of others) {
    const button = part(id, HTMLButtonElement);
    button.addEventListener("click", () => { void open(wanted, button); });
  }
  if (first.box.value !== "") load().catch(() => undefined);
}

run();

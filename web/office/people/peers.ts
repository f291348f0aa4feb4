/** Offices that this one may refer to: named in the charter by fingerprint and host, with what each is for beside it. */
import { openDialog } from "../../elements/dialog.js";
import { clearFaults, showFaults } from "../../elements/errors.js";
import { make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import { wordsGrid } from "../../elements/words-grid.js";
import { CONCERNS, type Concern } from "../../seal/closing.js";
import { b64, unb64 } from "../../seal/primitives.js";
import { concernWord } from "../cases/words.js";
import { button, cancel, checkboxes, field, form, submit } from "../fields.js";
import { nameOf, saidOf } from "../referral/dialog.js";
import type { PeerRow } from "../referral/types.js";
import { tell } from "../telling.js";
import type { Workbench } from "../views.js";
import { propose } from "./proposals.js";

/** The card. `changed` is called after something was signed, `show` with what went wrong. */
export async function peersCard(bench: Workbench, administrator: boolean, changed: () => void, show: (error: unknown) => void): Promise<HTMLElement> {
  const { facts, api } = bench;
  const { peers } = await api.get<{ peers: readonly PeerRow[] }>("peers");
  const list = language().toLowerCase().startsWith("zh") ? "zh-Hans" : "en";
  const rows = facts.peers.map(({ F, host, words }) => {
    const said = peers.find((one) => one.F === F) ?? { F, host };
    return make("li", { class: "stack tight", "data-peer": F },
      make("div", { class: "row apart" }, make("b", { dir: "auto" }, nameOf(said)), make("bdi", { class: "code" }, host)),
      about(said),
      make("details", {}, make("summary", {}, t("Its eight words")), wordsGrid(words, list)),
      administrator && make("p", { class: "row" },
        button(t("What it is for"), () => { void competenceDialog(bench, said).then(changed).catch(show); }, "link"),
        button(t("Take it out"), () => { void propose(bench, { peers: facts.peers.filter((one) => one.F !== F) }).then(changed).catch(show); }, "link")));
  });
  return make("section", { class: "card", id: "peers" }, make("h2", {}, t("Offices that we refer to")),
    rows.length === 0
      ? make("p", {}, t("There are none yet. A report can be passed on only to an office that the charter names by its fingerprint: nothing of it can go anywhere else."))
      : make("ul", { class: "duelist", role: "list" }, rows),
    administrator && button(t("Add an office"), () => { void add(bench).then(changed).catch(show); }, "button secondary"));
}

function about(said: PeerRow): HTMLElement | null {
  const found = saidOf(said);
  if (found === undefined) return make("p", { class: "small muted" }, t("Nothing is said yet of what it is for."));
  return make("p", { class: "small", dir: "auto" },
    [...found.fields.map(concernWord), ...(found.territory === "" ? [] : [found.territory])].join(" · "));
}

/** The address on a poster holds both: the host, and the fingerprint after `#k=`. */
export function readPoster(text: string): { readonly F: string; readonly host: string } | undefined {
  try {
    const { host, hash, protocol } = new URL(text.trim());
    const F = new URLSearchParams(hash.slice(1)).get("k");
    if (F === null || !/^https?:$/.test(protocol)) return undefined;
    return { F: b64(unb64(F, 32)), host };
  } catch {
    return undefined;
  }
}

async function add(bench: Workbench): Promise<void> {
  const { facts } = bench;
  const address = field({
    label: t("Address on that office's poster"), hint: t("The whole of it, with what follows #k=: host and fingerprint stand in it. Get it from the office itself and not from a page that anybody could have made."), classes: "wide",
  });
  const found = await openDialog<{ F: string; host: string }>(t("Add an office"), (close) => {
    const made = form(() => {
      clearFaults(made);
      const peer = readPoster(address.value());
      if (peer === undefined) showFaults(made, [{ field: address.id, message: t("This is not the address of a poster: it looks like https://report.example.org/at/…#k=…") }]);
      else if (peer.F === facts.fingerprint) showFaults(made, [{ field: address.id, message: t("This is our own office.") }]);
      else close(peer);
    }, address.element, make("div", { class: "actions" }, submit(t("See what changes")), cancel()));
    return made;
  });
  if (found === null) return;
  await propose(bench, { peers: [...facts.peers.filter(({ F }) => F !== found.F), found] });
}

async function competenceDialog(bench: Workbench, peer: PeerRow): Promise<void> {
  const { worker, session, api } = bench;
  const said = saidOf(peer);
  const tag = language().toLowerCase() === "zh-hans" ? "zh-Hans" : language();
  const name = field({ label: t("What we call it"), value: said?.names.get(tag) ?? said?.names.get("en") ?? "", maxlength: 200 });
  const fields = checkboxes(t("What it is for"), CONCERNS.map((one) => ({ key: one, label: concernWord(one), on: said?.fields.includes(one) ?? false })));
  const territory = field({ label: t("Where (optional)"), hint: t("A place, a branch or a kind of organisation."), value: said?.territory ?? "", maxlength: 500 });
  await openDialog<boolean>(peer.host, (close) => {
    const made: HTMLFormElement = form(() => {
      clearFaults(made);
      if (name.value().trim() === "") {
        showFaults(made, [{ field: name.id, message: t("Please give it a name.") }]);
        return;
      }
      void (async () => {
        try {
          const names = { ...Object.fromEntries(said?.names ?? []), [tag]: name.value().trim() };
          const wish = { F: peer.F, names, fields: fields.value() as Concern[], territory: territory.value().trim(), before: peer.document };
          const signed = await worker.ask("say-competence", { ...wish, counter: await session.counter() });
          await api.put(`peers/${peer.F}`, { ...signed });
          close(true);
        } catch (error) {
          tell(made, name.id, error);
        }
      })();
    }, name.element, fields.element, territory.element,
    make("p", { class: "hint" }, t("Members read it when they choose where to pass something on. It is signed and decides nothing: the charter does.")),
    make("div", { class: "actions" }, submit(t("Sign it")), cancel()));
    return made;
  });
}

/** Inviting somebody, and judging the keys that their browser sends back. */
import { busy } from "../../elements/busy.js";
import { copyButton } from "../../elements/copy.js";
import { openDialog } from "../../elements/dialog.js";
import { make } from "../../elements/make.js";
import { language, moment, t } from "../../elements/words.js";
import { wordsGrid } from "../../elements/words-grid.js";
import type { JoiningRow } from "../../workers/people.js";
import { printFinding } from "../alarm.js";
import { button, cancel, checkboxes, field, form, submit } from "../fields.js";
import { allRoles, roleName, rolesInWords } from "../roles.js";
import { sentenceOf, tell, tellFault } from "../telling.js";
import type { Workbench } from "../views.js";
import { propose } from "./proposals.js";

export interface InvitationRow {
  readonly id: string;
  readonly inviter: string;
  readonly nonce: string;
  readonly member: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly with_root: boolean;
  readonly ends: string;
  readonly joining?: { readonly doc: string; readonly sig: string; readonly mac: string; readonly day: string };
  readonly done?: boolean;
}

/** Ask for name and roles, make the invitation, and show its link once. */
export async function inviteDialog(bench: Workbench, again?: { readonly member: string; readonly name: string; readonly roles: readonly string[] }): Promise<void> {
  const { facts } = bench;
  const name = field({ label: t("Name"), value: again?.name ?? "" });
  const roles = checkboxes(t("Roles"), allRoles(facts).map((role) => ({
    key: role, label: roleName(role, facts), on: again?.roles.includes(role) ?? false,
  })));
  const chosen = await openDialog<{ name: string; roles: string[] }>(again === undefined ? t("Invite a person") : t("New keys"), (close) => {
    const shown: HTMLFormElement = form(() => {
      if (name.value().trim() === "") tellFault(shown, { field: name.id, sentence: t("Please fill this in.") });
      else if (roles.value().length === 0) tellFault(shown, { field: roles.id, sentence: t("Please choose what they will do.") });
      else close({ name: name.value().trim(), roles: roles.value() });
    }, name.element, roles.element, make("p", { class: "hint" }, t("No role contains another. An administrator reads nothing by being one.")),
    make("div", { class: "actions" }, submit(t("Make the link")), cancel()));
    return shown;
  });
  if (chosen === null) return;
  const administrator = chosen.roles.includes("administrator");
  const holder = facts.people.find((one) => one.id === again?.member)?.holdsRoot === true;
  const onPaper = administrator && holder ? await keepsRoot(chosen.name) : false;
  if (onPaper === null) return;
  const made = await bench.worker.ask("invite", { member: again?.member ?? null });
  await bench.api.post("invitations", {
    id: made.id, nonce: made.nonce, member: made.member, name: chosen.name, roles: chosen.roles,
    with_root: administrator && !onPaper,
  });
  await showLink(bench, made.fragment);
}

/** A lost vote can only be replaced by the others' votes; one on paper need not be. */
function keepsRoot(name: string): Promise<boolean | null> {
  return openDialog<boolean>(t("Does {name} still have the printed root key?", { name }), (close) => [
    make("p", {}, t("Then it stays in the root, and {name} types it in again. Otherwise a new one is made, and enough other administrators must sign the change.", { name })),
    make("div", { class: "actions" },
      button(t("Yes, it is on paper"), () => { close(true); }), button(t("No, make a new one"), () => { close(false); }, "button secondary"), cancel()),
  ]);
}

async function showLink(bench: Workbench, fragment: string): Promise<void> {
  const link = `${location.origin}/at/${bench.facts.office}/join#${fragment}`;
  await openDialog(t("The invitation's link"), (close: (answer: null) => void) => [
    make("p", {}, t("Hand it over yourself: on paper, face to face, or by a messenger that seals. Never by this office's mail.")),
    make("p", { class: "code", id: "invitation-link" }, link),
    make("p", { class: "hint" }, t("It works once, within seven days.")),
    make("div", { class: "actions" }, copyButton(t("Copy"), () => link), button(t("Done"), () => { close(null); }, "button secondary")),
  ]);
}

/** One open invitation, or the keys that came back for it. */
export async function invitationCard(
  bench: Workbench, row: InvitationRow, blocked: boolean, changed: () => void,
): Promise<HTMLElement> {
  const { facts, api, worker } = bench;
  const fault = make("p", { class: "fault", role: "alert" });
  const withdraw = button(t("Take back"), () => {
    void busy(withdraw, async () => {
      try {
        await api.post(`invitations/${row.id}/withdrawal`);
        changed();
      } catch (error) {
        fault.textContent = sentenceOf(error);
      }
    });
  }, "button secondary");
  const head = [make("h3", {}, row.name), make("p", {}, rolesInWords(row.roles, facts))];
  if (row.joining === undefined) {
    const mine = row.inviter === facts.me.id;
    const again = button(t("Show the link"), () => {
      void worker.ask("invite-again", { nonce: row.nonce }).then((fragment) => showLink(bench, fragment), (error: unknown) => { fault.textContent = sentenceOf(error); });
    }, "button secondary");
    return make("section", { class: "card" }, head, make("p", { class: "hint" }, t("Waits for an answer until {when}.", { when: moment(row.ends) })),
      fault, make("div", { class: "actions" }, mine && again, withdraw));
  }
  return answered(bench, row, row.joining, { head, fault, withdraw, changed, blocked });
}

async function answered(
  bench: Workbench, row: InvitationRow, joining: NonNullable<InvitationRow["joining"]>,
  parts: {
    readonly head: readonly HTMLElement[]; readonly fault: HTMLElement; readonly withdraw: HTMLElement;
    readonly changed: () => void;
    /** Another proposal waits for signatures, so nobody can be taken in now. */
    readonly blocked: boolean;
  },
): Promise<HTMLElement> {
  const wire: JoiningRow = { invitation: row.id, inviter: row.inviter, nonce: row.nonce, doc: joining.doc, sig: joining.sig, mac: joining.mac };
  const { genuine, words } = await bench.worker.ask("check-joining", { row: wire, language: language() });
  if (genuine === false) {
    return make("section", { class: "card" }, parts.head,
      make("p", { class: "notice danger", role: "alert" }, t("These keys were not made by who holds your invitation. Somebody has put other keys in their place. Take it back, and tell your colleagues.")),
      parts.fault, make("div", { class: "actions" }, parts.withdraw, printFinding({
        heading: t("An invited person's keys were exchanged"), codes: ["joining-mac"], now: Date.parse(bench.facts.today), words: bench.facts.words,
        sentences: [t("These keys were not made by who holds the invitation."), row.name],
      })));
  }
  const alias = field({ label: t("Name that reporting persons see"), classes: "medium", value: "" });
  const compared = checkboxes("", [{ key: "yes", label: t("I have compared these eight words with them, by voice.") }]);
  const take = submit(t("Take them in"));
  const shown: HTMLFormElement = form(() => {
    if (alias.value().trim() === "") tellFault(shown, { field: alias.id, sentence: t("Please fill this in.") });
    else if (compared.value().length === 0) tellFault(shown, { field: compared.id, sentence: t("Please compare the words first: whoever else made these keys would read everything.") });
    else {
      void busy(take, async () => {
        try {
          await propose(bench, { join: [{ row: wire, roles: row.roles, alias: alias.value().trim() }] });
          parts.changed();
        } catch (error) {
          tell(shown, alias.id, error);
        }
      });
    }
  }, alias.element, compared.element, make("div", { class: "actions" }, take, parts.withdraw));
  return make("section", { class: "card" }, parts.head,
    make("p", {}, t("Has answered. Call {name} and let them read their eight words to you:", { name: row.name })),
    wordsGrid(words, language().toLowerCase().startsWith("zh") ? "zh-Hans" : "en"),
    genuine === null && make("p", { class: "notice plain" }, t("A colleague invited them, so only the words can tell whose keys these are.")),
    parts.fault,
    parts.blocked
      ? [make("p", { class: "hint" }, t("First the proposal above needs its signatures.")), make("div", { class: "actions" }, parts.withdraw)]
      : shown);
}

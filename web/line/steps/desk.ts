/** Who will read it. Asked before sealing, because nobody can take a key back afterwards. */
import { ask } from "../../elements/dialog";
import { clearFaults, showFaults, type Fault } from "../../elements/errors";
import { hold, make } from "../../elements/make";
import type { Draw } from "../../elements/views";
import { t } from "../../elements/words";
import { inLanguage } from "../forms";
import { actions, button, failure, notice, stack, stepLine, type Frame } from "../frame";
import type { Office, OpenDesk } from "../office";
import { sentence } from "../problems";
import { choiceField, textField } from "../writing";
import { more } from "./more";

/** @param next - where it goes on; the form's other questions if nothing is said */
export function desk(frame: Frame, next: (frame: Frame) => Draw = more): Draw {
  return (host) => {
    const body = make("form", { class: "stack loose", novalidate: true });
    host.append(stack(stepLine("readers"), make("h1", {}, t("Who reads it")), body));
    const show = async (): Promise<void> => {
      hold(body, make("p", { class: "muted", role: "status" }, t("Loading …")));
      try {
        const office = await frame.office();
        hold(body);
        draw(frame, office, body, next);
      } catch (error) {
        hold(body, failure(sentence(error), () => { void show(); }),
          actions(button(t("Back"), () => { history.back(); }, "button secondary")));
      }
    };
    void show();
    return undefined;
  };
}

function draw(frame: Frame, office: Office, form: HTMLFormElement, next: (frame: Frame) => Draw): void {
  const { draft, views } = frame;
  const rest = make("div", { class: "stack loose" });
  const redraw = (): void => { hold(rest, restOf(frame, office, redraw)); };
  const asked = choiceField({
    label: t("Does it concern somebody who works for this office?"),
    help: t("If so, the report goes to people who have nothing to do with them."),
  }, "choice", [
    { id: "no", label: t("No, or I do not know") }, { id: "yes", label: t("Yes") },
  ], draft.concernsUs === undefined ? [] : [draft.concernsUs ? "yes" : "no"], ([taken]) => {
    draft.concernsUs = taken === "yes";
    draft.desk = undefined;
    if (!draft.concernsUs) draft.concerned = undefined;
    redraw();
  }, "concerns");
  redraw();
  form.append(asked, rest, actions(
    make("button", { class: "button", type: "submit" }, t("Continue")),
    button(t("Back"), () => { history.back(); }, "button secondary"),
  ));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearFaults(form);
    if (showFaults(form, faults(frame))) void leftBehind(frame).then((sure) => { if (sure) views.go(next(frame)); });
  });
}

/** What this browser does not have any more cannot be sealed to another desk: nobody loses a recording unasked. */
async function leftBehind({ attaching, draft }: Frame): Promise<boolean> {
  const names = draft.desk === undefined ? [] : attaching.there?.leftBehind(draft.desk) ?? [];
  return names.length === 0 || ask({
    title: t("Files that cannot go to another desk"), danger: true,
    body: [
      make("p", {}, t("They are sealed to the desk that you chose before, and this browser does not have them any more: a recording is lost, a file has to be picked again.")),
      make("ul", {}, names.map((name) => make("li", {}, make("bdi", {}, name)))),
    ],
    act: t("Take the other desk"), cancel: t("Back to the choice"),
  });
}

function faults({ draft }: Frame): Fault[] {
  if (draft.concernsUs === undefined) return [{ field: "concerns", message: t("Please say whether it concerns somebody who works for this office.") }];
  if (draft.concernsUs && draft.concerned === undefined) return [{ field: "whose", message: t("Please say at which desk that person works.") }];
  if (draft.desk === undefined) return [{ field: "desk", message: t("Please choose who shall read it.") }];
  return [];
}

function restOf(frame: Frame, office: Office, redraw: () => void): (HTMLElement | null)[] {
  const { draft } = frame;
  if (draft.concernsUs === undefined) return [];
  if (!draft.concernsUs) return [chooser(frame, office, office.desks)];
  const whose = choiceField({ label: t("At which desk do they work?") }, "choice",
    office.desks.map((one) => ({ id: one.id, label: one.name })), draft.concerned === undefined ? [] : [draft.concerned],
    ([taken]) => {
      draft.concerned = taken;
      draft.desk = undefined;
      redraw();
    }, "whose");
  return [whose, draft.concerned === undefined ? null : independent(frame, office, draft.concerned), mustNotSee(frame)];
}

function mustNotSee({ draft }: Frame): HTMLElement {
  return textField({
    label: t("Who must not see it?"), optional: true,
    help: t("Names or functions, one on each line. The people who read it first make sure of that before anybody else gets it."),
  }, "lines", draft.mustNotSee, (value) => { draft.mustNotSee = value; });
}

/** Only desks whose people have nothing to do with those of the desk concerned; the page offers no others. */
function independent(frame: Frame, office: Office, concerned: string): HTMLElement {
  const { here, elsewhere } = office.independentOf(concerned);
  const outside = elsewhere.map(({ name, host }) => make("li", {}, name, " ", make("span", { class: "code" }, host)));
  const others = outside.length === 0 ? null
    : make("div", {}, make("p", {}, t("Independent, in another office. Type its address yourself:")), make("ul", {}, outside));
  if (here.some((one) => one.sheet.open || frame.first.ticket !== null)) return make("div", { class: "stack" }, chooser(frame, office, here), others);
  const complaints = make("p", { class: "written" });
  const whose = office.desk(concerned);
  if (whose !== undefined) {
    office.profile(whose).then((profile) => { complaints.textContent = inLanguage(profile.complaints); }, () => undefined);
  }
  return notice("warning", t("No desk here is independent of those people"),
    t("Please do not send it here: they could read it. Complain outside this office instead:"), complaints, others);
}

function chooser(frame: Frame, office: Office, desks: readonly OpenDesk[]): HTMLElement {
  const { draft, first } = frame;
  const taking = desks.filter((one) => one.sheet.open || first.ticket !== null);
  if (taking.length === 0) {
    return notice("warning", t("No desk takes reports at present"),
      t("Please use one of the other ways to report, on the first page. What you wrote stays here as long as the page is open."));
  }
  // It may have closed since it was chosen.
  if (!taking.some(({ id }) => id === draft.desk)) draft.desk = undefined;
  const only = taking.length === 1 ? taking[0] : undefined;
  if (only !== undefined) draft.desk = only.id;
  const named = make("p", {});
  const show = (): void => {
    const name = draft.desk === undefined ? undefined : office.desk(draft.desk)?.name;
    hold(named, name === undefined ? null
      : t("At first everyone on this desk can read the whole report: {desk}. When it becomes a case, only the people assigned to it can read what comes after.", { desk: name }));
  };
  show();
  const list = only !== undefined ? null : choiceField({ label: t("Which desk shall read it?") }, "choice",
    taking.map((one) => ({ id: one.id, label: one.name })), draft.desk === undefined ? [] : [draft.desk], ([taken]) => {
      draft.desk = taken;
      show();
    }, "desk");
  const unsure = office.pinned ? null : notice("plain", null,
    t("You opened this page without the code of a poster or a letter, so this browser takes the server's word for which office this is. If you have a poster, scan its code instead."));
  const alone = office.alone ? make("p", {}, t("One person alone can still change who reads here. It is meant to need two.")) : null;
  return make("div", { class: "stack" }, list, make("div", { class: "notice" }, make("h2", {}, t("Who can read it")), named, alone), unsure);
}

import { hold, make, newId, type Child } from "./make";
import { t } from "./words";

export interface Question {
  readonly title: string;
  readonly body?: Child;
  /** What the button says that goes on: the act itself ("Send", "Sign out everywhere"), never "OK". */
  readonly act: string;
  readonly cancel?: string;
  /** The act cannot be taken back: the button says so by its colour, and the focus starts on the other one. */
  readonly danger?: boolean;
}

let closed = false;

/** Closes what is open. Until `reopenDialogs` none opens, however late it was asked for: what it shows has gone. */
export function closeDialogs(): void {
  closed = true;
  for (const dialog of document.querySelectorAll("dialog")) dialog.close();
}

/** Dialogs open again: somebody is here who may see what they show. */
export function reopenDialogs(): void {
  closed = false;
}

/**
 * Opens a dialog that holds what `fill` puts into it; resolves with what it was closed with, `null` by Escape.
 *
 * @param kind - a class beside `dialog`, for one that is not a question
 */
export function openDialog<Answer>(
  title: string, fill: (close: (answer: Answer) => void) => Child, kind = "",
): Promise<Answer | null> {
  if (closed) return Promise.resolve(null);
  const { promise, resolve } = withResolvers<Answer | null>();
  const id = newId();
  const dialog = make("dialog", { class: `dialog ${kind}`.trim(), "aria-labelledby": id });
  let answer: Answer | null = null;
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    resolve(answer);
  });
  const close = (given: Answer): void => {
    answer = given;
    dialog.close();
  };
  const heading = make("h2", { id }, title);
  hold(dialog, heading, fill(close));
  document.body.append(dialog);
  dialog.showModal();
  // What is signed below a long text is read first: the browser would begin at the button, which is its end.
  if (dialog.scrollTop > 0) {
    heading.tabIndex = -1;
    heading.focus();
    dialog.scrollTop = 0;
  }
  return promise;
}

/** Asks one question that is answered by an act or by leaving everything as it is. */
export async function ask(question: Question): Promise<boolean> {
  const answer = await openDialog<boolean>(question.title, (close) => {
    const act = make("button", {
      class: question.danger === true ? "button danger" : "button", type: "button", onclick: () => { close(true); },
    }, question.act);
    const cancel = make("button", {
      class: "button secondary", type: "button", autofocus: question.danger === true, onclick: () => { close(false); },
    }, question.cancel ?? t("Cancel"));
    // A bare sentence would stand right under its heading: only elements keep a distance.
    const body = typeof question.body === "string" ? make("p", {}, question.body) : question.body;
    return [body, make("div", { class: "actions" }, act, cancel)];
  });
  return answer === true;
}

// Promise.withResolvers is younger than some phones that must be able to report.
function withResolvers<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((keep) => { resolve = keep; });
  return { promise, resolve };
}

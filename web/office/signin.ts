import { busy, Progress } from "../elements/busy.js";
import { hold, make } from "../elements/make.js";
import { t } from "../elements/words.js";
import { button, field, form, submit } from "./fields.js";
import type { Proofs } from "./session.js";
import { tell } from "./telling.js";

export interface SignInOptions {
  readonly office: string;
  /** Known from before a lock: only the passphrase is asked for again. */
  readonly name: string;
  readonly reason: string;
  enter(proofs: Proofs, progress: (part: number) => void): Promise<void>;
}

/** The sign-in: name, passphrase and the telephone's digits; or the printed way back in place of either. */
export function showSignIn(host: HTMLElement, options: SignInOptions): void {
  const again = options.name !== "";
  const name = field({ label: t("Sign-in name"), autocomplete: "username" });
  const passphrase = field({ label: t("Passphrase"), type: "password", autocomplete: "current-password" });
  const digits = field({
    label: t("Six digits from your telephone"), classes: "short digits", inputmode: "numeric", autocomplete: "one-time-code", maxlength: 7,
  });
  const words = field({
    label: t("Way back: the twelve words of your sheet"), rows: 3,
    hint: t("They stand in for the passphrase or for the telephone, whichever you have lost."),
  });
  words.element.hidden = true;
  const lost = button(t("I lost my passphrase or my telephone"), () => {
    words.element.hidden = false;
    lost.hidden = true;
    words.input.focus();
  }, "link");
  const bar = new Progress(t("Your passphrase is being worked on. This takes a moment on purpose."));
  bar.element.hidden = true;
  const send = submit(again ? t("Unlock") : t("Sign in and unlock"));
  const shown = form(() => {
    const proofs = {
      name: again ? options.name : name.value(), passphrase: passphrase.value(), words: words.value(), digits: again ? "" : digits.value(),
    };
    bar.element.hidden = false;
    void busy(send, () => options.enter(proofs, (part) => { bar.show(part, 1, ""); })
      .catch((error: unknown) => { tell(shown, again ? passphrase.id : name.id, error); })
      .finally(() => { bar.element.hidden = true; }));
  }, !again && name.element, passphrase.element, !again && digits.element, words.element, bar.element,
  make("div", { class: "actions" }, send, lost));
  host.className = "narrow";
  hold(host, make("div", { class: "stack" },
    make("h1", {}, again ? t("Your keys are locked") : options.office),
    options.reason !== "" && make("p", { class: "notice plain" }, options.reason),
    again && make("p", {}, t("You are still signed in as {name}. The passphrase opens your keys again.", { name: options.name })),
    shown));
  (again ? passphrase : name).input.focus();
}

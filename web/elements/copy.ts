import { announce } from "./announce";
import { make } from "./make";
import { t } from "./words";

/** A button that copies what `text` gives at that moment, and says that it has, or that the browser would not. */
export function copyButton(label: string, text: () => string): HTMLButtonElement {
  const said = make("span", {}, label);
  const button = make("button", { class: "button secondary noprint", type: "button" }, said);
  button.addEventListener("click", () => {
    void copy(text()).then((done) => {
      const sentence = done ? t("Copied") : t("Your browser did not copy. Please mark the text and copy it yourself.");
      said.textContent = done ? sentence : label;
      announce(sentence);
      setTimeout(() => { said.textContent = label; }, 2500);
    });
  });
  return button;
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

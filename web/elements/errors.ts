import { make } from "./make";
import { t } from "./words";

/** What is wrong with one field: its element's id and a sentence that says what to do. */
export interface Fault {
  readonly field: string;
  readonly message: string;
}

/** Takes away the summary and every sentence that an earlier `showFaults` put into `form`. */
export function clearFaults(form: HTMLElement): void {
  for (const shown of form.querySelectorAll(":scope > .faults, .fault")) shown.remove();
  for (const box of form.querySelectorAll(".faulty")) box.classList.remove("faulty");
  for (const field of form.querySelectorAll<HTMLElement>("[aria-invalid]")) {
    field.removeAttribute("aria-invalid");
    const kept = field.getAttribute("aria-describedby")?.split(" ").filter((id) => !id.endsWith("-fault")) ?? [];
    if (kept.length > 0) field.setAttribute("aria-describedby", kept.join(" "));
    else field.removeAttribute("aria-describedby");
  }
}

/**
 * Shows faults: a summary on top that takes the focus and links to each field, and the sentence at the field.
 * Without faults it only clears. Returns whether there was none.
 */
export function showFaults(form: HTMLElement, faults: readonly Fault[]): boolean {
  clearFaults(form);
  if (faults.length === 0) return true;
  const list = make("ul");
  for (const { field, message } of faults) {
    const target = document.getElementById(field);
    const link = make("a", { href: `#${field}` }, message);
    link.addEventListener("click", (event) => {
      // The address stays as it is: a fragment may pin the office, and history shall not tell of fields.
      event.preventDefault();
      target?.focus();
      target?.scrollIntoView({ block: "center" });
    });
    list.append(make("li", {}, link));
    if (target === null) continue;
    const box = target.closest(".field, .choices") ?? target.parentElement;
    const sentence = make("p", { class: "fault", id: `${field}-fault` }, message);
    box?.classList.add("faulty");
    if (target.matches("fieldset")) target.querySelector(":scope > legend")?.after(sentence);
    else if (target.closest(".choice") !== null) target.closest(".choice")?.before(sentence);
    else target.before(sentence);
    target.setAttribute("aria-invalid", "true");
    const before = target.getAttribute("aria-describedby");
    target.setAttribute("aria-describedby", before === null ? sentence.id : `${sentence.id} ${before}`);
  }
  const heading = make("h2", {}, t("Something needs another look. Nothing is lost."));
  const summary = make("div", { class: "faults", role: "alert", tabindex: -1 }, heading, list);
  form.prepend(summary);
  summary.focus();
  return false;
}

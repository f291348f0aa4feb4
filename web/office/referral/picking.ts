/** Which files of a report go along with a referral: each is looked at before, because nobody takes it back afterwards. */
import { hold, make, newId } from "../../elements/make.js";
import { size, t } from "../../elements/words.js";
import { REFERRED_FILES_MAX } from "../../seal/limits.gen.js";
import type { AttachedFile, Story } from "../arrivals/types.js";
import { lookAt, type Look } from "../files/looking.js";

export class PickedFiles {
  readonly id = newId();
  readonly element = make("fieldset", { class: "field", id: this.id });
  private readonly files: readonly AttachedFile[];
  private readonly picked = new Set<string>();
  private readonly seen = new Set<string>();

  /** @param look - opens one to be looked at; resolves when it is closed */
  constructor({ entries }: Pick<Story, "entries">, private readonly look: Look) {
    this.files = entries.flatMap((one) => ("files" in one ? one.files : []));
    this.element.hidden = this.files.length === 0;
    hold(this.element, make("legend", {}, t("Files that go along (optional)")),
      make("p", { class: "hint" }, t("Each is sealed anew for that office. Look at it before: a face, a name in a corner or a handwriting can tell who reported. {most} at most in all.", { most: size(REFERRED_FILES_MAX) })),
      make("ul", { class: "plain stack tight" }, this.files.map((file) => this.row(file))));
  }

  /** In the order in which they stand in the report. */
  get chosen(): readonly string[] {
    return this.files.filter(({ blob }) => this.picked.has(blob)).map(({ blob }) => blob);
  }

  /** What keeps them from going; null where nothing does. */
  fault(): string | null {
    const going = this.files.filter(({ blob }) => this.picked.has(blob));
    if (going.some(({ blob }) => !this.seen.has(blob))) return t("Please look at each file that goes along.");
    return going.reduce((sum, file) => sum + file.size, 0) > REFERRED_FILES_MAX
      ? t("Together they are too large. Say in words what else there is: they can ask for it.") : null;
  }

  private row(file: AttachedFile): HTMLElement {
    const box = make("input", { type: "checkbox", onchange: () => {
      if (box.checked) this.picked.add(file.blob);
      else this.picked.delete(file.blob);
    } });
    return make("li", { class: "row apart" },
      make("label", { class: "choice" }, box, make("span", {}, make("bdi", {}, file.name), " ", make("span", { class: "muted small" }, size(file.size)))),
      lookAt(file, this.look, () => { this.seen.add(file.blob); }, "link"));
  }
}

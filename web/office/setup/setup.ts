/** The first visit: seven screens, at the end of which an office stands and a sheet lies in the printer. */
import { dayAt } from "../../elements/days.js";
import { hold, make } from "../../elements/make.js";
import { Progress } from "../../elements/busy.js";
import { language, t } from "../../elements/words.js";
import { unb64 } from "../../seal/primitives.js";
import type { Assets } from "../../workers/load.js";
import type { PrintedSheet } from "../../workers/ways.js";
import { postSetup, Refusal } from "../api.js";
import { deskTexts, profileDocument } from "../desks/texts.js";
import { field } from "../fields.js";
import { Guide, ScreenFault, type Screen, type Went } from "../guide.js";
import { takeFragment, type PageBlock } from "../page.js";
import { PersonScreens } from "../person.js";
import { ownSheet, poster, printButton } from "../sheets.js";
import { Shell } from "../shell.js";
import { sentenceOf } from "../telling.js";
import { OfficeWorker } from "../worker.js";

interface Begun {
  readonly office: string;
  readonly form: string;
  readonly record: { readonly host: string; readonly promise: string; readonly checkpoint: string };
}

export function startSetup(page: PageBlock, assets: Assets): void {
  const main = document.getElementById("main");
  if (main === null) return;
  document.title = t("Set-up");
  void OfficeWorker.start(assets).then((worker) => { new Setup(main, page, assets, worker).start(); }, (error: unknown) => {
    hold(main, make("p", { class: "notice danger", role: "alert" }, sentenceOf(error)));
  });
}

class Setup {
  private readonly tag = language();
  private readonly code = field({
    label: t("Set-up code"), value: takeFragment(), classes: "code",
    hint: t("It stands in the terminal that started Fairline. It works once."),
  });
  private readonly name = field({ label: t("Name of the office"), hint: t("As it stands on its door.") });
  private readonly zone = field({
    label: t("Time zone"), value: Intl.DateTimeFormat().resolvedOptions().timeZone, classes: "medium",
    hint: t("Days and deadlines are counted in it."),
  });
  private readonly deskName = field({ label: t("Name of the first desk"), value: t("Reporting desk"), hint: t("More desks can follow later.") });
  private readonly texts = deskTexts(this.tag);
  private person!: PersonScreens;
  private begun: Begun | undefined;
  private sheet: PrintedSheet | undefined;

  constructor(
    private readonly main: HTMLElement, private readonly page: PageBlock, private readonly assets: Assets,
    private readonly worker: OfficeWorker,
  ) {
    this.main.className = "column";
  }

  start(): void {
    // The address with the code, opened in a tab that stands here already, changes the fragment and loads nothing.
    addEventListener("hashchange", this.takeCode);
    this.show();
  }

  private readonly takeCode = (): void => {
    if (this.begun !== undefined || location.hash.startsWith("#/")) return;
    const code = takeFragment();
    if (code === "") return;
    const closed = this.code.value() === "" && !this.page.fresh;
    this.code.input.value = code;
    if (closed) this.show();
  };

  private show(): void {
    if (!this.page.fresh && this.code.value() === "") {
      hold(this.main, make("div", { class: "empty" }, make("h1", {}, t("This office is set up")),
        make("p", {}, t("A further office needs a new code from the operator's terminal.")), make("a", { class: "button", href: "/" }, t("To the sign-in"))));
      return;
    }
    this.person = new PersonScreens(this.worker, "Fairline", { name: "", alias: true });
    const names = [t("Office"), t("You"), t("Telephone"), t("Desk"), t("Print"), t("Type back"), t("Done")];
    new Guide(this.main, names, [
      () => this.office(), () => this.person.you(), () => this.person.phone(), () => this.desk(), () => this.print(),
      () => this.typeBack(), () => this.done(),
    ]);
  }

  private office(): Screen {
    return {
      name: t("Office"), title: t("Set up a reporting line"), field: this.code.id,
      content: [
        make("p", { class: "lede" }, t("Ten minutes, a printer and a telephone with an authenticator app. Every key is made in this browser; the server gets none.")),
        this.code.element, this.name.element, this.zone.element,
      ],
      go: async () => {
        if (this.name.value().trim() === "") throw new ScreenFault(this.name.id, t("Please give the office a name."));
        if (!knownZone(this.zone.value())) throw new ScreenFault(this.zone.id, t("No such time zone is known. An example: Europe/Paris."));
        this.begun = await postSetup<Begun>("setup/begin", { code: this.code.value().trim() });
        return undefined;
      },
    };
  }

  private desk(): Screen {
    const bar = new Progress(t("Keys are being made. This takes a moment on purpose."));
    bar.element.hidden = true;
    return {
      name: t("Desk"), title: t("The first desk"), field: this.deskName.id, next: t("Make the keys"),
      content: [
        make("p", {}, t("A desk is a group of people who read what is reported to it. It stays closed until two people can read, and everything was tried once.")),
        this.deskName.element, ...this.texts.elements, bar.element,
      ],
      go: async (): Promise<Went> => {
        if (this.deskName.value().trim() === "") throw new ScreenFault(this.deskName.id, t("Please give the desk a name."));
        this.texts.check();
        bar.element.hidden = false;
        try {
          this.sheet = await this.found((part) => { bar.show(part, 1, ""); });
        } finally {
          bar.element.hidden = true;
        }
        return "anew";
      },
    };
  }

  private async found(progress: (part: number) => void): Promise<PrintedSheet> {
    const { begun } = this;
    if (begun === undefined) throw new Refusal(0, "not-begun", t("Please begin again: nothing was stored."));
    const { record } = begun;
    const person = this.person.person;
    return this.worker.ask("found", {
      office: unb64(begun.office, 16), names: this.inBoth(this.name.value()), zone: this.zone.value().trim(),
      today: dayAt(Date.now(), this.zone.value().trim()),
      record: { host: record.host, promise: unb64(record.promise), checkpoint: unb64(record.checkpoint) },
      alias: person.alias, passphrase: person.passphrase, language: this.tag, reason: t("The desk was founded."),
      desk: { names: this.inBoth(this.deskName.value()), form: unb64(begun.form), profile: profileDocument(this.texts.values()) },
    }, progress);
  }

  /** A name in the page's language stands for English too, until somebody writes another one. */
  private inBoth(name: string): Record<string, string> {
    const text = name.trim();
    return this.tag === "en" ? { en: text } : { en: text, [this.tag]: text };
  }

  private print(): Screen {
    const { sheet, begun } = this;
    if (sheet === undefined || begun === undefined) throw new Error("nothing was made");
    const address = `${this.page.report}/at/${begun.office}/#k=${sheet.fingerprint}`;
    const own = ownSheet(sheet);
    return {
      name: t("Print"), title: t("Print your own sheet"), field: "", next: t("It is printed, or written down"),
      content: [
        make("p", {}, t("It is shown this once. Nobody can make it again: neither we nor the server.")),
        make("div", { class: "row" }, printButton(() => own, t("Print my sheet")),
          printButton(() => poster(this.name.value(), address, sheet.office), t("Print the poster"))),
        own,
      ],
      go: () => undefined,
    };
  }

  private typeBack(): Screen {
    const { sheet } = this;
    if (sheet === undefined) throw new Error("nothing was made");
    const fields = sheet.asked.map(({ part, place }) => field({
      label: part === "wayBack" ? t("Way back, word {place}", { place: place + 1 }) : t("Root key, word {place}", { place: place + 1 }),
      classes: "medium",
    }));
    return {
      name: t("Type back"), title: t("Type a few words back"), field: fields[0]?.id ?? "", next: t("Found the office"),
      content: [make("p", {}, t("Please type these words from your sheet, so that we both know it can be read.")), ...fields.map((one) => one.element)],
      go: async () => {
        const wire = await this.worker.ask("found-typed", { typed: fields.map((one) => one.value()) });
        const person = this.person.person;
        await postSetup("setup", {
          ...wire, code: this.code.value().trim(), name: person.name, sign_in_name: person.signInName, totp_secret: person.totpSecret,
        });
        await this.worker.ask("found-stored", null);
        return undefined;
      },
    };
  }

  private done(): Screen {
    return {
      name: t("Done"), title: t("The office stands"), field: "", settled: true, next: t("Open the workbench"),
      content: [
        make("p", { class: "notice good" }, t("Root, charter and first desk are signed and published. The desk is still closed.")),
        make("p", {}, t("What comes next, in this order:")),
        make("ol", {},
          make("li", {}, t("Invite a second person for the desk, and compare eight words with them by telephone.")),
          make("li", {}, t("Give them the desk's key, and let them sign in once.")),
          make("li", {}, t("Send a test report and read it.")),
          make("li", {}, t("Open the desk and hang up the poster.")),
          make("li", {}, t("Invite a second administrator: until then one person alone can change who reads."))),
      ],
      go: async () => {
        const { begun } = this;
        if (begun === undefined) throw new Error("nothing was made");
        history.replaceState(null, "", `/at/${begun.office}/`);
        const shell = new Shell({ ...this.page, mode: "workbench", office: begun.office, names: this.inBoth(this.name.value()) }, this.assets);
        await shell.enter(this.worker, this.person.person.signInName);
        return undefined;
      },
    };
  }
}

function knownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone.trim() });
    return zone.trim() !== "";
  } catch {
    return false;
  }
}

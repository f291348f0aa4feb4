/** Answering an invitation: five screens, at the end of which eight words wait to be compared. */
import { Progress } from "../../elements/busy.js";
import { hold, make } from "../../elements/make.js";
import { language, t } from "../../elements/words.js";
import { wordsGrid } from "../../elements/words-grid.js";
import { unb64 } from "../../seal/primitives.js";
import type { Assets } from "../../workers/load.js";
import type { PrintedSheet } from "../../workers/ways.js";
import { Api } from "../api.js";
import { field } from "../fields.js";
import { Guide, type Screen, type Went } from "../guide.js";
import { inLanguage, takeFragment, type PageBlock } from "../page.js";
import { PersonScreens } from "../person.js";
import { ownSheet, printButton } from "../sheets.js";
import { Shell } from "../shell.js";
import { sentenceOf } from "../telling.js";
import { OfficeWorker } from "../worker.js";

interface Look {
  readonly member: string;
  readonly name: string;
  readonly with_root: boolean;
  readonly ends: string;
  /** New keys for who is in the charter: until they are signed the present ones count. */
  readonly again: boolean;
}

/** Read the link's secret out of the address and ask the server what it is an invitation to. */
export function startJoining(page: PageBlock, assets: Assets): void {
  const main = document.getElementById("main");
  if (main === null) return;
  const fragment = takeFragment();
  document.title = t("Invitation");
  void begin(page, assets, main, fragment).catch((error: unknown) => {
    hold(main, make("div", { class: "empty" }, make("h1", {}, t("This invitation cannot be used")), make("p", {}, sentenceOf(error))));
  });
}

async function begin(page: PageBlock, assets: Assets, main: HTMLElement, fragment: string): Promise<void> {
  const worker = await OfficeWorker.start(assets);
  const { invitation } = await worker.ask("read-invitation", { fragment });
  const api = new Api(page.office);
  const look = await api.post<Look>("joinings/look", { invitation });
  new Joining(page, assets, main, worker, api, fragment, look).start();
}

class Joining {
  private readonly person: PersonScreens;
  private made: { readonly sheet: PrintedSheet; readonly words: readonly string[] } | undefined;

  constructor(
    private readonly page: PageBlock, private readonly assets: Assets, private readonly main: HTMLElement,
    private readonly worker: OfficeWorker, private readonly api: Api, private readonly fragment: string, private readonly look: Look,
  ) {
    this.person = new PersonScreens(worker, "Fairline", { name: look.name, alias: false });
    main.className = "column";
  }

  start(): void {
    const names = [t("You"), t("Telephone"), t("Print"), t("Type back"), t("Eight words")];
    new Guide(this.main, names, [
      () => this.you(), () => this.phone(), () => this.print(), () => this.typeBack(), () => this.words(),
    ]);
  }

  private you(): Screen {
    const screen = this.person.you();
    const office = inLanguage(this.page.names, language());
    return {
      ...screen, title: t("You are invited to {office}", { office }),
      content: [
        make("p", { class: "lede" }, t("Your keys are made in this browser. The server and whoever invited you get the public halves only.")),
        ...screen.content,
      ],
    };
  }

  private phone(): Screen {
    const screen = this.person.phone();
    const bar = new Progress(t("Keys are being made. This takes a moment on purpose."));
    bar.element.hidden = true;
    return {
      ...screen, content: [...screen.content, bar.element], next: t("Make the keys"),
      go: async (): Promise<Went> => {
        await screen.go();
        bar.element.hidden = false;
        try {
          this.made = await this.worker.ask("join", {
            fragment: this.fragment, office: unb64(this.page.office, 16), member: unb64(this.look.member, 16),
            withRoot: this.look.with_root, passphrase: this.person.person.passphrase, language: language(), again: this.look.again,
          }, (part) => { bar.show(part, 1, ""); });
        } finally {
          bar.element.hidden = true;
        }
        return "anew";
      },
    };
  }

  private print(): Screen {
    const { sheet } = this.ready();
    const own = ownSheet(sheet);
    return {
      name: t("Print"), title: t("Print your own sheet"), field: "", next: t("It is printed, or written down"),
      content: [
        make("p", {}, t("It is shown this once. Nobody can make it again: neither we nor the server.")),
        make("div", { class: "row" }, printButton(() => own, t("Print my sheet"))), own,
      ],
      go: () => undefined,
    };
  }

  private typeBack(): Screen {
    const { sheet } = this.ready();
    const fields = sheet.asked.map(({ part, place }) => field({
      label: part === "wayBack" ? t("Way back, word {place}", { place: place + 1 }) : t("Root key, word {place}", { place: place + 1 }),
      classes: "medium",
    }));
    return {
      name: t("Type back"), title: t("Type a few words back"), field: fields[0]?.id ?? "", next: t("Join"),
      content: [make("p", {}, t("Please type these words from your sheet, so that we both know it can be read.")), ...fields.map((one) => one.element)],
      go: async () => {
        const wire = await this.worker.ask("join-typed", { typed: fields.map((one) => one.value()) });
        const person = this.person.person;
        await this.api.post("joinings", {
          ...wire, name: person.name, sign_in_name: person.signInName, totp_secret: person.totpSecret,
        });
        await this.worker.ask("join-stored", null);
        return undefined;
      },
    };
  }

  private words(): Screen {
    const { words } = this.ready();
    return {
      name: t("Eight words"), title: t("Read these eight words out"), field: "", settled: true, next: t("Open the workbench"),
      content: [
        make("p", {}, t("Every administrator calls you, or comes to you, and compares these words before signing. Read them by voice, never by mail.")),
        wordsGrid(words, language().toLowerCase().startsWith("zh") ? "zh-Hans" : "en"),
        make("p", { class: "hint" }, this.look.again
          ? t("Until they have signed, your present keys stay as they are, and only this page knows the new ones: leave it open, or come back when they have signed and sign in with what you have just chosen.")
          : t("Until they have signed you can sign in, but not read anything. You find the words again after signing in.")),
      ],
      go: async () => {
        history.replaceState(null, "", `/at/${this.page.office}/`);
        const shell = new Shell({ ...this.page, mode: "workbench" }, this.assets);
        await shell.enter(this.worker, this.person.person.signInName);
        return undefined;
      },
    };
  }

  private ready(): { readonly sheet: PrintedSheet; readonly words: readonly string[] } {
    if (this.made === undefined) throw new Error("nothing was made");
    return this.made;
  }
}

/** The two screens that every new member goes through: a name with a passphrase, and the telephone. */
import { make } from "../elements/make.js";
import { t } from "../elements/words.js";
import { field, type Field } from "./fields.js";
import { ScreenFault, type Screen } from "./guide.js";
import { passphraseFields } from "./passphrase.js";
import { telephoneFields, type TelephoneFields } from "./telephone.js";
import type { OfficeWorker } from "./worker.js";

export interface NewPerson {
  readonly name: string;
  readonly signInName: string;
  readonly alias: string;
  readonly passphrase: string;
  readonly totpSecret: string;
}

export class PersonScreens {
  private readonly name: Field;
  private readonly signInName: Field;
  private readonly alias: Field | undefined;
  private passphrase = "";
  private telephone: TelephoneFields | undefined;

  constructor(private readonly worker: OfficeWorker, private readonly issuer: string, options: { readonly name: string; readonly alias: boolean }) {
    this.name = field({ label: t("Your name, as your colleagues know it"), value: options.name, autocomplete: "name" });
    this.signInName = field({ label: t("Sign-in name"), autocomplete: "username", classes: "medium", hint: t("Short; only you type it.") });
    this.alias = options.alias ? field({
      label: t("Name that reporting persons see"), classes: "medium",
      hint: t("A name for this work, such as a tree or a number. Your own name protects nobody here."),
    }) : undefined;
  }

  get person(): NewPerson {
    return {
      name: this.name.value().trim(), signInName: this.signInName.value().trim(), alias: this.alias?.value().trim() ?? "",
      passphrase: this.passphrase, totpSecret: this.telephone?.secret ?? "",
    };
  }

  you(): Screen {
    const passphrase = passphraseFields(this.worker);
    return {
      name: t("You"), title: t("Who are you?"), field: this.name.id,
      content: [this.name.element, this.signInName.element, this.alias?.element, make("h2", {}, t("Passphrase")), passphrase.element],
      go: () => {
        for (const one of [this.name, this.signInName, this.alias]) {
          if (one?.value().trim() === "") throw new ScreenFault(one.id, t("Please fill this in."));
        }
        const checked = passphrase.checked();
        if ("message" in checked) throw new ScreenFault(checked.field, checked.message);
        this.passphrase = checked.passphrase;
        return undefined;
      },
    };
  }

  phone(): Screen {
    const telephone = telephoneFields(this.signInName.value(), this.issuer);
    this.telephone = telephone;
    return {
      name: t("Telephone"), title: t("A second proof: your telephone"), field: telephone.digits.id,
      content: [
        make("p", {}, t("Scan this code with an authenticator app. From now on signing in asks for six digits that the app shows.")),
        telephone.element,
      ],
      go: async () => {
        if (!await telephone.right()) {
          throw new ScreenFault(telephone.digits.id, t("These are not the digits for this code. Is the telephone's clock right?"));
        }
        return undefined;
      },
    };
  }
}

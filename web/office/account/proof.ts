/** Once more who it is, before ways in change: a page that was left open is not yet the person. */
import { make } from "../../elements/make.js";
import { t } from "../../elements/words.js";
import { unb64 } from "../../seal/primitives.js";
import type { TypedProof } from "../../workers/ways.js";
import { field, type Field } from "../fields.js";
import type { Workbench } from "../views.js";

/** What the server is shown: one of these. */
export type Proof = { readonly auth: Uint8Array } | { readonly paper: Uint8Array };

export interface ProofFields {
  readonly element: HTMLElement;
  /** The field at which a refusal is told. */
  readonly first: Field;
  /** Throws what the worker refuses with where it does not open the keys. */
  proof(progress: (part: number) => void): Promise<Proof>;
}

interface VaultAnswer {
  readonly salt: string;
  readonly wraps: { readonly passphrase: string; readonly paper: string };
}

export interface TypedFields extends Pick<ProofFields, "element" | "first"> {
  /** What was typed, and what it is held against; the worker does that itself. */
  typed(): Promise<TypedProof>;
}

/** The passphrase of now, or the words of the printed sheet. */
export function proofFields(bench: Workbench): ProofFields {
  const fields = typedProof(bench);
  return { element: fields.element, first: fields.first, proof: async (progress) => bench.worker.ask("prove-person", await fields.typed(), progress) };
}

/** The same, for an act of the worker that asks for it. */
export function typedProof({ api }: Workbench): TypedFields {
  const passphrase = field({
    label: t("Your present passphrase"), type: "password", autocomplete: "current-password",
    hint: t("So that nobody can do this at a page that you left open."),
  });
  const words = field({ label: t("Or the twelve words of your present sheet"), rows: 3 });
  return {
    element: make("div", { class: "stack" }, passphrase.element,
      make("details", {}, make("summary", {}, t("I do not know my passphrase any more")), words.element)),
    first: passphrase,
    typed: async () => {
      const { salt, wraps } = await api.get<VaultAnswer>("vault");
      return {
        passphrase: passphrase.value(), words: words.value(), salt: unb64(salt, 16),
        wraps: { passphrase: unb64(wraps.passphrase), paper: unb64(wraps.paper) },
      };
    },
  };
}

import { make } from "../elements/make.js";
import { qr } from "../elements/qr.js";
import { t } from "../elements/words.js";
import { random } from "../seal/primitives.js";
import { field, type Field } from "./fields.js";

const SECRET_BYTES = 20;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP = 30;
const DIGITS = 6;
/** A telephone's clock may be a step off, either way (RFC 6238 §5.2). */
const DRIFT = 1;

export interface TelephoneFields {
  readonly element: HTMLElement;
  /** Base32, 32 letters. */
  readonly secret: string;
  readonly digits: Field;
  /** True if the digits are the ones that belong to the secret now. */
  right(): Promise<boolean>;
}

/** A new secret for an authenticator app, as a QR code and in letters, and a field for the digits it shows. */
export function telephoneFields(account: string, issuer: string): TelephoneFields {
  const bytes = random(SECRET_BYTES);
  const secret = base32(bytes);
  const uri = `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
  const digits = field({
    label: t("The six digits that the app shows now"), classes: "short digits", inputmode: "numeric", autocomplete: "one-time-code",
    maxlength: DIGITS + 1,
  });
  const spelled = secret.replace(/.{4}(?!$)/g, "$& ");
  return {
    element: make("div", { class: "stack" }, qr(uri, t("Code for the authenticator app")),
      make("details", {}, make("summary", {}, t("I cannot scan it")),
        make("p", {}, t("Type these letters into the app:")), make("p", { class: "code" }, spelled)),
      digits.element),
    secret, digits,
    async right() {
      const given = digits.value().replace(/\s/g, "");
      const now = Math.floor(Date.now() / 1000 / STEP);
      for (let step = now - DRIFT; step <= now + DRIFT; step += 1) {
        if (await codeAt(bytes, step) === given) return true;
      }
      return false;
    },
  };
}

function base32(bytes: Uint8Array): string {
  let out = "", held = 0, bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += LETTERS.charAt((held >> bits) & 31);
    }
    held &= 255;
  }
  return out;
}

/** RFC 6238 with HMAC-SHA-1, as every authenticator app has it. */
async function codeAt(secret: Uint8Array, step: number): Promise<string> {
  const message = new Uint8Array(8);
  new DataView(message.buffer).setUint32(4, step);
  const key = await crypto.subtle.importKey("raw", secret as Uint8Array<ArrayBuffer>, { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, message));
  const at = mac.getUint8(19) & 15;
  return ((mac.getUint32(at) & 0x7fffffff) % 10 ** DIGITS).toString().padStart(DIGITS, "0");
}

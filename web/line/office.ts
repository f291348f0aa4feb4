/** The office as this browser has proven it: nothing is sealed to a key that is not in here. */
import { independentDesks, readCharter, type Desk } from "../seal/charter";
import { RefusedError } from "../seal/errors";
import { parseManifest, pinsOf, proveManifest, type DocumentPins, type VerifiedManifest } from "../seal/manifest";
import { b64, H, same, unb64 } from "../seal/primitives";
import type { DocumentName } from "../seal/document";
import { readSheet, type Sheet } from "../seal/sheet";
import { dayAt } from "../elements/days";
import { rootLogged } from "../ledger/rooted";
import { inLanguage, readForm, readProfile, type Form, type Profile } from "./forms";
import type { Door, ProvenOffice } from "./door";
import { addressOf, doorOf, get } from "./wire";

export interface OpenDesk {
  readonly id: string;
  readonly name: string;
  readonly sheet: Sheet;
}

/** The charter is signed, and not of this device's day: both are said, so that a person sees which of them is wrong. */
export class OutOfDateError extends RefusedError {
  constructor(
    /** This device's day in the office's time zone. */
    readonly today: string,
    readonly from: string,
    readonly notAfter: string,
  ) {
    super("charter-date", "The office's charter is not in force on this day.");
  }
}

export class Office implements ProvenOffice {
  readonly door: Door;
  #manifest: VerifiedManifest;
  readonly #documents = new Map<string, Promise<Uint8Array>>();

  private constructor(
    readonly id: string, manifest: VerifiedManifest,
    /** Whether a poster or letter told this browser which office it must be. */
    readonly pinned: boolean,
  ) {
    this.#manifest = manifest;
    this.door = doorOf(id);
  }

  /**
   * Fetches and proves the office's documents.
   *
   * @param pin - F in base64url, from a poster
   * @throws RefusedError what does not hold; Refused or Unreachable from the wire
   */
  static async load(id: string, pin: string | null): Promise<Office> {
    const pins = pin === null ? undefined : { F: unb64(pin, 32) };
    return new Office(id, await proven(id, pins), pin !== null);
  }

  get manifest(): VerifiedManifest {
    return this.#manifest;
  }

  get office(): Uint8Array {
    return this.#manifest.office;
  }

  get name(): string {
    return inLanguage(this.#manifest.charter.names);
  }

  /** Whether one administrator alone can sign who reads. */
  get alone(): boolean {
    return this.#manifest.root.threshold === 1;
  }

  /** Fetches the documents again; older ones than those seen are refused. */
  async renew(): Promise<void> {
    this.#manifest = await proven(this.id, pinsOf(this.#manifest));
  }

  /** Desks of this office, open or not. */
  get desks(): readonly OpenDesk[] {
    return this.#manifest.charter.desks.flatMap((desk) => this.#withSheet(desk));
  }

  desk(id: string): OpenDesk | undefined {
    return this.desks.find((one) => one.id === id);
  }

  /** Desks, here or elsewhere, whose people have nothing to do with those of the desk `id`. */
  independentOf(id: string): { here: readonly OpenDesk[]; elsewhere: readonly { name: string; host: string }[] } {
    const desks = independentDesks(this.#manifest.charter, unb64(id, 16));
    return {
      here: desks.flatMap((desk) => this.#withSheet(desk)),
      elsewhere: desks.flatMap((desk) => desk.outside === undefined ? []
        : [{ name: inLanguage(desk.names), host: desk.outside.host }]),
    };
  }

  async form(desk: OpenDesk): Promise<Form> {
    return readForm(await this.#document(desk.sheet.form));
  }

  /** The form of the sheet that a report names: the desk may ask other questions by now. */
  async formOf(sheet: DocumentName): Promise<Form> {
    return readForm(await this.#document(readSheet(await this.#document(sheet.hash)).form));
  }

  async profile(desk: OpenDesk): Promise<Profile> {
    return readProfile(await this.#document(desk.sheet.profile));
  }

  #withSheet(desk: Desk): OpenDesk[] {
    const id = b64(desk.id);
    const sheet = this.#manifest.sheets.get(id);
    return sheet === undefined ? [] : [{ id, name: inLanguage(desk.names), sheet }];
  }

  #document(hash: Uint8Array): Promise<Uint8Array> {
    const name = b64(hash);
    let waiting = this.#documents.get(name);
    if (waiting === undefined) {
      waiting = get(addressOf(this.id, `by-hash/${name}`)).then((bytes) => {
        if (same(H(bytes), hash)) return bytes;
        throw new RefusedError("document-hash", "A form is not the one that the desk's sheet names.");
      });
      waiting.catch(() => { this.#documents.delete(name); });
      this.#documents.set(name, waiting);
    }
    return waiting;
  }
}

async function proven(id: string, pins: DocumentPins | undefined): Promise<VerifiedManifest> {
  const files = parseManifest(await get(addressOf(id, "manifest")));
  // This device's clock, which nobody else can turn back, and the office's calendar: a charter of today is in force
  // also for who reports from where it is still yesterday. The zone is believed only with the rest of the charter.
  const { zone, from, notAfter } = readCharter(files.charter.doc);
  const today = dayIn(zone);
  const manifest = dated(() => proveManifest(files, { today, pins, logged: rootLogged }), today, from, notAfter);
  if (b64(manifest.office) !== id) throw new RefusedError("sheet-office", "These are the documents of another office.");
  return manifest;
}

/** Dates are judged only after the signatures: where they do not fit, they are the days that the roots have signed. */
function dated(prove: () => VerifiedManifest, today: string, from: string, notAfter: string): VerifiedManifest {
  try {
    return prove();
  } catch (error) {
    throw error instanceof RefusedError && error.code === "charter-date" ? new OutOfDateError(today, from, notAfter) : error;
  }
}

/** The present day in the office's time zone. */
export function officeDay(office: Pick<ProvenOffice, "manifest">): string {
  return dayIn(office.manifest.charter.zone);
}

/** @throws RefusedError `charter-zone` for a zone that this browser does not know */
function dayIn(zone: string): string {
  try {
    return dayAt(Date.now(), zone);
  } catch {
    throw new RefusedError("charter-zone", "The charter names a time zone that nobody knows.");
  }
}

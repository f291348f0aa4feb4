/** One file, as far as it has come. */
import { MOST_BYTES, type FileName } from "../../seal/envelope";
import type { Upload } from "../../seal/attachment";
import type { KeptUpload } from "../../seal/own";
import type { Hidden } from "./metadata/exif";
import type { Looked } from "./metadata/stripping";
import type { Stuck } from "./stuck";
import type { Pause } from "./transfer";

export type State =
  /** Its turn has not come, or nobody has said yet who reads it. */
  | { readonly is: "waiting" }
  | { readonly is: "sending"; readonly sent: number; readonly left: number | null; readonly paused: Pause }
  | { readonly is: "whole"; readonly hash: Uint8Array }
  | { readonly is: "stuck"; readonly by: Stuck };

export class Item {
  state: State = { is: "waiting" };
  /** What was picked; none after a reload. */
  picked: Blob | undefined;
  /** What is known of what it hides. */
  looked: Looked | undefined;
  /** Hidden details of a picture stay in, because they are evidence. */
  evidence = false;
  /** Keys and place on the server, from the first part on. */
  upload: Upload | undefined;
  /** The desk that the parts were sent for. */
  desk: string | undefined;
  /** An earlier page has sent some of it. */
  resumed = false;
  /** Ends what is under way. */
  going: AbortController | undefined;

  constructor(
    readonly name: string, readonly type: string,
    /** Recorded in this page: after a reload there is no file to pick again. */
    readonly recorded: boolean,
  ) {}

  /** What is sealed: the picture without what it hides, unless that is evidence. */
  get content(): Blob | undefined {
    return this.looked?.kind === "picture" && !this.evidence ? this.looked.bare : this.picked;
  }

  /** Bytes of what is sealed. */
  get size(): number {
    return this.content?.size ?? this.upload?.size ?? 0;
  }

  get hidden(): readonly Hidden[] {
    return this.looked?.kind === "picture" ? this.looked.hidden : [];
  }

  get tooLarge(): boolean {
    return this.size > MOST_BYTES;
  }

  /** As the envelope names it; undefined until the server holds the whole. */
  get file(): FileName | undefined {
    const { state, upload, name, type } = this;
    if (state.is !== "whole" || upload === undefined) return undefined;
    return { blob: upload.blob, seed: upload.seed, hash: state.hash, size: upload.size, name, type };
  }

  /** As a draft remembers it; undefined where nothing could go on after a reload. */
  get kept(): KeptUpload | undefined {
    const { state, upload, name, type } = this;
    if (upload === undefined) return undefined;
    const { blob, seed, size, fileKey, start } = upload;
    if (state.is === "whole") return { blob, seed, size, name, type, hash: state.hash };
    return this.recorded ? undefined : { blob, seed, size, name, type, fileKey, start };
  }
}

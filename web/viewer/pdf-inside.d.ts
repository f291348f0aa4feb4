/** What pdf.js asks for while it works, put into the bundle by `web/pdf.mjs`. */
declare module "pdf-inside" {
  /** Character maps and fonts by file name. */
  export const files: ReadonlyMap<string, Uint8Array>;
  /** Decoders of scanned pages as JavaScript, by file name. */
  export const decoders: Readonly<Record<string, unknown>>;
}
declare module "pdfjs-dist/legacy/build/pdf.worker.mjs" {
  export const WorkerMessageHandler: unknown;
}

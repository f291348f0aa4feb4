/**
 * How a file can be looked at. What its sender's device said of it only decides which button stands beside it; whether
 * it is shown, and by what, its own first bytes decide, and nothing but a closed list of kinds is ever shown.
 */
export type How = "picture" | "document" | "video" | "audio" | "other";

export interface Kind {
  readonly how: How;
  /** Media type, one of the lists below; empty for `other`. */
  readonly type: string;
}

const OTHER: Kind = { how: "other", type: "" };

const SAID: Readonly<Record<string, How>> = {
  "image/png": "picture", "image/jpeg": "picture", "image/gif": "picture", "image/webp": "picture", "image/avif": "picture",
  "application/pdf": "document",
  "video/mp4": "video", "video/quicktime": "video", "video/webm": "video", "video/ogg": "video", "video/x-matroska": "video",
  "video/3gpp": "video", "video/x-m4v": "video",
  "audio/mpeg": "audio", "audio/mp4": "audio", "audio/x-m4a": "audio", "audio/aac": "audio", "audio/ogg": "audio",
  "audio/opus": "audio", "audio/webm": "audio", "audio/wav": "audio", "audio/x-wav": "audio", "audio/flac": "audio",
};
const ENDINGS: Readonly<Record<string, How>> = {
  png: "picture", jpg: "picture", jpeg: "picture", gif: "picture", webp: "picture", avif: "picture", pdf: "document",
  mp4: "video", mov: "video", webm: "video", ogv: "video", mkv: "video", m4v: "video", "3gp": "video",
  mp3: "audio", m4a: "audio", aac: "audio", ogg: "audio", oga: "audio", opus: "audio", wav: "audio", flac: "audio",
};

/** What the sender's device said the file is: by its type, or by its name's ending where there was no type. */
export function saidKind(type: string, name: string): How {
  const plain = (type.split(";", 1)[0] ?? "").trim().toLowerCase();
  if (plain !== "" && plain !== "application/octet-stream") return Object.hasOwn(SAID, plain) ? SAID[plain] ?? "other" : "other";
  const ending = /\.([a-z0-9]+)$/.exec(name.toLowerCase())?.[1] ?? "";
  return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] ?? "other" : "other";
}

/** As many of a file's first bytes as {@link seenKind} looks at. */
export const SEEN_BYTES = 64;

/** Marks at the very beginning of a file; the first that fits counts. */
const MARKS: readonly (readonly [mark: string, at: number, kind: Kind])[] = [
  ["\x89PNG\r\n\x1a\n", 0, { how: "picture", type: "image/png" }],
  ["\xff\xd8\xff", 0, { how: "picture", type: "image/jpeg" }],
  ["GIF87a", 0, { how: "picture", type: "image/gif" }],
  ["GIF89a", 0, { how: "picture", type: "image/gif" }],
  ["%PDF-", 0, { how: "document", type: "application/pdf" }],
  ["\x1a\x45\xdf\xa3", 0, { how: "video", type: "video/webm" }],
  ["OggS", 0, { how: "video", type: "video/ogg" }],
  ["fLaC", 0, { how: "audio", type: "audio/flac" }],
  ["ID3", 0, { how: "audio", type: "audio/mpeg" }],
];
const PICTURE_BRANDS = new Set(["avif", "avis"]);
/** Pictures in the same box as films, which browsers do not show. */
const UNSHOWN_BRANDS = new Set(["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"]);
const AUDIO_BRANDS = new Set(["M4A ", "M4B "]);

/** What the file is, by its first bytes. Whatever begins otherwise is `other`, whatever it may hold further on. */
export function seenKind(first: Uint8Array): Kind {
  const text = Array.from(first.subarray(0, SEEN_BYTES), (byte) => String.fromCharCode(byte)).join("");
  for (const [mark, at, kind] of MARKS) if (text.startsWith(mark, at)) return kind;
  if (text.startsWith("RIFF")) return riff(text.slice(8, 12));
  if (text.startsWith("ftyp", 4)) return box(text.slice(8, 12));
  const [one = 0, two = 0] = first;
  // A frame of MPEG audio: eleven set bits, then a layer; AAC has layer 0.
  if (one === 0xff && (two & 0xe0) === 0xe0) return { how: "audio", type: (two & 0x06) === 0 ? "audio/aac" : "audio/mpeg" };
  return OTHER;
}

function riff(form: string): Kind {
  if (form === "WEBP") return { how: "picture", type: "image/webp" };
  return form === "WAVE" ? { how: "audio", type: "audio/wav" } : OTHER;
}

function box(brand: string): Kind {
  if (PICTURE_BRANDS.has(brand)) return { how: "picture", type: "image/avif" };
  if (UNSHOWN_BRANDS.has(brand)) return OTHER;
  return AUDIO_BRANDS.has(brand) ? { how: "audio", type: "audio/mp4" } : { how: "video", type: "video/mp4" };
}

/** Whether what a file is fits what it was said to be. Sound and film share their containers, and one player. */
export function fits(said: How, seen: How): boolean {
  return said === seen || (isPlayed(said) && isPlayed(seen));
}

/** Whether it is played, not looked at. */
export function isPlayed(how: How): boolean {
  return how === "video" || how === "audio";
}

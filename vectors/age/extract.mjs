// Takes the public C2SP test vectors for age (npm `cctv-age` 0.2.0; 0BSD, CC0-1.0 or Unlicense) into
// vectors/age/cctv.json: one entry a file, its bytes as published. Left out are the vectors of formats that we
// neither write nor read: passphrase recipients (scrypt_*), and ASCII armour (armor_*).
// Run from the root of the project: node vectors/age/extract.mjs
import { writeFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import * as vectors from "cctv-age";

const LEFT_OUT = /^(scrypt|armor_)/;
const EXPECTED = {
  "success": null,
  "no match": "not-mine",
  "HMAC failure": "age-mac",
  "header failure": "age-header",
  "payload failure": "age-payload",
};

const cases = [];
for (const name of Object.keys(vectors).sort()) {
  if (LEFT_OUT.test(name)) continue;
  const bytes = Buffer.from(vectors[name]);
  const end = bytes.indexOf("\n\n");
  const fields = bytes.subarray(0, end).toString("utf8").split("\n").map((line) => line.split(": "));
  const all = (key) => fields.filter(([field]) => field === key).map(([, ...rest]) => rest.join(": "));
  const error = EXPECTED[all("expect")[0]];
  if (error === undefined) throw Error(`vector ${name} expects something new`);
  const packed = all("compressed")[0] === "zlib";
  if (packed) inflateSync(bytes.subarray(end + 2)); // proves that it unpacks
  cases.push({
    name,
    what: all("comment")[0] ?? "",
    input: { file: bytes.subarray(end + 2).toString("base64url"), zlib: packed, identities: all("identity") },
    expect: error === null ? { sha256: all("payload")[0] } : { error },
  });
}
const text = JSON.stringify({ format: "age-cctv", source: "cctv-age 0.2.0 (C2SP)", licence: "0BSD OR CC0-1.0 OR Unlicense", cases }, null, 1);
writeFileSync(new URL("cctv.json", import.meta.url), text + "\n");

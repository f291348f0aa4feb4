// A page of `bench/attachment.py`: seals one file with the product's own workers, then with `age-encryption` alone.
import { Sealers } from "../../line/files/sealers";
import { attachmentShape } from "../../seal/attachment";

interface Told { readonly bytes: number; readonly took: number }

/** As many parts at once as a transfer keeps going; what is sealed is thrown away. */
async function ours(worker: string, file: Blob): Promise<Told> {
  const sealers = new Sealers(() => Promise.resolve(new Worker(worker, { type: "module" })));
  const begun = performance.now();
  const upload = await sealers.begin(file.size);
  const { parts } = attachmentShape(file.size);
  const hashes = new Array<Uint8Array>(parts);
  let [next, bytes] = [0, 0];
  const lane = async (): Promise<void> => {
    for (let part = next++; part < parts; part = next++) {
      const sealed = await sealers.part(upload, part, file);
      hashes[part] = sealed.hash;
      bytes += sealed.bytes.length;
    }
  };
  await Promise.all(Array.from({ length: sealers.most + 1 }, lane));
  await sealers.whole(hashes);
  const took = performance.now() - begun;
  sealers.rest();
  return { bytes, took };
}

function age(worker: string, file: Blob): Promise<Told> {
  return new Promise((done, failed) => {
    const other = new Worker(worker, { type: "module" });
    other.onmessage = ({ data }: MessageEvent<Told>) => {
      other.terminate();
      done(data);
    };
    other.onerror = () => { failed(new Error("the worker failed")); };
    other.postMessage(file);
  });
}

const picked = (): Blob => {
  const file = document.querySelector("input")?.files?.[0];
  if (file === undefined) throw new Error("no file");
  return file;
};
Object.assign(globalThis, {
  ours: (worker: string) => ours(worker, picked()),
  age: (worker: string) => age(worker, picked()),
});

// A worker of `bench/attachment.py`: seals a file as `age-encryption` does it by itself, and throws the bytes away.
import { Encrypter, generateHybridIdentity, identityToRecipient } from "age-encryption";

addEventListener("message", ({ data: file }: MessageEvent<Blob>) => {
  void (async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(await generateHybridIdentity()));
    const begun = performance.now();
    let bytes = 0;
    for (const reader = (await encrypter.encrypt(file.stream())).getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.length;
    }
    postMessage({ bytes, took: performance.now() - begun });
  })();
});

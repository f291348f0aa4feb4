/** The file that a PDF is (ISO 32000-1): numbered objects, streams, and where each of them begins. */
import { utf8 } from "../seal/primitives.js";

/** Objects by number, and where each of them begins. */
export class PdfFile {
  private readonly objects: (readonly Uint8Array[])[] = [];

  reserve(): number {
    return this.objects.push([]);
  }

  add(text: string): number {
    const id = this.reserve();
    this.put(id, text);
    return id;
  }

  put(id: number, ...parts: readonly (string | Uint8Array)[]): void {
    this.objects[id - 1] = parts.map((part) => (typeof part === "string" ? utf8(part) : part));
  }

  /** Bytes that are coded already, as `head` says. */
  coded(head: string, content: Uint8Array): number {
    const id = this.reserve();
    this.put(id, `<<${head}/Length ${content.length}>>stream\n`, content, "\nendstream");
    return id;
  }

  async stream(head: string, content: Uint8Array): Promise<number> {
    const id = this.reserve();
    const packed = await deflated(content);
    const filter = packed === undefined ? "" : "/Filter/FlateDecode";
    const bytes = packed ?? content;
    this.put(id, `<<${head}${filter}/Length ${bytes.length}${head === "" ? `/Length1 ${content.length}` : ""}>>stream\n`, bytes, "\nendstream");
    return id;
  }

  /** @param info - what the file says of itself; without it, nothing */
  bytes(root: number, info?: number): Uint8Array {
    const parts: Uint8Array[] = [new Uint8Array([...utf8("%PDF-1.6\n%"), 0xe2, 0xe3, 0xcf, 0xd3, 0x0a])];
    let size = parts[0]?.length ?? 0;
    const places: number[] = [];
    const push = (part: Uint8Array): void => { parts.push(part); size += part.length; };
    for (const [at, object] of this.objects.entries()) {
      places.push(size);
      push(utf8(`${at + 1} 0 obj\n`));
      object.forEach(push);
      push(utf8("\nendobj\n"));
    }
    const start = size;
    const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
    push(utf8(`xref\n0 ${places.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${places.length + 1}/Root ${root} 0 R${info === undefined ? "" : `/Info ${info} 0 R`}>>\nstartxref\n${start}\n%%EOF\n`));
    const out = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}

/** Nothing where the browser cannot compress: the file is larger then, and reads the same. */
async function deflated(content: Uint8Array): Promise<Uint8Array | undefined> {
  if (!("CompressionStream" in globalThis)) return undefined;
  const stream = new Blob([content as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** One entry of a tar made for a test. `type` is the tar type flag, default a regular file. */
export interface TarEntry {
  readonly name: string;
  readonly content?: string | Uint8Array;
  readonly type?: string;
  readonly link?: string;
  /** States another size than the content has. */
  readonly size?: number;
}

/** Writes a tar archive (ustar headers, as given: no long names unless an entry says so). */
export function makeTar(entries: readonly TarEntry[], end: boolean = true): Buffer {
  const blocks: Buffer[] = [];
  for (const { name, content = '', type = '0', link = '', size } of entries) {
    const body = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(name.slice(0, 100), 0);
    header.write('0000644\0', 100);
    header.write(`${(size ?? body.length).toString(8).padStart(11, '0')} `, 124);
    header.write(type, 156);
    header.write(link, 157);
    header.write('ustar\x0000', 257);
    header.write('        ', 148);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    blocks.push(header, body, Buffer.alloc((512 - (body.length % 512)) % 512));
  }
  return Buffer.concat(end ? [...blocks, Buffer.alloc(1024)] : blocks);
}

/** A pax record with its own length in front. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + 1;
  while (String(length).length + bytes !== length) length++;
  return `${length}${rest}`;
}

import { deflateSync } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~';

/** As Python's `b85encode` writes it. */
export function base85(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 4) {
    let value = [0, 1, 2, 3].reduce((sum, at) => sum * 256 + (bytes[i + at] ?? 0), 0);
    let five = '';
    for (let at = 0; at < 5; at++, value = Math.floor(value / 85)) five = ALPHABET[value % 85]! + five;
    text += five.slice(0, Math.min(4, bytes.length - i) + 1);
  }
  return text;
}

/** A file that a patch of git brings in. */
export function gitPatch(content: string): string {
  const packed = deflateSync(content);
  let lines = '';
  for (let i = 0; i < packed.length; i += 52) {
    const row = packed.subarray(i, i + 52);
    const size = String.fromCharCode(row.length > 26 ? 0x60 + row.length - 26 : 0x40 + row.length);
    lines += `${size}${base85(Buffer.concat([row, Buffer.alloc((4 - (row.length % 4)) % 4)]))}\n`;
  }
  return `diff --git a/a.bin b/a.bin\nnew file mode 100644\nGIT binary patch\nliteral ${content.length}\n${lines}\nliteral 0\nHcmV?d00001\n\n`;
}

export function uuencoded(name: string, content: string): string {
  const bytes = Buffer.from(content);
  const sign = (value: number): string => String.fromCharCode(value === 0 ? 0x60 : 0x20 + value);
  let lines = '';
  for (let i = 0; i < bytes.length; i += 45) {
    const row = bytes.subarray(i, i + 45);
    lines += sign(row.length);
    for (let at = 0; at < row.length; at += 3) {
      const three = (row[at]! << 16) | ((row[at + 1] ?? 0) << 8) | (row[at + 2] ?? 0);
      lines += [18, 12, 6, 0].map((shift) => sign((three >> shift) & 63)).join('');
    }
    lines += '\n';
  }
  return `begin 644 ${name}\n${lines}\`\nend\n`;
}

export const backwards = (words: string): string => words.split('').toReversed().join('');

export const rot13 = (words: string): string =>
  words.replaceAll(/[A-Za-z]/g, (one) =>
    String.fromCharCode(one.charCodeAt(0) + ((one.charCodeAt(0) | 32) < 0x6e ? 13 : -13)),
  );

/** Source of Visual Basic, packed without a single copy: a byte of flags before each eight. */
export function packedMacro(source: string): Buffer {
  const chunks: Buffer[] = [Buffer.from([1])];
  for (let at = 0; at < source.length; at += 3000) {
    const groups = source.slice(at, at + 3000).match(/[^]{1,8}/g)!;
    const body = Buffer.concat(groups.flatMap((group) => [Buffer.from([0]), Buffer.from(group, 'latin1')]));
    const header = Buffer.alloc(2);
    header.writeUInt16LE(0xb000 | (body.length - 1), 0);
    chunks.push(header, body);
  }
  return Buffer.concat(chunks);
}

/** A compound file of one stream, whose sectors lie in it from the last to the first. */
export function compoundFile(name: string, content: Uint8Array): Buffer {
  const stream = Buffer.alloc(Math.max(4096, Math.ceil(content.length / 512) * 512));
  stream.set(content);
  const count = stream.length / 512;
  const sectors: Buffer[] = [];
  const fat = Buffer.alloc(512, 0xff);
  fat.writeUInt32LE(0xfffffffd, 0);
  fat.writeUInt32LE(0xfffffffe, 4);
  for (let i = 0; i < count; i++) {
    sectors.unshift(stream.subarray(i * 512, i * 512 + 512));
    const own = 2 + (count - 1 - i);
    fat.writeUInt32LE(i === count - 1 ? 0xfffffffe : own - 1, own * 4);
  }
  const directory = Buffer.alloc(512);
  const entry = (at: number, title: string, type: number, start: number, size: number): void => {
    directory.write(title, at, 'utf16le');
    directory.writeUInt16LE((title.length + 1) * 2, at + 64);
    directory[at + 66] = type;
    directory.writeUInt32LE(start, at + 116);
    directory.writeUInt32LE(size, at + 120);
  };
  entry(0, 'Root Entry', 5, 0xfffffffe, 0);
  entry(128, name, 2, 2 + count - 1, stream.length);
  const header = Buffer.alloc(512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(0xfffffffe, 60);
  header.writeUInt32LE(0xfffffffe, 68);
  header.fill(0xff, 76);
  header.writeUInt32LE(0, 76);
  return Buffer.concat([header, fat, directory, ...sectors]);
}

/** A git pack of a file, and of one that is a delta of it: `before`, and what is put behind it. */
export function gitPack(before: string, behind: string): Buffer {
  const groups = (value: number): number[] =>
    value < 128 ? [value] : [(value & 127) | 128, ...groups(value >> 7)];
  const head = (type: number, size: number): Buffer =>
    Buffer.from(size < 16 ? [(type << 4) | size] : [128 | (type << 4) | (size & 15), ...groups(size >> 4)]);
  const base = Buffer.concat([head(3, before.length), deflateSync(before)]);
  const delta = Buffer.from([
    ...groups(before.length),
    ...groups(before.length + behind.length),
    0xb0,
    before.length & 255,
    before.length >> 8,
    behind.length,
    ...Buffer.from(behind),
  ]);
  const back = base.length < 128 ? [base.length] : [((base.length >> 7) - 1) | 128, base.length & 127];
  return Buffer.concat([
    Buffer.from('PACK\0\0\0\x02\0\0\0\x02', 'latin1'),
    base,
    head(6, delta.length),
    Buffer.from(back),
    deflateSync(delta),
    Buffer.alloc(20, 7),
  ]);
}

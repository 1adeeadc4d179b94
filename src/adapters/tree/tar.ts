import { pathFromBytes } from '../git/path-bytes.ts';

const BLOCK = 512;
/** Long names and extended headers; real ones have a few hundred bytes. */
const MAX_META_BYTES = 1024 * 1024;

/** One thing that a tar archive holds. `path` is as it is written, without `./` in front and `/` behind. */
export type TarItem =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly size: number;
      readonly bytes: Buffer | undefined;
    }
  /** `target` of a symbolic link is relative to its folder, of a hard link to the archive's root. */
  | { readonly kind: 'symbolic-link'; readonly path: string; readonly target: string }
  | { readonly kind: 'hard-link'; readonly path: string; readonly target: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'special'; readonly path: string };

/** The archive contradicts itself; what came before stands. */
export class TarError extends Error {}

/**
 * Reads a tar stream: ustar, GNU long names and base-256 sizes, pax headers. Bytes are kept for files of at most `keep` bytes.
 * Chunks may be cut anywhere. Throws TarError where the stream is damaged or ends early.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
 */
export async function* readTar(chunks: AsyncIterable<Buffer>, keep: number): AsyncGenerator<TarItem> {
  const stream = reader(chunks);
  let pax = new Map<string, Buffer>();
  let longName: Buffer | undefined;
  let longLink: Buffer | undefined;
  for (let first = true; ; first = false) {
    const header = await stream.take(BLOCK);
    if (header.length === 0 && !first) return;
    if (header.length < BLOCK)
      throw new TarError(first ? 'it is no tar archive' : 'it ends in the middle of a header');
    if (isZero(header)) return;
    if (!hasChecksum(header)) throw new TarError(first ? 'it is no tar archive' : 'a header is damaged');
    const type = String.fromCharCode(header[156]!);
    const size = decimalOf(pax.get('size')) ?? numberField(header, 124, 12);
    if (size === undefined) throw new TarError('a header states an impossible size');
    const padded = Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'L' || type === 'K' || type === 'x' || type === 'g') {
      if (size > MAX_META_BYTES) throw new TarError('an extended header is too large');
      const body = await stream.take(padded);
      if (body.length < padded) throw new TarError('it ends in the middle of a header');
      if (type === 'L') longName = cString(body.subarray(0, size));
      else if (type === 'K') longLink = cString(body.subarray(0, size));
      else if (type === 'x') pax = parsePax(body.subarray(0, size));
      continue;
    }
    const path = tidy(pathFromBytes(pax.get('path') ?? longName ?? nameOf(header)));
    const target = pathFromBytes(pax.get('linkpath') ?? longLink ?? cString(header.subarray(157, 257)));
    const sparse = [...pax.keys()].some((key) => key.startsWith('GNU.sparse.'));
    pax = new Map();
    longName = longLink = undefined;
    if (type === '1' || type === '2') {
      await stream.skip(padded);
      yield {
        kind: type === '1' ? 'hard-link' : 'symbolic-link',
        path,
        target: type === '1' ? tidy(target) : target,
      };
    } else if (type === '5') {
      await stream.skip(padded);
      yield { kind: 'folder', path };
    } else if ((type === '0' || type === '\0' || type === '7') && !sparse) {
      if (size > keep) {
        if (!(await stream.skip(padded))) throw new TarError(`it ends in the middle of ${path}`);
        yield { kind: 'file', path, size, bytes: undefined };
        continue;
      }
      const body = await stream.take(padded);
      // The padding of the last file may be missing; its bytes may not.
      if (body.length < size) throw new TarError(`it ends in the middle of ${path}`);
      yield { kind: 'file', path, size, bytes: body.subarray(0, size) };
    } else {
      await stream.skip(padded);
      yield { kind: 'special', path };
    }
  }
}

interface ByteReader {
  /** Exactly `length` bytes in a buffer of their own, fewer at the end. */
  take(length: number): Promise<Buffer>;
  /** False when the stream ended before. */
  skip(length: number): Promise<boolean>;
}

function reader(chunks: AsyncIterable<Buffer>): ByteReader {
  const iterator = chunks[Symbol.asyncIterator]();
  let current: Buffer = Buffer.alloc(0);
  const more = async (): Promise<boolean> => {
    const next = await iterator.next();
    if (next.done === true) return false;
    current = next.value;
    return true;
  };
  return {
    take: async (length) => {
      const parts: Buffer[] = [];
      let missing = length;
      while (missing > 0) {
        if (current.length === 0 && !(await more())) break;
        const part = current.subarray(0, missing);
        parts.push(part);
        missing -= part.length;
        current = current.subarray(part.length);
      }
      return Buffer.concat(parts);
    },
    skip: async (length) => {
      let missing = length;
      while (missing > 0) {
        if (current.length === 0 && !(await more())) return false;
        const step = Math.min(missing, current.length);
        missing -= step;
        current = current.subarray(step);
      }
      return true;
    },
  };
}

const isZero = (block: Buffer): boolean => block.every((byte) => byte === 0);

/** Sum of the header's bytes with the checksum field as spaces. */
function hasChecksum(header: Buffer): boolean {
  let sum = 8 * 32;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += header[i]!;
  return numberField(header, 148, 8) === sum;
}

/** Octal digits, or base 256 with the top bit set (GNU, for sizes from 8 GiB). */
function numberField(header: Buffer, at: number, length: number): number | undefined {
  if (header[at]! & 0x80) {
    let value = header[at]! & 0x7f;
    for (let i = at + 1; i < at + length; i++) value = value * 256 + header[i]!;
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = header
    .toString('latin1', at, at + length)
    .replaceAll('\0', ' ')
    .trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : undefined;
}

function nameOf(header: Buffer): Buffer {
  const name = cString(header.subarray(0, 100));
  // Only POSIX ustar has a prefix; GNU's `ustar  ` keeps times there.
  const prefix =
    header.toString('latin1', 257, 263) === 'ustar\0' ? cString(header.subarray(345, 500)) : Buffer.alloc(0);
  return prefix.length === 0 ? name : Buffer.concat([prefix, Buffer.from('/'), name]);
}

function cString(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end === -1 ? bytes : bytes.subarray(0, end);
}

/** Records `LENGTH KEY=VALUE\n`, the length counting itself. */
function parsePax(bytes: Buffer): Map<string, Buffer> {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(32, at);
    const length = space === -1 ? Number.NaN : Number(bytes.toString('latin1', at, space));
    const equals = bytes.indexOf(61, space);
    if (!Number.isInteger(length) || length <= space - at || at + length > bytes.length || equals === -1)
      throw new TarError('an extended header is damaged');
    records.set(bytes.toString('utf8', space + 1, equals), bytes.subarray(equals + 1, at + length - 1));
    at += length;
  }
  return records;
}

function decimalOf(bytes: Buffer | undefined): number | undefined {
  const value = bytes === undefined ? Number.NaN : Number(bytes.toString('latin1'));
  return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** `./a//b/` → `a/b`; whatever else is odd stays, for the caller to refuse. */
function tidy(path: string): string {
  if (path.startsWith('/')) return path;
  let start = 0;
  while (path.startsWith('./', start)) start += 2;
  const short = path
    .slice(start)
    .replace(/\/{1,64}$/, '')
    .replaceAll(/\/{2,}/g, '/');
  return short === '.' ? '' : short;
}

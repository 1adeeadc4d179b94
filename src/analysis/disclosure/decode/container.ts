import { isTar } from './tar.ts';
import type { Wide } from './wide.ts';
import { wideForm } from './wide.ts';

/** What a file is, as far as text can be in it that cannot be read as it stands. */
export type Container =
  | {
      readonly kind:
        | 'zip'
        | 'gzip'
        | 'bzip2'
        | 'xz'
        | 'lzma'
        | 'lzip'
        | 'zstd'
        | 'zlib'
        | 'tar'
        | 'ar'
        | 'pdf'
        | 'png'
        | 'sqlite'
        | 'compound'
        | 'git pack'
        | 'git bundle'
        | 'binary';
    }
  | { readonly kind: 'wide'; readonly form: Wide }
  /** Packed in a way for which there is no decoder here. */
  | { readonly kind: 'unknown'; readonly what: string };

const SIGNS: readonly (readonly [sign: readonly number[], container: Container])[] = [
  [[0x50, 0x4b, 3, 4], { kind: 'zip' }],
  [[0x50, 0x4b, 5, 6], { kind: 'zip' }],
  [[0x1f, 0x8b, 8], { kind: 'gzip' }],
  [[0x25, 0x50, 0x44, 0x46], { kind: 'pdf' }],
  [[0x89, 0x50, 0x4e, 0x47], { kind: 'png' }],
  // `BZh`, a digit, and the sign of a block: text may begin with the letters.
  ...Array.from(
    { length: 9 },
    (_, i) => [[0x42, 0x5a, 0x68, 0x31 + i, 0x31, 0x41, 0x59, 0x26], { kind: 'bzip2' }] as const,
  ),
  // `SQLite format 3`.
  [
    [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66, 0x6f, 0x72, 0x6d, 0x61, 0x74, 0x20, 0x33, 0],
    { kind: 'sqlite' },
  ],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], { kind: 'xz' }],
  [[0x28, 0xb5, 0x2f, 0xfd], { kind: 'zstd' }],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], { kind: 'unknown', what: '7z' }],
  [[0x52, 0x61, 0x72, 0x21, 0x1a, 7], { kind: 'unknown', what: 'rar' }],
  [[0x04, 0x22, 0x4d, 0x18], { kind: 'unknown', what: 'lz4' }],
  [[0x5d, 0, 0], { kind: 'lzma' }],
  // `LZIP` and its version.
  [[0x4c, 0x5a, 0x49, 0x50, 1], { kind: 'lzip' }],
  [[0x50, 0x41, 0x43, 0x4b, 0, 0, 0], { kind: 'git pack' }],
  [[0x4d, 0x53, 0x43, 0x46, 0, 0, 0, 0], { kind: 'unknown', what: 'cabinet' }],
  // `# v2 git bundle`, `# v3 git bundle`.
  [[0x23, 0x20, 0x76, 0x32, 0x20, 0x67, 0x69, 0x74, 0x20, 0x62], { kind: 'git bundle' }],
  [[0x23, 0x20, 0x76, 0x33, 0x20, 0x67, 0x69, 0x74, 0x20, 0x62], { kind: 'git bundle' }],
  [[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], { kind: 'compound' }],
  [[0xed, 0xab, 0xee, 0xdb], { kind: 'unknown', what: 'rpm' }],
  [[0x21, 0x3c, 0x61, 0x72, 0x63, 0x68, 0x3e, 0x0a], { kind: 'ar' }],
];

/** The signs by their first byte: most bytes are none's. */
const BY_FIRST: (typeof SIGNS | undefined)[] = Array.from({ length: 256 }, (_, first) => {
  const own = SIGNS.filter(([sign]) => sign[0] === first);
  return own.length === 0 ? undefined : own;
});

/** Bytes of a file that say whether it is text: git's own test. */
const SAMPLE = 8000;

/** What `bytes` are; `undefined`: text, or nothing. */
export function containerOf(bytes: Uint8Array): Container | undefined {
  const known = bytes.length === 0 ? undefined : BY_FIRST[bytes[0]!];
  if (known !== undefined)
    for (const [sign, container] of known) if (sign.every((byte, i) => bytes[i] === byte)) return container;
  if (endsAsZip(bytes)) return { kind: 'zip' };
  const form = wideForm(bytes);
  if (form !== undefined) return { kind: 'wide', form };
  if (isTar(bytes)) return { kind: 'tar' };
  if (bytes[0] === 0x78 && ZLIB.includes(bytes[1]!)) return { kind: 'zlib' };
  const nul = bytes.indexOf(0);
  return nul !== -1 && nul < SAMPLE ? { kind: 'binary' } : undefined;
}

/** Whether a file that starts with this byte may have one of the signs. */
export function mayBeSign(first: number): boolean {
  return BY_FIRST[first] !== undefined || first === 0x78;
}

/** The second byte of a zlib stream, by its level. `x^` is text as likely, and is told apart when it does not inflate. */
const ZLIB = [0x01, 0x5e, 0x9c, 0xda];

/** An archive behind something else: a script, a program, a picture. */
function endsAsZip(bytes: Uint8Array): boolean {
  const at = bytes.length - 22;
  return at > 0 && bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 5 && bytes[at + 3] === 6;
}

/**
 * Whether the first four bytes of a file (little-endian) are those of something that `containerOf` knows although it may have no NUL near
 * its start.
 */
export function maybeContainer(first: number): boolean {
  for (let i = 0; i < STARTS.length; i++) if ((first & MASKS[i]!) === STARTS[i]) return true;
  return (first & 255) === 0x78 && ZLIB.includes((first >>> 8) & 255);
}

/** The first four bytes of each sign as numbers, and which of their bits count. */
const STARTS: Int32Array = Int32Array.from(SIGNS, ([sign]) => start(sign, (byte) => byte));
const MASKS: Int32Array = Int32Array.from(SIGNS, ([sign]) => start(sign, () => 255));

function start(sign: readonly number[], as: (byte: number) => number): number {
  return sign.slice(0, 4).reduce((number, byte, i) => number | (as(byte) << (8 * i)), 0);
}

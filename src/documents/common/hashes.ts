import { once } from '../../analysis/text/once.ts';

/** Algorithms by their length in hex digits, in the spelling of CycloneDX. */
const BY_LENGTH: ReadonlyMap<string, number> = new Map([
  ['MD5', 32],
  ['SHA-1', 40],
  ['SHA-256', 64],
  ['SHA-384', 96],
  ['SHA-512', 128],
]);

const NAMES: ReadonlyMap<string, string> = new Map([
  ['md5', 'MD5'],
  ['sha1', 'SHA-1'],
  ['sha256', 'SHA-256'],
  ['sha384', 'SHA-384'],
  ['sha512', 'SHA-512'],
]);

export interface Hash {
  /** `SHA-512` and the like. */
  readonly algorithm: string;
  /** Lower-case hex. */
  readonly hex: string;
}

/**
 * Reads what lockfiles keep: `sha512-<base64>` (subresource integrity), `sha256:<hex>`, several joined by spaces; repeats once.
 * Anything else is left out: Go's `h1:` is a hash of a list of files, not of an archive.
 */
export function hashesOf(integrity: string | undefined): readonly Hash[] {
  if (integrity === undefined) return [];
  const found = new Map<string, Hash>();
  for (const piece of integrity.split(' ')) {
    const cut = piece.search(/[-:=]/);
    const algorithm = NAMES.get(piece.slice(0, cut).toLowerCase());
    if (algorithm === undefined) continue;
    const value = piece.slice(cut + 1);
    const length = BY_LENGTH.get(algorithm)!;
    const hex =
      value.length === length && /^[0-9a-fA-F]+$/.test(value) ? value.toLowerCase() : hexOfBase64(value);
    if (hex?.length === length) found.set(`${algorithm} ${hex}`, { algorithm, hex });
  }
  return [...found.values()];
}

/** Two letters of base64 are twelve bits are three hex digits: one look-up for each pair. `undefined` when it is not base64. */
function hexOfBase64(value: string): string | undefined {
  const query = value.indexOf('?');
  const length = query === -1 ? value.length : query;
  if (length === 0 || length % 4 !== 0 || length > 100) return undefined;
  const padding = value[length - 2] === '=' ? 2 : value[length - 1] === '=' ? 1 : 0;
  const table = triples();
  let hex = '';
  for (let i = 0; i < length; i += 2) {
    const first = SIXTETS[value.charCodeAt(i)] ?? -1;
    const second = SIXTETS[value.charCodeAt(i + 1)] ?? -1;
    const isPadding = i + 2 === length && padding > 0;
    if (!isPadding && (first < 0 || second < 0)) return undefined;
    if (isPadding && padding === 1 && first < 0) return undefined;
    hex += table[(Math.max(first, 0) << 6) | Math.max(second, 0)]!;
  }
  return hex.slice(0, hex.length - padding * 2);
}

const SIXTETS = new Int8Array(128).fill(-1);
for (const [value, letter] of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  .split('')
  .entries())
  SIXTETS[letter.charCodeAt(0)] = value;

const triples = once(() => Array.from({ length: 4096 }, (_, bits) => bits.toString(16).padStart(3, '0')));

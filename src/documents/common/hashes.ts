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

function hexOfBase64(value: string): string | undefined {
  const query = value.indexOf('?');
  const text = query === -1 ? value : value.slice(0, query);
  if (text.length > 100 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  try {
    const bytes = atob(text);
    let hex = '';
    for (let i = 0; i < bytes.length; i++) hex += HEX[bytes.charCodeAt(i)]!;
    return hex;
  } catch {
    return undefined;
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

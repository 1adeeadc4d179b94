import type { Problem } from '../../model/problem.ts';

/** One replaced character in this many is too much to be a stray byte in a comment or a name. */
const STRAY_ONE_IN = 100;

/**
 * The text of a file's bytes: UTF-8 (its byte-order mark dropped), or UTF-16 where a byte-order mark says so.
 * Stray bytes that are not UTF-8 become U+FFFD and a `file/encoding` problem with the first one's line; when they are many
 * there is no text, and the problem is `lost`. NUL bytes mean `file/binary`, no text, `lost`; so does a Git LFS pointer.
 * Where every line ends with a carriage return alone, each becomes a line feed.
 */
export function decodeText(
  bytes: Uint8Array,
  path: string,
): { readonly text: string | undefined; readonly problems: readonly Problem[] } {
  const wide = bytes.length < 2 ? undefined : utf16Of(bytes[0]!, bytes[1]!);
  if (wide !== undefined) return decodeUtf16(bytes, wide, path);
  let text: string;
  try {
    text = (strict ??= new TextDecoder('utf-8', { fatal: true })).decode(bytes);
  } catch {
    return decodeLoosely(bytes, path);
  }
  if (text.includes('\0')) return binary(path);
  return text.startsWith(LFS_POINTER) ? pointer(path) : { text: withNewlines(text), problems: [] };
}

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md#the-pointer */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

/** Lines that end with a carriage return alone, as old Macs and some editors wrote them, for readers that look for `\n`. */
const withNewlines = (text: string): string =>
  text.includes('\r') && !text.includes('\n') ? text.replaceAll('\r', '\n') : text;

// Decoders without `stream` keep no state between calls; they drop the byte-order mark themselves.
/** Made when it is needed: Node loads what it is made of only then, and many runs never do. */
let strict: InstanceType<typeof TextDecoder> | undefined;
let loose: InstanceType<typeof TextDecoder> | undefined;

function utf16Of(first: number, second: number): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function decodeUtf16(
  bytes: Uint8Array,
  encoding: 'utf-16le' | 'utf-16be',
  path: string,
): ReturnType<typeof decodeText> {
  const text = new TextDecoder('utf-16le').decode(encoding === 'utf-16le' ? bytes : swapped(bytes));
  if (text.includes('\0')) return binary(path);
  // An odd last byte is a file cut off in the middle of a character.
  const problems = text.includes('\uFFFD')
    ? [stray(text, text.indexOf('\uFFFD'), path, 'UTF-16', false)]
    : [];
  return { text: withNewlines(text), problems };
}

/** Not every build of Node decodes big-endian. */
function swapped(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    out[i] = bytes[i + 1]!;
    out[i + 1] = bytes[i]!;
  }
  return bytes.length % 2 === 0 ? out : out.subarray(0, bytes.length);
}

function decodeLoosely(bytes: Uint8Array, path: string): ReturnType<typeof decodeText> {
  const text = (loose ??= new TextDecoder('utf-8')).decode(bytes);
  if (text.includes('\0')) return binary(path);
  let replaced = 0;
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) replaced++;
  const lost = replaced * STRAY_ONE_IN > text.length && replaced > 3;
  const problem = stray(text, firstStray(bytes, text), path, 'UTF-8', lost);
  return { text: lost ? undefined : text, problems: [problem] };
}

/** Offset of the first U+FFFD that stands for bytes which are no character: a file may also hold that very character. */
function firstStray(bytes: Uint8Array, text: string): number {
  let good = 0;
  let bad = bytes.length;
  // Halving: the longest start of the file that is UTF-8, up to a character cut off at its end.
  while (good < bad) {
    const middle = (good + bad + 1) >>> 1;
    if (isSound(bytes, middle)) good = middle;
    else bad = middle - 1;
  }
  return text.indexOf(
    '\uFFFD',
    Math.max(0, (loose ??= new TextDecoder('utf-8')).decode(bytes.subarray(0, good)).length - 1),
  );
}

function isSound(bytes: Uint8Array, length: number): boolean {
  // `stream` accepts a character that is cut off at the end.
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
    return true;
  } catch {
    return false;
  }
}

function stray(text: string, at: number, path: string, encoding: string, lost: boolean): Problem {
  let line = 1;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', next + 1)) line++;
  const message = lost
    ? `this is not ${encoding} text, nor UTF-16 with a byte-order mark`
    : `bytes that are not ${encoding}; each was read as U+FFFD`;
  const problem = { code: 'file/encoding', message, at: { path, line }, hint: 'save the file as UTF-8' };
  return lost ? { ...problem, lost } : problem;
}

function pointer(path: string): ReturnType<typeof decodeText> {
  return {
    text: undefined,
    problems: [
      {
        code: 'file/lfs-pointer',
        message: 'a Git LFS pointer stands in place of the file: what it holds is not here',
        at: { path, line: 1 },
        hint: 'scan a checkout in which `git lfs pull` was run',
        lost: true,
      },
    ],
  };
}

function binary(path: string): ReturnType<typeof decodeText> {
  return {
    text: undefined,
    problems: [
      {
        code: 'file/binary',
        message: 'NUL bytes: this is a binary file, or UTF-16 without a byte-order mark; expected text',
        at: { path },
        hint: 'save the file as UTF-8',
        lost: true,
      },
    ],
  };
}

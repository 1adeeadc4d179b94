import { isUtf8 } from 'node:buffer';

/**
 * A name as git, a file system or an archive stores it (any bytes) as a path of ours. Valid UTF-8 stays as it is;
 * in anything else each byte that is not part of a character becomes `\xNN`, so that two names do not fall together as with U+FFFD.
 */
export function pathFromBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let path = '';
  for (let at = 0; at < bytes.length;) {
    const length = characterLength(bytes, at);
    if (length === 0) path += `\\x${bytes[at]!.toString(16).padStart(2, '0')}`;
    else path += bytes.toString('utf8', at, at + length);
    at += Math.max(1, length);
  }
  return path;
}

/** Bytes of the UTF-8 character at `at`; 0 when there is none. */
function characterLength(bytes: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length++)
    if (isUtf8(bytes.subarray(at, at + length))) return length;
  return 0;
}

/**
 * Why a path from git or an archive must not be taken, `undefined` when it may be: absolute, a drive, `..`, an empty part,
 * a NUL or control character that would fake a report's lines.
 */
export function unsafePath(path: string): string | undefined {
  if (path === '') return 'an empty name';
  if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) return 'an absolute path';
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  if (/[\0-\x1f\x7f]/.test(path)) return 'a control character in the name';
  for (const part of path.split('/'))
    if (part === '' || part === '.' || part === '..') return `the part "${part}"`;
  return undefined;
}

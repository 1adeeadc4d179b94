import { compareText, endOfDigits, endOfLetters } from './text.ts';

/**
 * Order of strings that PEP 440 does not know (`2004d`, `1.0-final-x`), as setuptools had it before it refused them.
 * Old releases with such versions are still named in lockfiles and advisories.
 */
export function compareLegacy(a: string, b: string): number {
  const left = legacyKey(a);
  const right = legacyKey(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const order = compareText(left[i]!, right[i]!);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

const REPLACED: ReadonlyMap<string, string> = new Map([
  ['pre', 'c'],
  ['preview', 'c'],
  ['-', 'final-'],
  ['rc', 'c'],
  ['dev', '@'],
]);

/** Words get a `*`, which sorts below digits; numbers are padded to eight places. */
function legacyKey(version: string): string[] {
  const parts: string[] = [];
  for (const raw of [...split(version.toLowerCase()), 'final']) {
    const part = REPLACED.get(raw) ?? raw;
    if (part === '' || part === '.') continue;
    if (/^\d/.test(part)) {
      parts.push(part.padStart(8, '0'));
      continue;
    }
    const word = `*${part}`;
    if (word < '*final') while (parts.at(-1) === '*final-') parts.pop();
    while (parts.at(-1) === '00000000') parts.pop();
    parts.push(word);
  }
  return parts;
}

/** Runs of digits, runs of letters, single dots and hyphens, and whatever stands between. */
function split(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  const push = (end: number) => {
    if (at > from) parts.push(text.slice(from, at));
    parts.push(text.slice(at, end));
    at = end;
    from = end;
  };
  while (at < text.length) {
    const end = Math.max(endOfDigits(text, at), endOfLetters(text, at));
    if (end > at) push(end);
    else if (text[at] === '.' || text[at] === '-') push(at + 1);
    else at++;
  }
  if (at > from) parts.push(text.slice(from, at));
  return parts;
}

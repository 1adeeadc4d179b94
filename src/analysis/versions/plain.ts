import { compareDigits, endOfDigits, isDigit } from './text.ts';

/**
 * How many numbers a version consists of when it is nothing but numbers with single dots between them; else 0.
 * Nine in ten of all versions are, and nearly every order treats them alike: they need not be taken apart.
 */
export function plainLength(version: string): number {
  let numbers = 0;
  let digit = false;
  for (let i = 0; i < version.length; i++) {
    const code = version.charCodeAt(i);
    if (isDigit(code)) {
      if (!digit) numbers++;
      digit = true;
    } else if (code === 46 && digit) digit = false;
    else return 0;
  }
  return digit ? numbers : 0;
}

/** Compares two plain versions number by number, missing ones zero. */
export function comparePlain(a: string, b: string): number {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const iEnd = endOfDigits(a, i);
    const jEnd = endOfDigits(b, j);
    const order = compareDigits(a, i, iEnd, b, j, jEnd);
    if (order !== 0) return order;
    i = Math.min(iEnd + 1, a.length);
    j = Math.min(jEnd + 1, b.length);
  }
  return 0;
}

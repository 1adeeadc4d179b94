import type { Sieve } from '../../../model/disclosure.ts';

/** One of such signs soon behind it, after spaces. */
export function opened(sign: RegExp): Sieve {
  return { side: 'after', run: setOf(/[ \t]/), least: 0, most: 8, follows: setOf(sign) };
}

/** So many characters of a kind directly behind it. */
export function followedBy(characters: RegExp, least: number): Sieve {
  let run: Uint8Array | undefined;
  return {
    side: 'after',
    // Made when a search is: where there is one from the build, that is never.
    get run() {
      return (run ??= setOf(characters));
    },
    least,
    most: least,
  };
}

/** A table of the bytes that are such characters. */
export function setOf(characters: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, unit) => (characters.test(String.fromCharCode(unit)) ? 1 : 0));
}

/** Each unit of a text, written otherwise. */
export function units(text: string, as: (unit: number, one: string) => string): string {
  return text
    .split('')
    .map((one) => as(one.charCodeAt(0), one))
    .join('');
}

/** A number in digits of a base, so many at least. */
export function digits(unit: number, base: number, length: number): string {
  return unit.toString(base).padStart(length, '0');
}

import { ALPHABETS } from '../form/shapes.ts';

/** Characters of common alphabets, to make tokens of. */
export const CHARACTERS = {
  digits: '0123456789',
  hex: '0123456789abcdef',
  base36: '0123456789abcdefghijklmnopqrstuvwxyz',
  upper36: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  base62: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
  base64: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/',
  url: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-',
  base32: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
} as const;

/** Random text, the same on every run with the same seed. Tokens are made with it when a test runs: none stands in the repository. */
export function randomText(
  seed: number,
): (characters: keyof typeof CHARACTERS | (string & {}), length: number) => string {
  let state = seed >>> 0;
  const next = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return (characters, length) => {
    const from = Object.hasOwn(CHARACTERS, characters)
      ? CHARACTERS[characters as keyof typeof CHARACTERS]
      : characters;
    let text = '';
    for (let i = 0; i < length; i++) text += from[next(from.length)];
    return text;
  };
}

/** Every character of a class as shapes name it; of base64 without its padding, which stands at the end only. */
export function charactersOf(alphabet: string): string {
  if (alphabet === 'pad') return '=';
  return ALPHABETS.get(alphabet)!
    .replace('=', '')
    .replace(/(.)-(.)/g, (_range, first: string, last: string) => {
      let members = '';
      for (let unit = first.charCodeAt(0); unit <= last.charCodeAt(0); unit++)
        members += String.fromCharCode(unit);
      return members;
    });
}

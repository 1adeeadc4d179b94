/** How much of a secret a text can be, by its look alone. */
export type Look = 'made-up' | 'patterned' | 'random';

/** Words that people write where the secret would be. */
const WORDS: readonly string[] = [
  'xxxx',
  'example',
  'placeholder',
  'changeme',
  'change_me',
  'replaceme',
  'replace_me',
  'redacted',
  'yourtoken',
  'your_',
  'your-',
  'yourapi',
  'yourkey',
  'insert_',
  'secret_here',
  'key_here',
  'keyhere',
  'token_here',
  'tokenhere',
  'dummy',
  '....',
  '****',
  'deadbeef',
];

/** Keys of keyboards and alphabets, along which made-up values run. */
const RUNS =
  '01234567890123456789 abcdefghijklmnopqrstuvwxyzabcdefghij 9876543210987654321 zyxwvutsrqponmlkjihgfedcba qwertyuiopasdfghjklzxcvbnm';

/**
 * What the varying part of a token looks like. `made-up`: a word that says so, or hardly any different characters;
 * nobody's secret. `patterned`: much of it runs along the alphabet (`abcdefgh12345678`) or repeats itself; rarely one.
 */
export function lookOf(body: string): Look {
  const folded = body.toLowerCase();
  for (const word of WORDS) if (folded.includes(word)) return 'made-up';
  if (longestRun(folded) * 4 > folded.length) return 'made-up';
  const distinct = distinctUnits(folded);
  if (distinct <= Math.min(4, folded.length >> 2)) return 'made-up';
  if (body.length >= 8 && (alongTheAlphabet(folded) * 2 >= folded.length || repeats(folded)))
    return 'patterned';
  return 'random';
}

/** Characters in the longest run of one and the same; four at least count, for short ones come by chance. */
function longestRun(text: string): number {
  let longest = 0;
  for (let start = 0; start < text.length;) {
    let end = start + 1;
    while (end < text.length && text[end] === text[start]) end++;
    longest = Math.max(longest, end - start);
    start = end;
  }
  return longest < 4 ? 0 : longest;
}

/** How many different code units (below 256) the text has. */
export function distinctUnits(text: string): number {
  const seen = new Uint8Array(256);
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i) & 255;
    if (seen[unit] === 0) count++;
    seen[unit] = 1;
  }
  return count;
}

/** Characters that lie in runs of four or more along the alphabet, the digits or the keyboard. */
function alongTheAlphabet(folded: string): number {
  let within = 0;
  for (let i = 0; i + 4 <= folded.length;) {
    if (!RUNS.includes(folded.slice(i, i + 4))) {
      i++;
      continue;
    }
    let end = i + 4;
    while (end < folded.length && RUNS.includes(folded.slice(end - 3, end + 1))) end++;
    within += end - i;
    i = end;
  }
  return within;
}

/** Whether the text is one piece of at most sixteen characters, over and over. */
function repeats(text: string): boolean {
  for (let period = 1; period <= 16 && period * 3 <= text.length; period++) {
    let i = period;
    while (i < text.length && text[i] === text[i - period]) i++;
    if (i === text.length) return true;
  }
  return false;
}

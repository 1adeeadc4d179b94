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
  'replace-with',
  'replace_with',
  'somerandom',
  'some-random',
  'some_random',
  'randomstring',
  'random-string',
  'random_string',
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
  const [run, within] = runsOfOne(folded);
  if (run * 4 > folded.length || within * 2 > folded.length) return 'made-up';
  const distinct = distinctUnits(folded);
  if (distinct <= Math.min(4, folded.length >> 2)) return 'made-up';
  if (body.length < 8) return 'random';
  if (alongTheAlphabet(folded, 0, 1) * 2 >= folded.length || repeats(folded)) return 'patterned';
  // Longer ones are whole keys, in which there are zeros.
  if (body.length <= 64 && (run >= 8 || mostTurns(folded) >= 10)) return 'patterned';
  // `1a2b3c4d5e…`: two runs, a character of each in turn.
  if (
    body.length >= 16 &&
    (alongTheAlphabet(folded, 0, 2) + alongTheAlphabet(folded, 1, 2)) * 2 >= folded.length
  )
    return 'patterned';
  return 'random';
}

/** Characters in the longest run of one and the same, and in all of them; four at least count, for short ones come by chance. */
function runsOfOne(text: string): readonly [longest: number, all: number] {
  let longest = 0;
  let all = 0;
  for (let start = 0; start < text.length;) {
    const unit = text.charCodeAt(start);
    let end = start + 1;
    while (end < text.length && text.charCodeAt(end) === unit) end++;
    if (end - start > 3) {
      longest = Math.max(longest, end - start);
      all += end - start;
    }
    start = end;
  }
  return [longest, all];
}

/** All 0 between two calls: to make it anew takes longer than to count. */
const SEEN = new Uint8Array(256);

/** How many different code units (below 256) the text has. */
export function distinctUnits(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i) & 255;
    if (SEEN[unit] === 0) count++;
    SEEN[unit] = 1;
  }
  for (let i = 0; i < text.length; i++) SEEN[text.charCodeAt(i) & 255] = 0;
  return count;
}

/** Characters in the longest stretch of two that take turns: `1a1a1a`. */
function mostTurns(text: string): number {
  let most = 0;
  let same = 0;
  for (let i = 2; i < text.length; i++) {
    same = text.charCodeAt(i) === text.charCodeAt(i - 2) ? same + 1 : 0;
    if (same > most) most = same;
  }
  return most + 2;
}

/** Of every `step`-th character, those that lie in runs of four or more along the alphabet, the digits or the keyboard. */
function alongTheAlphabet(folded: string, from: number, step: number): number {
  let within = 0;
  let runEnd = 0;
  let four = 0;
  for (let i = from, at = 0; i < folded.length; i += step, at++) {
    four = (four << 8) | unitAt(folded, i);
    const start = at - 3;
    if (start < 0 || !ALONG.has(four)) continue;
    // It goes on with a run, or begins another behind it.
    if (start === runEnd - 3) within++;
    else if (start >= runEnd) within += 4;
    else continue;
    runEnd = at + 1;
  }
  return within;
}

/** Four characters that follow each other in `RUNS`, each as one number. */
const ALONG: ReadonlySet<number> = new Set(
  Array.from({ length: RUNS.length - 3 }, (_, i) =>
    [0, 1, 2, 3].reduce((four, next) => (four << 8) | RUNS.charCodeAt(i + next), 0),
  ),
);

/** 0 for what is no byte. */
function unitAt(text: string, i: number): number {
  const unit = text.charCodeAt(i);
  return unit < 256 ? unit : 0;
}

/** Whether the text is one piece of at most sixteen characters, over and over. */
function repeats(text: string): boolean {
  for (let period = 1; period <= 16 && period * 3 <= text.length; period++) {
    let i = period;
    while (i < text.length && text.charCodeAt(i) === text.charCodeAt(i - period)) i++;
    if (i === text.length) return true;
  }
  return false;
}

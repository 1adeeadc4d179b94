import type { DisclosureRule, Find, Window } from '../../../model/disclosure.ts';
import type { Location, Problem } from '../../../model/problem.ts';
import { alphabetOf } from '../rules/form/alphabets.ts';
import { bytesOf, foldBytes } from './allow.ts';

/** Words and phrases of an organisation that must not get out. */
export interface DenyList {
  readonly title: string;
  /** Plain, for files that stay inside. */
  readonly words: readonly string[];
  /**
   * Hashed, for files that get out themselves: `START WORDS LENGTH HMAC`. Published of a phrase are its first three bytes, how many words it
   * has and its length; with them, next to no text has to be hashed. The rest is HMAC-SHA256 of the normal form with a key that is not
   * published (32 hexadecimal digits at least are kept): without the key, guesses cannot be tried.
   */
  readonly hashed: readonly string[];
  readonly at: Location;
}

/** HMAC-SHA256 of a text's UTF-8, in lower-case hexadecimal digits. Comes from outside: it holds the key. */
export type Hmac = (text: string) => string;

/** Words of a phrase, at most. */
const MOST_WORDS = 8;

/**
 * The form in which phrases are compared: small letters, words parted by one space, whatever stood between (`Project-Nightjar`,
 * `project_nightjar` and `projectNightjar` are one). Over UTF-8 in latin1, so that letters beyond ASCII keep their case.
 */
export function normalForm(phrase: string): string {
  return wordsAt(phrase, 0, MOST_WORDS + 1)
    .map(({ start, end }) => foldBytes(phrase.slice(start, end)))
    .join(' ');
}

/** An entry for `hashed`. `undefined` when the phrase is too short to be hidden (four bytes) or has more than eight words. */
export function hashedEntry(phrase: string, hmac: Hmac): string | undefined {
  const form = normalForm(bytesOf(phrase));
  const words = form.split(' ').length;
  if (form.length < 4 || words > MOST_WORDS || form.slice(0, 3).includes(' ')) return undefined;
  return `${escapeStart(form.slice(0, 3))} ${words} ${form.length} ${hmac(form).slice(0, 32)}`;
}

/** Bytes beyond ASCII as `%c3`, so that an entry is plain text. */
const escapeStart = (start: string): string =>
  start.replace(/[^!-$&-~]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);

interface Hashed {
  readonly start: string;
  readonly words: number;
  readonly length: number;
  readonly digest: string;
}

/**
 * Rules that find a list's words: from plain ones by themselves, from hashed ones with the key. Without the key, hashed entries are
 * a problem: they could not be looked for.
 */
export function denyListRules(
  lists: readonly DenyList[],
  hmac: Hmac | undefined,
): { readonly rules: readonly DisclosureRule[]; readonly problems: readonly Problem[] } {
  const rules: DisclosureRule[] = [];
  const problems: Problem[] = [];
  for (const [index, list] of lists.entries()) {
    const say = (message: string, hint?: string): void => {
      problems.push({
        code: 'rules/deny-list',
        message: `${list.title}: ${message}`,
        at: list.at,
        ...(hint === undefined ? {} : { hint }),
        lost: true,
      });
    };
    const plain = plainForms(list.words, say);
    if (plain.size > 0)
      rules.push(listRule(`deny-list-${index + 1}`, list.title, keywordsOf(plain), plainFinder(plain)));
    const hashed = list.hashed.flatMap((entry) => parseEntry(entry, say) ?? []);
    if (hashed.length > 0 && hmac === undefined)
      say(
        'its hashed entries cannot be looked for without their key',
        'set ASSAY_DENY_LIST_KEY, or leave the list out with --no-repository-rules',
      );
    else if (hashed.length > 0)
      rules.push(
        listRule(
          `deny-list-${index + 1}-hashed`,
          list.title,
          [...new Set(hashed.map((entry) => entry.start))],
          hashedFinder(hashed, hmac!),
        ),
      );
  }
  return { rules, problems };
}

function plainForms(words: readonly string[], say: (message: string) => void): ReadonlySet<string> {
  const forms = new Set<string>();
  for (const word of words) {
    const form = normalForm(bytesOf(word));
    const parts = form.split(' ');
    if (parts[0]!.length < 2 || parts.length > MOST_WORDS)
      say(
        `${JSON.stringify(word)} cannot be looked for: its first word has one letter, or it has more than ${MOST_WORDS} words`,
      );
    else forms.add(form);
  }
  return forms;
}

const ENTRY = /^([!-~]{3,9}) ([1-8]) (\d{1,4}) ([0-9a-f]{32,64})$/;

function parseEntry(entry: string, say: (message: string) => void): Hashed | undefined {
  const match = ENTRY.exec(entry);
  const start = match?.[1]!.replace(/%([0-9a-f]{2})/g, (_all, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  if (match === null || start?.length !== 3) {
    say(`no hashed entry: expected START WORDS LENGTH HMAC, found ${JSON.stringify(entry.slice(0, 40))}`);
    return undefined;
  }
  return { start, words: Number(match[2]), length: Number(match[3]), digest: match[4]! };
}

/** The first word of each phrase. */
const keywordsOf = (forms: ReadonlySet<string>): readonly string[] => [
  ...new Set([...forms].map((form) => form.split(' ', 1)[0]!)),
];

type Finder = (form: string, words: number) => boolean;

function listRule(id: string, title: string, keywords: readonly string[], isListed: Finder): DisclosureRule {
  return {
    id,
    title,
    kind: 'deny-list',
    keywords,
    gate: (bytes, start, _end, from) => start === from || isStart(bytes[start - 1]!, bytes[start]!),
    find: (window) => findPhrases(window, title, isListed),
    advice: 'Say it in other words, or ask the owner of the list whether it may be said.',
  };
}

const plainFinder =
  (forms: ReadonlySet<string>): Finder =>
  (form) =>
    forms.has(form);

/** Hashes a text only where start, number of words and length are those of an entry, and once. */
function hashedFinder(entries: readonly Hashed[], hmac: Hmac): Finder {
  const digests = new Map<string, readonly string[]>();
  for (const { start, words, length, digest } of entries) {
    const key = `${start} ${words} ${length}`;
    digests.set(key, [...(digests.get(key) ?? []), digest]);
  }
  const known = new Map<string, boolean>();
  return (form, words) => {
    const expected = digests.get(`${form.slice(0, 3)} ${words} ${form.length}`);
    if (expected === undefined) return false;
    let isListed = known.get(form);
    if (isListed === undefined) {
      const digest = hmac(form);
      isListed = expected.some((one) => digest.startsWith(one));
      if (known.size < 100_000) known.set(form, isListed);
    }
    return isListed;
  };
}

function findPhrases({ text, start }: Window, title: string, isListed: Finder): readonly Find[] {
  const words = wordsAt(text, start, MOST_WORDS);
  if (words[0]?.start !== start) return [];
  let form = '';
  let longest: Find | undefined;
  for (const [index, word] of words.entries()) {
    form += `${index === 0 ? '' : ' '}${foldBytes(text.slice(word.start, word.end))}`;
    if (isListed(form, index + 1))
      longest = {
        start,
        end: word.end,
        tier: 'certain',
        reasons: [`it is on the list "${title}"`],
        secret: form,
      };
  }
  return longest === undefined ? [] : [longest];
}

/** Letters, digits, and the bytes of letters beyond ASCII. */
const LETTER = alphabetOf('0-9A-Za-z');
LETTER.fill(1, 0x80);
const isUpper = (unit: number): boolean => unit >= 0x41 && unit <= 0x5a;
const isLower = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a;

/** Whether a word starts at a byte: behind no letter, or as a hump (`projectNightjar`). */
const isStart = (before: number, own: number): boolean =>
  LETTER[before] === 0 || (isUpper(own) && !isUpper(before));

/** Words from `from` on, parted by at most four bytes that are no letters, or by a hump. */
function wordsAt(
  text: string,
  from: number,
  most: number,
): readonly { readonly start: number; readonly end: number }[] {
  const words: { readonly start: number; readonly end: number }[] = [];
  let at = from;
  while (at < text.length && words.length < most) {
    const gap = at;
    while (at < text.length && LETTER[text.charCodeAt(at) & 255] === 0) at++;
    if (at >= text.length || (words.length > 0 && at - gap > 4)) break;
    const start = at;
    at++;
    while (at < text.length && LETTER[text.charCodeAt(at) & 255] === 1) {
      if (isUpper(text.charCodeAt(at)) && isLower(text.charCodeAt(at - 1))) break;
      at++;
    }
    words.push({ start, end: at });
  }
  return words;
}

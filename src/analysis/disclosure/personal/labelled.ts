import type { DisclosureRule, Find, Gate, Tier, Window } from '../../../model/disclosure.ts';
import { both, digitsNear, wordSieves } from '../rules/form/sieves.ts';

/** Bytes on each side of a label in which its datum is looked for. */
const NEAR = 100;
/** Bytes behind a label within which nothing but linking words makes the datum its value. */
const LINKED = 48;

/** How a datum stands to the word that made us look. */
export type Relation =
  /** `nhs number: …`: nothing but linking words and signs between, and the word names this kind of datum. */
  | 'named'
  /** Within the same few words. */
  | 'close'
  /** On the same line, within 100 bytes. */
  | 'near';

/** A kind of datum that is recognised by its form, near a word that says what it is. */
export interface Labelled {
  readonly id: string;
  readonly title: string;
  readonly advice: string;
  /** Words that name this kind of datum. Lower case; found as whole words, also in `camelCase` and `snake_case`. */
  readonly names: readonly string[];
  /** Words of its surroundings. */
  readonly around: readonly string[];
  /** What may stand between name and value, besides the common linking words. */
  readonly links?: readonly string[];
  /** Digits that the datum has at least: the gate. */
  readonly digits: number;
  /** Global; with boundaries of its own, so that it never finds a part of something longer. Its longest match: 64 bytes. */
  readonly pattern: RegExp;
  /** `found` as it stands there. The tier and why; undefined when it is none, or a reserved one. */
  judge(found: string, relation: Relation): Judged | undefined;
}

export interface Judged {
  readonly tier: Tier;
  readonly reason: string;
  /** The datum without its spaces, in one case. */
  readonly secret: string;
  /** How much of what the pattern found it is, when not all. */
  readonly length?: number;
}

/** The rule that finds the datum near its label, on one line. */
export function labelledRule(labelled: Labelled): DisclosureRule {
  return {
    id: labelled.id,
    title: labelled.title,
    kind: 'personal-data',
    keywords: [...labelled.names, ...labelled.around],
    sieve: (keyword) => both(wordSieves(keyword), digitsNear(labelled.digits, NEAR + 64)),
    gate: wordNearDigits(labelled.digits),
    find: (window) => findNear(labelled, window),
    advice: labelled.advice,
  };
}

function findNear(labelled: Labelled, { text, start, end, keyword }: Window): readonly Find[] {
  const first = Math.max(0, start - NEAR);
  const last = Math.min(text.length, end + NEAR);
  // A match that begins within reach may end outside; what surrounds it decides whether it is whole.
  const from = Math.max(0, first - 64);
  const slice = text.slice(from, Math.min(text.length, last + 66));
  const finds: Find[] = [];
  for (const match of slice.matchAll(labelled.pattern)) {
    const at = from + match.index;
    // A keyword may be a part of the datum only as its beginning: the country of an IBAN.
    if (at < first || at > last || (at !== start && at < end && at + match[0].length > start)) continue;
    const between = at >= end ? text.slice(end, at) : text.slice(at + match[0].length, start);
    const named = at >= end && labelled.names.includes(keyword) && links(between, labelled.links);
    const relation: Relation = named ? 'named' : between.length <= LINKED ? 'close' : 'near';
    const judged = labelled.judge(match[0], relation);
    if (judged === undefined) continue;
    const reasons = [
      judged.reason,
      named ? `called "${text.slice(start, end)}"` : `near the word "${text.slice(start, end)}"`,
    ];
    finds.push({
      start: at,
      end: at + (judged.length ?? match[0].length),
      tier: judged.tier,
      reasons,
      secret: judged.secret,
    });
  }
  return finds;
}

const LINKS = new Set(
  'number numbers no num nr id ids identifier code value val is was of the a an for my your patient user string str test valid ref reference const'.split(
    ' ',
  ),
);

/** Only linking words, or none, stand in the text between a name and its value. */
export function links(between: string, more: readonly string[] = []): boolean {
  if (between.length > LINKED) return false;
  for (const [word] of between.toLowerCase().matchAll(/[a-z0-9]+/g))
    if (!LINKS.has(word) && !more.includes(word)) return false;
  return true;
}

/**
 * Opens where the keyword is a word of its own, and `least` digits stand on its line within reach. Bytes above ASCII count as
 * neither letter nor digit.
 */
export function wordNearDigits(least: number): Gate {
  return (bytes, start, end, from, to) => {
    if (!isWord(bytes, start, end, from, to)) return false;
    let digits = 0;
    const last = Math.min(to, end + NEAR + 64);
    for (let i = end; i < last && bytes[i] !== 10; i++)
      if (isDigit(bytes[i]!) && ++digits >= least) return true;
    const first = Math.max(from, start - NEAR - 64);
    for (let i = start - 1; i >= first && bytes[i] !== 10; i--)
      if (isDigit(bytes[i]!) && ++digits >= least) return true;
    return false;
  };
}

/** Whether `start`…`end` is a word, counting the humps of `camelCase` as words; a plural's `s` may follow. */
export function isWord(bytes: Uint8Array, start: number, end: number, from: number, to: number): boolean {
  const before = start > from ? bytes[start - 1]! : 0;
  const first = bytes[start]!;
  if (isLetter(before) && !(isLower(before) && isUpper(first))) return false;
  let after = end < to ? bytes[end]! : 0;
  if ((after | 32) === 0x73 && end + 1 <= to) after = end + 1 < to ? bytes[end + 1]! : 0;
  if (!isLetter(after)) return true;
  const last = bytes[end - 1]!;
  if (!isUpper(after)) return false;
  // `nhsNumber`, or `NHSNumber`: the next hump begins.
  return isLower(last) || (end + 1 < to && isLower(bytes[end + 1]!));
}

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
const isUpper = (unit: number): boolean => unit >= 0x41 && unit <= 0x5a;
const isLower = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a;
const isLetter = (unit: number): boolean => isLower(unit | 32);

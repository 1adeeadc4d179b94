import type { VersionScheme } from '../../model/ecosystem.ts';
import { satisfiesComposerConstraint } from './packagist-range.ts';
import { comparePlain, plainLength } from './plain.ts';
import { compareNumbers, compareText, endOfDigits, endOfLetters, isDigit } from './text.ts';

/**
 * Packagist: versions as Composer normalises them, then in the order of PHP's version_compare.
 * Branches (`dev-main`) come before every release, and what is no version at all before them.
 * https://getcomposer.org/doc/articles/versions.md
 */
export const packagist: VersionScheme = {
  id: 'composer',
  compare(a, b) {
    if (a === b) return 0;
    if (isClassical(a) && isClassical(b)) return comparePlain(a, b);
    return compareNormalised(normaliseComposer(a) ?? `?${a}`, normaliseComposer(b) ?? `?${b}`);
  },
  isValid: (version) => normaliseComposer(version) !== undefined,
  isPrerelease(version) {
    const normalised = normaliseComposer(version);
    return (
      normalised !== undefined && (isBranch(normalised) || /-(?:alpha|beta|RC|dev)|-dev$/.test(normalised))
    );
  },
  satisfies: satisfiesComposerConstraint,
};

/** One to four numbers, and no date in the first: nothing for Composer to normalise but the zeros at the end. */
function isClassical(version: string): boolean {
  const length = plainLength(version);
  return length > 0 && length <= 4 && endOfDigits(version, 0) <= 5;
}

const MODIFIER = String.raw`[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)(\d*(?:[.-]\d+)*))?([.-]?dev)?`;
const CLASSICAL = new RegExp(String.raw`^v?(\d{1,5})(\.\d+)?(\.\d+)?(\.\d+)?${MODIFIER}$`, 'i');
const DATED = new RegExp(String.raw`^v?(\d{4}(?:[.:-]?\d{2}){1,6}(?:[.:-]?\d{1,3})?)${MODIFIER}$`, 'i');
const NUMERIC_BRANCH = /^v?(\d+)(\.(?:\d+|[xX*]))?(\.(?:\d+|[xX*]))?(\.(?:\d+|[xX*]))?$/i;

/** The form that Composer compares: `1.0-RC1` → `1.0.0.0-RC1`, `2.x-dev` → `2.9999999.9999999.9999999-dev`; `undefined` for no version. */
export function normaliseComposer(version: string): string | undefined {
  let text = version.trim().replace(/^([^,\s]+) +as +[^,\s]+$/, '$1');
  text = text.replace(/@(?:stable|RC|beta|alpha|dev)$/i, '');
  if (text === 'master' || text === 'trunk' || text === 'default') return `dev-${text}`;
  if (/^dev-/i.test(text)) return `dev-${text.slice(4)}`;
  const plus = text.indexOf('+');
  if (plus > 0 && plus < text.length - 1 && !/[\s,]/.test(text)) text = text.slice(0, plus);
  const classical = CLASSICAL.exec(text);
  if (classical !== null) {
    const [, major, minor = '.0', patch = '.0', fourth = '.0'] = classical;
    return `${major}${minor}${patch}${fourth}${modifierOf(classical, 5)}`;
  }
  const dated = DATED.exec(text);
  if (dated !== null) return dated[1]!.replaceAll(/\D/g, '.') + modifierOf(dated, 2);
  return /dev$/i.test(text) ? normaliseBranch(text.slice(0, -3).replace(/[.-]$/, '')) : undefined;
}

/** A numeric branch as a version that is later than all its releases; `undefined` for a branch with a name. */
export function normaliseBranch(name: string): string | undefined {
  const found = NUMERIC_BRANCH.exec(name.trim());
  if (found === null) return undefined;
  const places = [1, 2, 3, 4].map((i) => (found[i] ?? '.x').replace(/[xX*]/, '9999999'));
  return `${places.join('')}-dev`;
}

function modifierOf(found: RegExpExecArray, at: number): string {
  const stability = found[at]?.toLowerCase() ?? '';
  if (stability === 'stable') return '';
  const name = STABILITIES.get(stability) ?? stability;
  const number = (found[at + 1] ?? '').replace(/^[.-]+/, '');
  return (name === '' ? '' : `-${name}${number}`) + (found[at + 2] === undefined ? '' : '-dev');
}

const STABILITIES: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['p', 'patch'],
  ['pl', 'patch'],
  ['rc', 'RC'],
]);

/** Whether a normalised version is a branch with a name, which has no place among the releases. */
export function isBranch(normalised: string): boolean {
  return normalised.startsWith('dev-');
}

/** Orders normalised versions. `?…` is one that could not be normalised. */
export function compareNormalised(a: string, b: string): number {
  const aClass = a.startsWith('?') ? 0 : isBranch(a) ? 1 : 2;
  const bClass = b.startsWith('?') ? 0 : isBranch(b) ? 1 : 2;
  if (aClass !== bClass) return aClass - bClass;
  return aClass < 2 ? compareText(a, b) : phpVersionCompare(a, b);
}

/**
 * PHP's version_compare: runs of digits and of letters; word rank is any other word < dev < alpha < beta < RC <
 * end < number < pl. Equal where only separators differ. https://www.php.net/version_compare
 */
function phpVersionCompare(a: string, b: string): number {
  let i = 0;
  let j = 0;
  for (;;) {
    i = skipSeparators(a, i);
    j = skipSeparators(b, j);
    const aRank = rankAt(a, i);
    const bRank = rankAt(b, j);
    if (aRank !== bRank) return aRank - bRank;
    if (aRank === END) return 0;
    const iEnd = endOfRun(a, i);
    const jEnd = endOfRun(b, j);
    const order = aRank === NUMBER ? compareNumbers(a.slice(i, iEnd), b.slice(j, jEnd)) : 0;
    if (order !== 0) return order;
    i = iEnd;
    j = jEnd;
  }
}

const WORDS: readonly string[] = ['', 'dev', 'a', 'b', 'rc', 'RC'];
const END = 6;
const NUMBER = 7;
const PATCH = 8;

function rankAt(text: string, at: number): number {
  if (at >= text.length) return END;
  if (isDigit(text.charCodeAt(at))) return NUMBER;
  const word = text.slice(at, endOfRun(text, at));
  // As in PHP, a word counts as the first of these that it begins with; `RC` and `rc` are the same.
  if (word.startsWith('pl') || word.startsWith('p')) return PATCH;
  for (let rank = WORDS.length - 1; rank > 0; rank--) {
    if (word.startsWith(WORDS[rank]!)) return rank === 5 ? 4 : rank;
  }
  return 0;
}

function skipSeparators(text: string, start: number): number {
  let i = start;
  while (i < text.length && endOfRun(text, i) === i) i++;
  return i;
}

function endOfRun(text: string, at: number): number {
  return Math.max(endOfDigits(text, at), endOfLetters(text, at));
}

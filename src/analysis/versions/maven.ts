import type { VersionScheme } from '../../model/ecosystem.ts';
import { satisfiesMavenRange } from './maven-range.ts';
import { comparePlain, plainLength } from './plain.ts';
import { compareNumbers, compareText, isDigit } from './text.ts';

/**
 * Maven's order as its own ComparableVersion (3.9) has it.
 * https://maven.apache.org/pom.html#version-order-specification
 *
 * Where that class contradicts itself (`1-sp` > `1` > `1-0-alpha` > `1-sp`), what is below a plain release
 * comes first, then the release, then what is above: any order of all strings has to choose.
 */
export const maven: VersionScheme = {
  id: 'maven',
  compare(a, b) {
    if (a === b) return 0;
    if (plainLength(a) > 0 && plainLength(b) > 0) return comparePlain(a, b);
    const left = parse(a);
    const right = parse(b);
    for (let i = 0; ; i++) {
      const x = left[i];
      const y = right[i];
      const difference = (x?.sign ?? 0) - (y?.sign ?? 0);
      if (difference !== 0) return difference;
      // Equal to the end of a version from here on, both of them: `1.ga` and `1`.
      if (x === undefined || y === undefined || x.sign === 0) return 0;
      if (x.kind !== y.kind) return x.kind - y.kind;
      const order = compareItems(x, y);
      if (order !== 0) return order;
    }
  },
  // Maven takes any string; what holds a blank or a range's signs was never meant as one.
  isValid: (version) => version !== '' && !/[\s,()[\]]/.test(version),
  isPrerelease: (version) =>
    (parse(version).find((item) => item.sign !== 0 && item.kind === WORD)?.sign ?? 1) < 0,
  satisfies: (version, range) => satisfiesMavenRange(maven, version, range),
};

/** A word is below a nested list is below a number, at the same place. */
const WORD = 0;
const LIST = 1;
const NUMBER = 2;

/**
 * One item of the nested lists that Maven makes of a version. A list is always the last item of the one around it,
 * so the nest is kept flat: a LIST item, then what is in it.
 */
interface Item {
  readonly kind: number;
  readonly value: string;
  /** Whether the version from here on is below (-1), equal to (0) or above (1) one that ends before this item. */
  sign: number;
}

/** Below the release, the release itself (`''`), and what is above it; any other word is above all of these. */
const QUALIFIERS: readonly string[] = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const RELEASE = 5;
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['ga', ''],
  ['final', ''],
  ['release', ''],
  ['cr', 'rc'],
]);
/** Only directly before a digit: `1.0a1` is an alpha, `1.0a` is not. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

function compareItems(x: Item, y: Item): number {
  if (x.kind === NUMBER) return compareNumbers(x.value, y.value);
  if (x.kind === LIST || x.value === y.value) return 0;
  const rank = rankOf(x.value);
  return rank - rankOf(y.value) || (rank === QUALIFIERS.length ? compareText(x.value, y.value) : 0);
}

function rankOf(word: string): number {
  const rank = QUALIFIERS.indexOf(word);
  return rank === -1 ? QUALIFIERS.length : rank;
}

/**
 * Splits at dots, hyphens and between digits and letters. A hyphen, and the seam between a digit and a letter,
 * open a nested list, and so does a dot before a word. Zeros and release words at the end of a list are dropped.
 */
function parse(version: string): readonly Item[] {
  const text = version.toLowerCase();
  const lists: Item[][] = [[]];
  const add = (item: Item) => lists.at(-1)!.push(item);
  const openIfFilled = () => {
    if (lists.at(-1)!.length > 0) lists.push([]);
  };
  let digits = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === DOT || code === HYPHEN) {
      add(i === start ? number('0') : digits ? number(text.slice(start, i)) : word(text.slice(start, i)));
      start = i + 1;
      if (code === HYPHEN) lists.push([]);
    } else if (isDigit(code)) {
      if (!digits && i > start) {
        openIfFilled();
        const before = text.slice(start, i);
        add(word(SHORT.get(before) ?? before));
        start = i;
        lists.push([]);
      }
      digits = true;
    } else {
      if (digits && i > start) {
        add(number(text.slice(start, i)));
        start = i;
        lists.push([]);
      }
      digits = false;
    }
  }
  if (text.length > start) {
    if (!digits) openIfFilled();
    add(digits ? number(text.slice(start)) : word(text.slice(start)));
  }
  return flatten(lists);
}

const DOT = 46;
const HYPHEN = 45;

/** Drops what stands for nothing at the end of each list, joins the lists, and gives each item its sign, last first. */
function flatten(lists: readonly Item[][]): readonly Item[] {
  const items: Item[] = [];
  let last = lists.length - 1;
  for (const list of lists) while (list.length > 0 && list.at(-1)!.sign === 0) list.pop();
  while (last >= 0 && lists[last]!.length === 0) last--;
  for (let i = 0; i <= last; i++) {
    if (i > 0) items.push({ kind: LIST, value: '', sign: 0 });
    for (const item of lists[i]!) items.push(item);
  }
  for (let i = items.length - 2; i >= 0; i--) if (items[i]!.sign === 0) items[i]!.sign = items[i + 1]!.sign;
  return items;
}

function number(value: string): Item {
  return { kind: NUMBER, value, sign: /[1-9]/.test(value) ? 1 : 0 };
}

function word(text: string): Item {
  const value = ALIASES.get(text) ?? text;
  return { kind: WORD, value, sign: Math.sign(rankOf(value) - RELEASE) };
}

import type { Node, Place } from './syntax.ts';
import { PatternFault, readPattern } from './syntax.ts';
import { literalsOf } from './literals.ts';

/** A pattern that can be run, or why not. */
export type Compiled =
  | {
      readonly isRefused: false;
      /** Flags `g`; groups as in the pattern. Over bytes in latin1. */
      readonly regex: RegExp;
      /** Strings in lower case, one of which stands in every match; empty when there is no such set of three bytes or more. */
      readonly keywords: readonly string[];
      /** Longest text that it may be run on in one go, so that even the worst stays in the range of milliseconds. */
      readonly reach: number;
      /** Whether a match can go on over many lines. */
      readonly isMultiline: boolean;
    }
  | { readonly isRefused: true; readonly reason: string };

/**
 * Translates a pattern in RE2's syntax to a JavaScript regular expression with the same meaning: `.` is anything but LF, `\s` has no
 * vertical tab and nothing of Unicode, `$` is the very end, `(?i)` anywhere, POSIX classes. Text is bytes in latin1. JavaScript goes
 * back where RE2 does not, so that what could take exponential time is refused: a repeat without bound in another, or over
 * alternatives that can start alike.
 */
export function compilePattern(source: string): Compiled {
  let node: Node;
  try {
    node = readPattern(source);
  } catch (error) {
    if (error instanceof PatternFault) return { isRefused: true, reason: error.message };
    throw error;
  }
  const danger = dangerIn(node);
  if (danger !== undefined) return { isRefused: true, reason: danger };
  const wide = wideRepeats(node);
  const literals = literalsOf(node);
  return {
    isRefused: false,
    regex: new RegExp(emit(node), 'g'),
    keywords:
      literals !== undefined && literals.every((text) => text.length > 2) ? [...new Set(literals)] : [],
    reach: wide < 2 ? 4096 : wide === 2 ? 1024 : 256,
    isMultiline: crossesLines(node),
  };
}

const AT: Record<Place, string> = {
  'text-start': '(?<![\\s\\S])',
  'text-end': '(?![\\s\\S])',
  'line-start': '(?<![^\\n])',
  'line-end': '(?![^\\n])',
  word: '\\b',
  'no-word': '\\B',
};

function emit(node: Node): string {
  switch (node.kind) {
    case 'set':
      return emitSet(node.members);
    case 'sequence':
      return node.items.map((item) => (item.kind === 'either' ? `(?:${emit(item)})` : emit(item))).join('');
    case 'either':
      return node.items.map(emit).join('|');
    case 'group':
      return node.name === undefined ? `(${emit(node.item)})` : `(?<${node.name}>${emit(node.item)})`;
    case 'place':
      return AT[node.place];
    case 'repeat': {
      const { item, least, most } = node;
      const isPlain = item.kind === 'set' || item.kind === 'group';
      const count = most === Number.POSITIVE_INFINITY ? `{${least},}` : `{${least},${most}}`;
      return `${isPlain ? emit(item) : `(?:${emit(item)})`}${count}${node.isLazy ? '?' : ''}`;
    }
  }
}

function emitSet(members: Uint8Array): string {
  const ranges: string[] = [];
  for (let first = members.indexOf(1); first !== -1;) {
    const end = members.indexOf(0, first);
    const last = end === -1 ? 255 : end - 1;
    ranges.push(first === last ? hex(first) : `${hex(first)}-${hex(last)}`);
    first = end === -1 ? -1 : members.indexOf(1, end);
  }
  // An empty set matches nothing, as in RE2.
  return ranges.length === 1 && !ranges[0]!.includes('-') ? ranges[0]! : `[${ranges.join('')}]`;
}

const HEX = Array.from({ length: 256 }, (_, byte) => `\\x${byte.toString(16).padStart(2, '0')}`);
const hex = (byte: number): string => HEX[byte]!;

/** Repeats beyond this count are taken for endless: what nests in them multiplies. */
const ENDLESS = 64;

/** Why a pattern may take exponential time, in words. */
function dangerIn(node: Node): string | undefined {
  switch (node.kind) {
    case 'set':
    case 'place':
      return undefined;
    case 'group':
      return dangerIn(node.item);
    case 'sequence':
    case 'either':
      for (const item of node.items) {
        const danger = dangerIn(item);
        if (danger !== undefined) return danger;
      }
      return undefined;
    case 'repeat':
      if (node.most > ENDLESS) {
        if (canNest(node.item))
          return 'a repeat without bound inside another: it could take exponential time';
        const alike = alikeIn(node.item);
        if (alike)
          return 'alternatives that can start alike under a repeat without bound: it could take exponential time';
      }
      return dangerIn(node.item);
  }
}

/** Whether a body that is repeated has a repeat of several lengths that could take what the next round begins with. */
function canNest(body: Node): boolean {
  const inner = elasticSets(body);
  if (inner.length === 0) return false;
  // A byte that each round must have and that no inner repeat can take parts the rounds.
  const fixed = mandatorySets(body);
  return !fixed.some((set) => inner.every((repeat) => !overlaps(set, repeat)));
}

function elasticSets(node: Node): readonly Uint8Array[] {
  switch (node.kind) {
    case 'set':
    case 'place':
      return [];
    case 'group':
      return elasticSets(node.item);
    case 'sequence':
    case 'either':
      return node.items.flatMap(elasticSets);
    case 'repeat':
      return node.most > node.least ? [allIn(node.item)] : elasticSets(node.item);
  }
}

function mandatorySets(node: Node): readonly Uint8Array[] {
  switch (node.kind) {
    case 'set':
      return [node.members];
    case 'group':
      return mandatorySets(node.item);
    case 'sequence':
      return node.items.flatMap(mandatorySets);
    case 'repeat':
      return node.least > 0 && node.most <= ENDLESS ? mandatorySets(node.item) : [];
    case 'either':
    case 'place':
      return [];
  }
}

function alikeIn(node: Node): boolean {
  switch (node.kind) {
    case 'set':
    case 'place':
      return false;
    case 'group':
    case 'repeat':
      return alikeIn(node.item);
    case 'sequence':
      return node.items.some(alikeIn);
    case 'either': {
      const firsts = node.items.map((item) => firstOf(item).members);
      return (
        firsts.some((first, i) => firsts.some((other, j) => j > i && overlaps(first, other))) ||
        node.items.some(alikeIn)
      );
    }
  }
}

/** The bytes that a match can start with, and whether it can be empty. */
function firstOf(node: Node): { readonly members: Uint8Array; readonly isEmpty: boolean } {
  switch (node.kind) {
    case 'set':
      return { members: node.members, isEmpty: false };
    case 'place':
      return { members: new Uint8Array(256), isEmpty: true };
    case 'group':
      return firstOf(node.item);
    case 'repeat': {
      const first = firstOf(node.item);
      return { members: first.members, isEmpty: first.isEmpty || node.least === 0 };
    }
    case 'either': {
      const parts = node.items.map(firstOf);
      return {
        members: union(parts.map((part) => part.members)),
        isEmpty: parts.some((part) => part.isEmpty),
      };
    }
    case 'sequence': {
      const sets: Uint8Array[] = [];
      for (const item of node.items) {
        const first = firstOf(item);
        sets.push(first.members);
        if (!first.isEmpty) return { members: union(sets), isEmpty: false };
      }
      return { members: union(sets), isEmpty: true };
    }
  }
}

function allIn(node: Node): Uint8Array {
  switch (node.kind) {
    case 'set':
      return node.members;
    case 'place':
      return new Uint8Array(256);
    case 'group':
    case 'repeat':
      return allIn(node.item);
    case 'sequence':
    case 'either':
      return union(node.items.map(allIn));
  }
}

function union(sets: readonly Uint8Array[]): Uint8Array {
  const members = new Uint8Array(256);
  for (const set of sets) for (let byte = 0; byte < 256; byte++) members[byte]! |= set[byte]!;
  return members;
}

const overlaps = (one: Uint8Array, other: Uint8Array): boolean =>
  one.some((member, i) => member === 1 && other[i] === 1);

/** How many wide repeats can follow each other on one way through the pattern: the degree of its worst time. */
function wideRepeats(node: Node): number {
  switch (node.kind) {
    case 'set':
    case 'place':
      return 0;
    case 'group':
      return wideRepeats(node.item);
    case 'sequence':
      return wideInSequence(node.items);
    case 'either':
      return Math.max(0, ...node.items.map(wideRepeats));
    case 'repeat': {
      const inner = wideRepeats(node.item);
      if (inner > 0) return inner * Math.min(node.most, 8);
      return node.most > 512 ? 1 : 0;
    }
  }
}

function crossesLines(node: Node): boolean {
  switch (node.kind) {
    case 'set':
    case 'place':
      return false;
    case 'group':
      return crossesLines(node.item);
    case 'sequence':
    case 'either':
      return node.items.some(crossesLines);
    case 'repeat':
      return (node.most > ENDLESS && allIn(node.item)[0x0a] === 1) || crossesLines(node.item);
  }
}

/** Repeats that a byte parts which none of them can take do not share their work: the chain starts anew. */
function wideInSequence(items: readonly Node[]): number {
  let most = 0;
  let chain = 0;
  let sets: readonly Uint8Array[] = [];
  for (const item of items) {
    if (chain > 0 && mandatorySets(item).some((set) => sets.every((wide) => !overlaps(set, wide)))) {
      chain = 0;
      sets = [];
    }
    const wide = wideRepeats(item);
    if (wide > 0) sets = [...sets, ...elasticSets(item)];
    chain += wide;
    most = Math.max(most, chain);
  }
  return most;
}

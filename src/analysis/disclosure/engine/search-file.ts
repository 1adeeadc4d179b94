import type { DisclosureRule } from '../../../model/disclosure.ts';
import type { Openings } from '../kernel/openings.ts';
import type { KeptSearch } from './kept-search.ts';
import { makeSearches } from './make-searches.ts';
import { triggersFor } from './rule-set.ts';

/*
 * A search for built-in rules as bytes, so that it is made once, when the program is built, and not in each run. Eight letters, the
 * length of the head in 32 bits, four bytes of nothing; the head in JSON; then the parts, each at a multiple of eight. Numbers have
 * their lower bytes first, as in the kernel's memory.
 */

const MAGIC = 'ASSAYSR1';
const HEAD_AT = 16;

interface Head {
  readonly encoded: boolean;
  readonly shift: number;
  readonly accept: number;
  readonly firsts: readonly [number, number, number];
  readonly longest: number;
  readonly keywords: readonly string[];
  readonly watchers: readonly (readonly number[])[];
  readonly patterns: readonly (readonly number[])[];
  /** Bytes of each part, in the order of `PARTS`. */
  readonly sizes: readonly number[];
}

/** The search for rules, as a file. `undefined` when they need more than one. */
export function writeSearch(
  rules: readonly DisclosureRule[],
  encoded: boolean,
): Uint8Array<ArrayBuffer> | undefined {
  const [made, more] = makeSearches(rules, [...rules.keys()], encoded ? triggersFor(rules) : []);
  if (made === undefined || more !== undefined) return undefined;
  const { automaton, tables, keywords, watchers } = made;
  const openings = tables.openings();
  const parts = [
    tables.classes,
    tables.table,
    bytesOf(tables.programs!.words),
    bytesOf(tables.programs!.addresses),
    ...(openings === undefined ? [] : [openings.table, bytesOf(openings.groupOf), openings.groups]),
  ];
  const head: Head = {
    encoded,
    shift: tables.shift,
    accept: tables.accept,
    firsts: tables.firsts,
    longest: tables.longest,
    keywords,
    watchers,
    patterns: Array.from({ length: automaton.states - automaton.accept }, (_, state) =>
      automaton.patternsAt(automaton.accept | state),
    ),
    sizes: parts.map(({ length }) => length),
  };
  // Code units of keywords are bytes: as escapes, the head is ASCII.
  const json = JSON.stringify(head).replaceAll(
    /[\x7f-\xff]/g,
    (unit) => `\\u00${unit.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  const size = parts.reduce((sum, { length }) => sum + eights(length), eights(HEAD_AT + json.length));
  const file = new Uint8Array(size);
  file.set(asciiOf(MAGIC));
  new DataView(file.buffer).setUint32(8, json.length, true);
  file.set(asciiOf(json), HEAD_AT);
  let at = eights(HEAD_AT + json.length);
  for (const part of parts) {
    file.set(part, at);
    at += eights(part.length);
  }
  return file;
}

/** A kept search for these rules from its file; `undefined` when it is none, or not whole. */
export function readSearch(
  file: Uint8Array,
  rules: readonly DisclosureRule[],
  ascii: (bytes: Uint8Array, start: number, end: number) => string,
): KeptSearch | undefined {
  if (file.length < HEAD_AT || ascii(file, 0, 8) !== MAGIC) return undefined;
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const headEnd = HEAD_AT + view.getUint32(8, true);
  let at = eights(headEnd);
  if (at > file.length) return undefined;
  const head = readHead(ascii(file, HEAD_AT, headEnd));
  if (head === undefined) return undefined;
  const parts = head.sizes.map((size) => {
    const part = file.subarray(at, at + size);
    at += eights(size);
    return part;
  });
  const [classes, table, words, addresses, openings, groupOf, groups] = parts;
  if (at !== file.length || addresses === undefined) return undefined;
  const { encoded, shift, accept, firsts, longest, keywords, watchers, patterns } = head;
  const kept: Openings | undefined =
    groups === undefined
      ? undefined
      : { table: openings!, groupOf: new Uint16Array(aligned(groupOf!)), groups };
  return {
    rules,
    encoded,
    keywords,
    watchers: (pattern) => watchers[pattern]!,
    patternsAt: (state) => patterns[state - accept] ?? NONE,
    tables: {
      classes: classes!,
      table: table!,
      shift,
      accept,
      firsts,
      longest,
      programs: { words: new Uint32Array(aligned(words!)), addresses: new Uint32Array(aligned(addresses)) },
      openings: () => kept,
    },
  };
}

function readHead(json: string): Head | undefined {
  try {
    return JSON.parse(json) as Head;
  } catch {
    return undefined;
  }
}

const NONE: readonly number[] = [];

const eights = (size: number): number => Math.ceil(size / 8) * 8;

/** Copied: a view of larger numbers may start only at a multiple of their size. */
function aligned(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function asciiOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

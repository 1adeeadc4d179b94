import { ecosystemOf } from '../ecosystems/index.ts';
import type { Entry } from './entries.ts';

type Askers = ReadonlyMap<Entry, readonly string[]>;

/**
 * Which removed version of a name became which added one: those that the same names asked for, most common askers first.
 * Where nothing is known of askers (`asked` undefined), versions of a name are paired from the highest down.
 * Two versions without a common asker are two things: one went and another came. O(n log n) in entries and askers.
 */
export function pairVersions(
  removed: readonly Entry[],
  added: readonly Entry[],
  asked: { readonly before: Askers; readonly after: Askers } | undefined,
): [Entry, Entry][] {
  const before = byName(removed);
  const after = byName(added);
  const pairs: [Entry, Entry][] = [];
  for (const [name, gone] of before) {
    const come = after.get(name);
    if (come === undefined) continue;
    gone.sort(descending);
    come.sort(descending);
    if (asked === undefined) {
      for (let i = 0; i < gone.length && i < come.length; i++) pairs.push([gone[i]!, come[i]!]);
      continue;
    }
    const taken = new Set<Entry>();
    for (const [was, is] of votes(gone, come, asked.before, asked.after)) {
      if (taken.has(was) || taken.has(is)) continue;
      taken.add(was).add(is);
      pairs.push([was, is]);
    }
  }
  return pairs;
}

/** Candidate pairs, best first. An asker with several versions on both sides votes for the first with the first, and so on: linear. */
function votes(
  gone: readonly Entry[],
  come: readonly Entry[],
  askedBefore: Askers,
  askedAfter: Askers,
): [Entry, Entry][] {
  const left = byAsker(gone, askedBefore);
  const right = byAsker(come, askedAfter);
  const counts = new Map<number, number>();
  for (const [asker, were] of left) {
    const are = right.get(asker) ?? [];
    for (let i = 0; i < were.length && i < are.length; i++) {
      const pair = were[i]! * come.length + are[i]!;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || a - b)
    .map(([pair]) => [gone[Math.floor(pair / come.length)]!, come[pair % come.length]!]);
}

/** Entries that nothing asks for (extraneous ones) belong together as well. */
const NOBODY = '\0';

function byAsker(entries: readonly Entry[], asked: Askers): Map<string, number[]> {
  const found = new Map<string, number[]>();
  entries.forEach((entry, at) => {
    for (const asker of new Set(asked.get(entry) ?? [NOBODY])) {
      const list = found.get(asker);
      if (list === undefined) found.set(asker, [at]);
      else list.push(at);
    }
  });
  return found;
}

function byName(entries: readonly Entry[]): Map<string, Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const entry of entries) {
    const name = `${entry.component.ecosystem}\0${entry.component.name}`;
    const list = found.get(name);
    if (list === undefined) found.set(name, [entry]);
    else list.push(entry);
  }
  return found;
}

function descending(a: Entry, b: Entry): number {
  const { compare } = ecosystemOf(a.component.ecosystem).versions;
  return (
    compare(b.component.version, a.component.version) ||
    (a.component.purl < b.component.purl ? -1 : a.component.purl > b.component.purl ? 1 : 0) ||
    a.index - b.index
  );
}

import { COMPONENT_CHANGES, type ComponentChange, type ComponentChangeKind } from '../../model/comparison.ts';
import type { Component } from '../../model/component.ts';
import { ecosystemOf } from '../ecosystems/index.ts';
import { witnesses } from '../graph/witness.ts';
import { aspectsOf } from './aspects.ts';
import type { ComparedSide } from './compare.ts';
import type { FilePair, FileView } from './files.ts';
import { askersOf, keyOf, namedComponents, scriptWords, toState, type Entry } from './entries.ts';
import { pairVersions } from './pairs.ts';

/** The changes of one pair of files, in no order; each has that file as its only place. */
export interface FileComponents {
  readonly changes: readonly ComponentChange[];
}

/**
 * Component changes of one pair of files. Where a file came or went without another in its place, only what the other side
 * does not have in any file is new or gone. O(occurrences + edges).
 */
export function compareComponents(pair: FilePair, base: ComparedSide, head: ComparedSide): FileComponents {
  const before = pair.base === undefined ? new Map<string, Map<string, Entry>>() : namedComponents(pair.base);
  const after = pair.head === undefined ? new Map<string, Map<string, Entry>>() : namedComponents(pair.head);
  const alone = pair.base === undefined ? base : pair.head === undefined ? head : undefined;
  const elsewhere = alone === undefined ? undefined : new Set(alone.snapshot.inventory.components.map(keyOf));
  const removed: Entry[] = [];
  const added: Entry[] = [];
  const pairs: [Entry, Entry][] = [];
  const known = new Set<Entry>();
  for (const [name, versions] of before) {
    const now = after.get(name);
    for (const [key, entry] of versions) {
      const same = now?.get(key);
      if (same !== undefined) pairs.push([entry, same]);
      else if (elsewhere?.has(key) !== true) removed.push(entry);
    }
  }
  for (const [name, versions] of after) {
    const was = before.get(name);
    for (const [key, entry] of versions) {
      if (was?.has(key) === true || elsewhere?.has(key) === true) continue;
      added.push(entry);
      if (was !== undefined) known.add(entry);
    }
  }
  const edgesKnown = pair.base?.manifest.edgesKnown === true && pair.head?.manifest.edgesKnown === true;
  pairs.push(
    ...pairVersions(
      removed,
      added,
      edgesKnown ? { before: askersOf(pair.base, removed), after: askersOf(pair.head, added) } : undefined,
    ),
  );
  const paired = new Set(pairs.flat());
  const words = scriptWords(pair);
  const changes: ComponentChange[] = [];
  for (const [was, is] of pairs) {
    const change = changeOf(was, is, pair, words);
    if (change !== undefined) changes.push(change);
  }
  for (const entry of removed)
    if (!paired.has(entry))
      changes.push({
        ...nameOf(entry.component),
        kind: 'removed',
        before: toState(entry, words.base),
        aspects: [],
        at: [placeOf(entry, pair.base!)],
        path: [],
      });
  const fresh = added.filter((entry) => !paired.has(entry));
  changes.push(...additions(fresh, known, pair.head, words.head));
  return { changes };
}

function changeOf(
  was: Entry,
  is: Entry,
  pair: FilePair,
  words: ReturnType<typeof scriptWords>,
): ComponentChange | undefined {
  const before = toState(was, words.base);
  const after = toState(is, words.head);
  const kind = kindOf(was.component, is.component);
  const { aspects, integrity } = aspectsOf(before, after, kind);
  if (kind === 'changed' && aspects.length === 0) return undefined;
  return {
    ...nameOf(is.component),
    kind,
    before,
    after,
    aspects,
    ...(integrity === undefined ? {} : { integrity }),
    at: [placeOf(is, pair.head!)],
    path: [],
  };
}

function kindOf(was: Component, is: Component): ComponentChangeKind {
  if (was.version === is.version) return 'changed';
  if (was.version === '') return 'locked';
  if (is.version === '') return 'unlocked';
  const { versions } = ecosystemOf(is.ecosystem);
  if (!versions.isValid(was.version) || !versions.isValid(is.version)) return 'moved';
  const order = versions.compare(was.version, is.version);
  return order < 0 ? 'upgraded' : order > 0 ? 'downgraded' : 'moved';
}

function additions(
  entries: readonly Entry[],
  known: ReadonlySet<Entry>,
  view: FileView | undefined,
  states: boolean,
): ComponentChange[] {
  if (view === undefined || entries.length === 0) return [];
  const { manifest, inventory } = view;
  const isNew = new Set(entries.map((entry) => entry.index));
  const ways = witnesses(manifest);
  const old = new Set<number>();
  manifest.occurrences.forEach((occurrence, node) => {
    if (isNew.has(occurrence.component)) return;
    for (let i = manifest.offsets[node]!; i < manifest.offsets[node + 1]!; i++)
      old.add(manifest.occurrences[manifest.targets[i]!]!.component);
  });
  return entries.map((entry): ComponentChange => {
    const path = ways.path(entry.node)?.slice(1) ?? [];
    return {
      ...nameOf(entry.component),
      kind: 'added',
      after: toState(entry, states),
      aspects: [],
      at: [placeOf(entry, view)],
      path: path.map((node) => labelOf(inventory.components[manifest.occurrences[node]!.component]!)),
      ...(old.has(entry.index) || path.length === 0 ? { topmost: true as const } : {}),
      ...(known.has(entry) ? { known: true as const } : {}),
    };
  });
}

/** Changes that are equal but for their place are one with several places. */
export function foldComponents(files: readonly FileComponents[]): ComponentChange[] {
  const folded = new Map<string, { change: ComponentChange; at: ComponentChange['at'][number][] }>();
  for (const { changes } of files)
    for (const change of changes) {
      const { at, path: _path, topmost, ...rest } = change;
      const key = JSON.stringify(rest);
      const known = folded.get(key);
      if (known === undefined) {
        folded.set(key, { change, at: [...at] });
        continue;
      }
      known.at.push(...at);
      if (topmost && !known.change.topmost) known.change = change;
    }
  return [...folded.values()]
    .map(({ change, at }) => ({
      ...change,
      at: at.sort((a, b) => compareText(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0)),
    }))
    .sort(byInterest);
}

function byInterest(a: ComponentChange, b: ComponentChange): number {
  return (
    rankOf(a) - rankOf(b) ||
    COMPONENT_CHANGES.indexOf(a.kind) - COMPONENT_CHANGES.indexOf(b.kind) ||
    compareText(purlOf(a), purlOf(b)) ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

const rankOf = ({ before, after }: ComponentChange): number =>
  before?.direct === 'yes' || after?.direct === 'yes' ? 0 : 1;

const purlOf = ({ before, after }: ComponentChange): string => (after ?? before)!.purl;

const nameOf = ({ ecosystem, name }: Component) => ({ ecosystem, name });

const labelOf = ({ name, version }: Component): string => (version === '' ? name : `${name}@${version}`);

const placeOf = ({ line }: Entry, { manifest: { path } }: FileView): ComponentChange['at'][number] =>
  line > 0 ? { path, line } : { path };

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
